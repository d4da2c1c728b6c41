import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import { dynamoPolicies } from "../../shared/aws/dynamodb/policies.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { s3 } from "../../shared/aws/s3/client.ts";
import { s3Proposals } from "../../shared/aws/s3/evidence.ts";
import { secureDraws } from "../../shared/gate/draws.ts";
import { compile } from "../../shared/workflows/policies.ts";
import { defaultPolicies } from "../../shared/workflows/registry.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("gate-proposal");
const client = dynamoDb();

export const handler = createHandler({
  cases: dynamoCaseStore({ client, caseTable: env.CASE_TABLE, ledgerTable: env.LEDGER_TABLE }),
  proposals: s3Proposals({ client: s3(), bucket: env.EVIDENCE_BUCKET }),
  policies: dynamoPolicies({ client, caseTable: env.CASE_TABLE, defaults: defaultPolicies }),
  compile,
  draw: secureDraws,
  now: () => new Date(),
});
