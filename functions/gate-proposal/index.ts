import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Proposals } from "../../shared/aws/s3/evidence.ts";
import { policies } from "../../shared/workflows/policies.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("gate-proposal");

export const handler = createHandler({
  cases: dynamoCaseStore({ client: dynamoDb(), caseTable: env.CASE_TABLE, ledgerTable: env.LEDGER_TABLE }),
  proposals: s3Proposals({ client: s3(), bucket: env.EVIDENCE_BUCKET }),
  policies,
  now: () => new Date(),
});
