import type { ReviewRecord } from "../case/case-record.ts";
import { retryOnChange } from "../case/case-store.ts";
import { claimOf, heldAt } from "./claim.ts";
import { actorOf, atTheDesk, type ReviewDeskPorts } from "./review-desk.ts";

/** Takes a review for a while, or renews one's own claim. @throws {ReviewAlreadyClaimedError} while another's claim lasts. */
export function claimReview(reviewId: string, personId: string, ports: ReviewDeskPorts): Promise<ReviewRecord> {
  return retryOnChange(async () => {
    const { review, record, policy, person, at } = await atTheDesk(reviewId, personId, ports);
    const claim = claimOf(person, review, at, policy.claimSeconds);
    const firstClaimedAt = review.firstClaimedAt ?? at.toISOString();
    const after: ReviewRecord = { ...review, claim, firstClaimedAt };
    // Going on with it is no step of the case, and happens every few minutes.
    if (heldAt(review, at) && review.firstClaimedAt !== null) await ports.cases.saveReview(review, after);
    else {
      const entry = {
        type: "ReviewClaimed" as const,
        actor: actorOf(person),
        summary: "Took it to work on",
        details: { reviewId, until: claim.until },
      };
      await ports.cases.commit({ before: record, after: record, entry, reviews: [{ before: review, after }] }, at);
    }
    return after;
  });
}

/** Gives a review back to its queue. Releasing what one does not hold changes nothing. */
export function releaseReview(reviewId: string, personId: string, ports: ReviewDeskPorts): Promise<void> {
  return retryOnChange(async () => {
    const { review, record, person, at } = await atTheDesk(reviewId, personId, ports);
    if (review.claim?.by !== person.personId) return;
    const entry = {
      type: "ReviewReleased" as const,
      actor: actorOf(person),
      summary: "Gave it back to the queue",
      details: { reviewId },
    };
    const after: ReviewRecord = { ...review, claim: null };
    await ports.cases.commit({ before: record, after: record, entry, reviews: [{ before: review, after }] }, at);
  });
}
