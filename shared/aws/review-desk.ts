import { dynamoDb } from "./clients.ts";
import { dynamoCaseStore } from "./dynamodb/case-store.ts";
import { dynamoIdempotency } from "./dynamodb/idempotency.ts";
import { dynamoPeople } from "./dynamodb/people.ts";
import { storedPolicies } from "./policies.ts";

interface DeskEnvironment {
  readonly CASE_TABLE: string;
  /** Left out where nothing is written into the case's history. */
  readonly LEDGER_TABLE?: string;
  readonly PEOPLE_TABLE: string;
}

/** What the routes that change a review, or a case, have in common. */
export function reviewDeskPorts(env: DeskEnvironment) {
  const client = dynamoDb();
  const database = { client, caseTable: env.CASE_TABLE };
  return {
    database,
    cases: dynamoCaseStore({ ...database, ...(env.LEDGER_TABLE !== undefined && { ledgerTable: env.LEDGER_TABLE }) }),
    people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
    policies: storedPolicies(database),
    idempotency: dynamoIdempotency(database),
    now: () => new Date(),
  };
}
