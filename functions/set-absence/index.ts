import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoIdempotency } from "../../shared/aws/dynamodb/idempotency.ts";
import { dynamoPeopleRegister } from "../../shared/aws/dynamodb/people-register.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("set-absence");
const client = dynamoDb();

export const handler = createHandler({
  register: dynamoPeopleRegister({ client, peopleTable: env.PEOPLE_TABLE, ledgerTable: env.LEDGER_TABLE }),
  idempotency: dynamoIdempotency({ client, caseTable: env.CASE_TABLE }),
  now: () => new Date(),
});
