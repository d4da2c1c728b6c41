import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type ReviewDeskPorts, releaseReview } from "../../shared/review/claim-review.ts";

/** POST /api/reviews/{reviewId}/release */
export const createHandler = (ports: ReviewDeskPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("releaseReview", ports, ({ personId, path }) => releaseReview(path.reviewId, personId, ports));
