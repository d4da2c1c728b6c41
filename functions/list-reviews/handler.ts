import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { type ListReviewsPorts, listReviews } from "../../shared/review/list-reviews.ts";

/** GET /api/reviews */
export const createHandler = (ports: ListReviewsPorts & { now: () => Date }) =>
  routeHandler("listReviews", ports, ({ personId, query }) => listReviews(personId, query, ports));
