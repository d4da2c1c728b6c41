import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoOpenings } from "../../shared/aws/dynamodb/openings.ts";
import { dynamoPeople } from "../../shared/aws/dynamodb/people.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3PageImages } from "../../shared/aws/s3/page-images.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("get-page");
const client = dynamoDb();

export const handler = createHandler({
  cases: dynamoCaseStore({ client, caseTable: env.CASE_TABLE }),
  openings: dynamoOpenings({ client, caseTable: env.CASE_TABLE }),
  people: dynamoPeople({ client, peopleTable: env.PEOPLE_TABLE }),
  images: s3PageImages({ client: s3(), bucket: env.EVIDENCE_BUCKET }),
  now: () => new Date(),
});
