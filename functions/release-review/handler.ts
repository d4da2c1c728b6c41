import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { releaseReview } from "../../shared/review/claim-review.ts";
import type { ReviewDeskPorts } from "../../shared/review/review-desk.ts";

/** POST /api/reviews/{reviewId}/release */
export const createHandler = (ports: ReviewDeskPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("releaseReview", ports, ({ personId, path }) => releaseReview(path.reviewId, personId, ports));
