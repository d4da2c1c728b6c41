import middy from "@middy/core";
import type * as z from "zod";
import { count, framesOf, logger } from "./observation.ts";

/** The shell of a function that a state machine invokes: payload checked, the case's or change's id as correlation id, errors by name to the machine. */
export function taskHandler<S extends z.ZodType<{ caseId: string } | { changeId: string }>, R>(
  schema: S,
  work: (input: z.infer<S>) => Promise<R>,
) {
  return middy<unknown, R | undefined>()
    .use({
      // Until the payload is checked; a warm process would go on with the case before.
      before: ({ context }) => logger.setCorrelationId(context.awsRequestId),
      onError: ({ error }) => {
        logger.warn("A step failed", { errorName: error?.name, frames: framesOf(error) });
        if (error?.name === "DailyPageCapReachedError") count("PageCapReached");
      },
    })
    .handler(async (payload) => {
      const input = schema.parse(payload);
      logger.setCorrelationId("caseId" in input ? input.caseId : input.changeId);
      return work(input);
    });
}
