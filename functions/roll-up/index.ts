import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCounters } from "../../shared/aws/dynamodb/counters.ts";
import { dynamoTally } from "../../shared/aws/dynamodb/tally.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { createHandler } from "./handler.ts";

const database = { client: dynamoDb(), caseTable: readEnvironment("roll-up").CASE_TABLE };

export const handler = createHandler({
  tally: dynamoTally(database),
  counters: dynamoCounters(database),
  now: () => new Date(),
});
