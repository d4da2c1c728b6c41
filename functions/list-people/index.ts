import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { dynamoPeopleRegister } from "../../shared/aws/dynamodb/people-register.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const table = { client: dynamoDb(), peopleTable: readEnvironment("list-people").PEOPLE_TABLE };

export const handler = createHandler({
  people: dynamoPeople(table),
  register: dynamoPeopleRegister(table),
  now: () => new Date(),
});
