import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Readings } from "../../shared/aws/s3/evidence.ts";
import { s3Documents } from "../../shared/aws/s3/intake.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("read-document");
const client = s3();

export const handler = createHandler({
  cases: dynamoCaseStore({ client: dynamoDb(), caseTable: env.CASE_TABLE }),
  documents: s3Documents({ client }),
  readings: s3Readings({ client, bucket: env.EVIDENCE_BUCKET }),
});
