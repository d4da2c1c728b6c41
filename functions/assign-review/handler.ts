import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { summaryOfReview } from "../../shared/case/case-record.ts";
import { assignReview } from "../../shared/review/assign-review.ts";
import type { ReviewDeskPorts } from "../../shared/review/review-desk.ts";

/** POST /api/reviews/{reviewId}/assign */
export const createHandler = (ports: ReviewDeskPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("assignReview", ports, async ({ personId, path, body }) =>
    summaryOfReview(await assignReview(path.reviewId, { personId, to: body.personId }, ports)),
  );
