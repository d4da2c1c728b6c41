import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoIdempotency } from "../../shared/aws/dynamodb/idempotency.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { dynamoPeopleRegister } from "../../shared/aws/dynamodb/people-register.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("put-person");
const client = dynamoDb();
const table = { client, peopleTable: env.PEOPLE_TABLE };

export const handler = createHandler({
  people: dynamoPeople(table),
  register: dynamoPeopleRegister({ ...table, ledgerTable: env.LEDGER_TABLE }),
  idempotency: dynamoIdempotency({ client, caseTable: env.CASE_TABLE }),
  now: () => new Date(),
});
