import { dynamoDb, stepFunctions } from "../../shared/aws/clients.ts";
import { dynamoOutbox } from "../../shared/aws/dynamodb/pending.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { sfnTaskTokens } from "../../shared/aws/executions.ts";
import { createResumer } from "../../shared/review/resume.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("sweep-outbox");
const outbox = dynamoOutbox({ client: dynamoDb(), caseTable: env.CASE_TABLE });

export const handler = createHandler({
  outbox,
  resumer: createResumer({ tokens: sfnTaskTokens({ client: stepFunctions() }), outbox }),
});
