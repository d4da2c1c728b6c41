import type { ReviewRecord } from "../case/case-record.ts";
import { retryOnChange } from "../case/case-store.ts";
import { actorOf, atTheDesk, type ReviewDeskPorts } from "./review-desk.ts";

/** Takes a review for a while, or renews one's own claim. @throws {ReviewAlreadyClaimedError} while another's claim lasts. */
export function claimReview(reviewId: string, personId: string, ports: ReviewDeskPorts): Promise<ReviewRecord> {
  return retryOnChange(async () => {
    const { review, record, policy, person, at } = await atTheDesk(reviewId, personId, ports);
    const held = review.claim?.by === person.personId && review.claim.until > at.toISOString() ? review.claim : null;
    const lasts = new Date(at.getTime() + policy.claimSeconds * 1000).toISOString();
    // What was assigned for longer is not cut short by working on it.
    const until = held && held.until > lasts ? held.until : lasts;
    const claim = { by: person.personId, byName: person.name, until, assignedBy: held?.assignedBy ?? null };
    const firstClaimedAt = review.firstClaimedAt ?? at.toISOString();
    const after: ReviewRecord = { ...review, claim, firstClaimedAt };
    // Going on with it is no step of the case, and happens every few minutes.
    if (held && review.firstClaimedAt !== null) await ports.cases.saveReview(review, after);
    else {
      const entry = {
        type: "ReviewClaimed" as const,
        actor: actorOf(person),
        summary: "Took it to work on",
        details: { reviewId, until },
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
