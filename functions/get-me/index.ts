import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("get-me");

export const handler = createHandler({
  people: dynamoPeople({ client: dynamoDb(), peopleTable: env.PEOPLE_TABLE }),
  now: () => new Date(),
});
