import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type RecordDecisionPorts, recordDecision } from "../../shared/review/record-decision.ts";

/** POST /api/reviews/{reviewId}/decision. The rule lives in shared/review/record-decision.ts. */
export const createHandler = (ports: RecordDecisionPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("decideReview", ports, ({ personId, path, body }) =>
    recordDecision(path.reviewId, personId, body, ports),
  );
