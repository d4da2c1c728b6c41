import { stepFunctions } from "../../shared/aws/clients.ts";
import { dynamoOutbox } from "../../shared/aws/dynamodb/pending.ts";
import { readEnvironment } from "../../shared/aws/environment.ts";
import { sfnTaskTokens } from "../../shared/aws/executions.ts";
import { count, framesOf, logger } from "../../shared/aws/observation.ts";
import { reviewDeskPorts } from "../../shared/aws/review-desk.ts";
import { createResumer } from "../../shared/review/resume.ts";
import { workflows } from "../../shared/workflows/registry.ts";
import { createHandler } from "./handler.ts";

const env = readEnvironment("record-decision");
const desk = reviewDeskPorts(env);

export const handler = createHandler({
  ...desk,
  workflows,
  resumer: createResumer({
    tokens: sfnTaskTokens({ client: stepFunctions() }),
    outbox: dynamoOutbox({ client: desk.client, caseTable: env.CASE_TABLE }),
  }),
  wakeFailed: (error) => {
    count("WakeUpFailed");
    logger.warn("A decision is stored, its workflow sleeps on; the sweeper wakes it", {
      errorName: error instanceof Error ? error.name : "unknown",
      frames: framesOf(error),
    });
  },
});
