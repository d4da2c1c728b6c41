import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoIdempotency } from "../../shared/aws/dynamodb/idempotency.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Lists } from "../../shared/aws/s3/lists.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("put-list");
const client = dynamoDb();

export const handler = createHandler({
  people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
  lists: s3Lists({ client: s3(), bucket: env.EVIDENCE_BUCKET }),
  idempotency: dynamoIdempotency({ client, caseTable: env.CASE_TABLE }),
  now: () => new Date(),
});
