import { dynamoDb } from "../../shared/aws/clients.ts";
import { dynamoPolicyChanges, dynamoSignatureTokens } from "../../shared/aws/dynamodb/policy-changes.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { defaultPolicies } from "../../shared/workflows/registry.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("await-signature");
const database = { client: dynamoDb(), caseTable: env.CASE_TABLE };

export const handler = createHandler({
  changes: dynamoPolicyChanges({ ...database, defaults: defaultPolicies }),
  tokens: dynamoSignatureTokens(database),
});
