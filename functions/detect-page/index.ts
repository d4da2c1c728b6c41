import { TextractClient } from "@aws-sdk/client-textract";
import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoPageMeter } from "../../shared/aws/dynamodb/page-meter.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3PageTexts } from "../../shared/aws/s3/evidence.ts";
import { s3Documents } from "../../shared/aws/s3/intake.ts";
import { TextractDetector } from "../../shared/documents/textract-detector.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("detect-page");
const client = s3();
const database = { client: dynamoDb(), caseTable: env.CASE_TABLE };

export const handler = createHandler({
  cases: dynamoCaseStore(database),
  meter: dynamoPageMeter({ ...database, cap: env.DAILY_PAGE_CAP }),
  documents: s3Documents({ client }),
  detector: new TextractDetector(new TextractClient({})),
  texts: s3PageTexts({ client, bucket: env.EVIDENCE_BUCKET }),
  now: () => new Date(),
});
