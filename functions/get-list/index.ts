import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Lists } from "../../shared/aws/s3/lists.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("get-list");

export const handler = createHandler({
  people: dynamoPeople({ client: dynamoDb(), peopleTable: env.PEOPLE_TABLE }),
  lists: s3Lists({ client: s3(), bucket: env.EVIDENCE_BUCKET }),
  now: () => new Date(),
});
