import { count } from "../../shared/aws/observation.ts";
import { taskHandler } from "../../shared/aws/task-handler.ts";
import { openReviewInput } from "../../shared/contracts/payloads.ts";
import { type OpenReviewPorts, openReview } from "../../shared/review/open-review.ts";

/** Invoked with a task token; the execution waits until a decision, or the rung's time-out. */
export const createHandler = (ports: OpenReviewPorts) =>
  taskHandler(openReviewInput, async (input) => {
    await openReview(input, ports);
    // The last rung is asked: from here on it keeps waiting, and an alarm says so.
    if (input.cause === "time-out" && input.rung >= input.routing.ladder.length - 1) count("ReviewUnanswered");
  });
