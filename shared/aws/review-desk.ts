import { dynamoDb } from "./clients.ts";
import { dynamoCaseStore } from "./dynamodb/case-store.ts";
import { dynamoIdempotency } from "./dynamodb/idempotency.ts";
import { dynamoPeople } from "./dynamodb/people.ts";

interface DeskEnvironment {
  readonly CASE_TABLE: string;
  readonly LEDGER_TABLE: string;
  readonly PEOPLE_TABLE: string;
}

/** What the routes that change a review have in common. */
export function reviewDeskPorts(env: DeskEnvironment) {
  const client = dynamoDb();
  return {
    client,
    cases: dynamoCaseStore({ client, caseTable: env.CASE_TABLE, ledgerTable: env.LEDGER_TABLE }),
    people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
    idempotency: dynamoIdempotency({ client, caseTable: env.CASE_TABLE }),
    now: () => new Date(),
  };
}
