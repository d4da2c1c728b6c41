import { stepFunctions } from "../../shared/aws/clients.ts";
import { dynamoSignatureTokens } from "../../shared/aws/dynamodb/policy-changes.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { sfnTaskTokens } from "../../shared/aws/executions.ts";
import { count, framesOf, logger } from "../../shared/aws/observation.ts";
import { policyDeskPorts } from "../../shared/aws/policy-desk.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("answer-policy-change");
const desk = policyDeskPorts(env);

export const handler = createHandler({
  ...desk,
  tokens: dynamoSignatureTokens({ client: desk.client, caseTable: env.CASE_TABLE }),
  wake: sfnTaskTokens({ client: stepFunctions() }).succeed,
  wakeFailed: (error) => {
    count("WakeUpFailed");
    logger.warn("A policy change is answered, its execution sleeps on; it looks by itself within the hour", {
      errorName: error instanceof Error ? error.name : "unknown",
      frames: framesOf(error),
    });
  },
});
