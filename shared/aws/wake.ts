import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { createResumer } from "../review/resume.ts";
import { stepFunctions } from "./clients.ts";
import { dynamoOutbox } from "./dynamodb/pending.ts";
import { sfnTaskTokens } from "./executions.ts";
import { count, framesOf, logger } from "./observation.ts";

/** Wakes a workflow at once; what fails is told, and left to the sweeper. */
export const waker = (database: { client: DynamoDBClient; caseTable: string }) => ({
  resumer: createResumer({
    tokens: sfnTaskTokens({ client: stepFunctions() }),
    outbox: dynamoOutbox(database),
  }),
  wakeFailed: (error: unknown) => {
    count("WakeUpFailed");
    logger.warn("An answer is stored, its workflow sleeps on; the sweeper wakes it", {
      errorName: error instanceof Error ? error.name : "unknown",
      frames: framesOf(error),
    });
  },
});
