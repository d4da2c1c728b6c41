import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoInvoiceHistory } from "../../shared/aws/dynamodb/invoice-history.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3PageTexts, s3Proposals, s3Readings } from "../../shared/aws/s3/evidence.ts";
import { s3Lists } from "../../shared/aws/s3/lists.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("propose-invoice");
const evidence = { client: s3(), bucket: env.EVIDENCE_BUCKET };
const database = { client: dynamoDb(), caseTable: env.CASE_TABLE };

export const handler = createHandler({
  readings: s3Readings(evidence),
  texts: s3PageTexts(evidence),
  proposals: s3Proposals(evidence),
  lists: s3Lists(evidence),
  history: dynamoInvoiceHistory(database),
  now: () => new Date(),
});
