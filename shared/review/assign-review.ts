import type { ReviewRecord } from "../case/case-record.ts";
import { retryOnChange } from "../case/case-store.ts";
import { requireRole } from "../people/authority.ts";
import { actorOf, type ReviewDeskPorts, waitingReview } from "./review-desk.ts";
import { ReviewNotFoundError } from "./review-errors.ts";

/** Shortest time an assignment lasts, in seconds: an overdue review would otherwise be anybody's again at once. */
const leastSeconds = 24 * 60 * 60;

/**
 * Gives a waiting review to somebody, until it is due; whoever held it before no longer does. Experts and owners assign, only to
 * people who may answer it: the one shared rule is asked for them.
 * @throws {NotAllowedError} for whoever assigns, or whom they name
 */
export function assignReview(
  reviewId: string,
  assigner: { readonly personId: string; readonly to: string },
  ports: ReviewDeskPorts,
): Promise<ReviewRecord> {
  return retryOnChange(async () => {
    const known = await ports.cases.findReview(reviewId);
    if (!known) throw new ReviewNotFoundError(reviewId);
    const by = requireRole(await ports.people.find(assigner.personId), known.workflow, "expert", ports.now());
    const { review, record, person, at } = await waitingReview(reviewId, ports, assigner.to);
    const least = at.getTime() + leastSeconds * 1000;
    const until = new Date(Math.max(Date.parse(review.dueAt), least)).toISOString();
    const claim = { by: person.personId, byName: person.name, until, assignedBy: by.name };
    const after: ReviewRecord = { ...review, claim };
    const entry = {
      type: "ReviewAssigned" as const,
      actor: actorOf(by),
      summary: `Gave it to ${person.name}`,
      details: { reviewId, to: person.personId, until },
    };
    await ports.cases.commit({ before: record, after: record, entry, reviews: [{ before: review, after }] }, at);
    return after;
  });
}
