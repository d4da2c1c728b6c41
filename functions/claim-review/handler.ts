import type { IdempotencyStore } from "../../shared/aws/dynamodb/idempotency.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { summaryOfReview } from "../../shared/case/case-record.ts";
import { claimReview } from "../../shared/review/claim-review.ts";
import type { ReviewDeskPorts } from "../../shared/review/review-desk.ts";

/** POST /api/reviews/{reviewId}/claim */
export const createHandler = (ports: ReviewDeskPorts & { idempotency: IdempotencyStore }) =>
  routeHandler("claimReview", ports, async ({ personId, path }) =>
    summaryOfReview(await claimReview(path.reviewId, personId, ports)),
  );
