import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoIdempotency } from "../../shared/aws/dynamodb/idempotency.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("report-impact");
const client = dynamoDb();

export const handler = createHandler({
  cases: dynamoCaseStore({ client, caseTable: env.CASE_TABLE, ledgerTable: env.LEDGER_TABLE }),
  people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
  idempotency: dynamoIdempotency({ client, caseTable: env.CASE_TABLE }),
  now: () => new Date(),
});
