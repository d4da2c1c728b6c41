import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoBacklog } from "../../shared/aws/dynamodb/backlog.ts";
import { dynamoCounters } from "../../shared/aws/dynamodb/counters.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { dynamoTally } from "../../shared/aws/dynamodb/tally.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("get-metrics");
const client = dynamoDb();
const database = { client, caseTable: env.CASE_TABLE };

export const handler = createHandler({
  people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
  tally: dynamoTally(database),
  counters: dynamoCounters(database),
  backlog: dynamoBacklog(database),
  now: () => new Date(),
});
