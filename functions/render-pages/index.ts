import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Documents } from "../../shared/aws/s3/intake.ts";
import { s3PageImages } from "../../shared/aws/s3/page-images.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("render-pages");
const client = s3();

export const handler = createHandler({
  cases: dynamoCaseStore({ client: dynamoDb(), caseTable: env.CASE_TABLE }),
  documents: s3Documents({ client }),
  images: s3PageImages({ client, bucket: env.EVIDENCE_BUCKET }),
});
