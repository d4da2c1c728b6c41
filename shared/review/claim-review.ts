import type { ReviewRecord } from "../case/case-record.ts";
import { type CaseStore, requireCase, retryOnChange } from "../case/case-store.ts";
import { claimSeconds } from "../contracts/limits.ts";
import type { Person } from "../contracts/people.ts";
import { requireReviewer } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import {
  ReviewAlreadyClaimedError,
  ReviewAlreadyDecidedError,
  ReviewExpiredError,
  ReviewNotFoundError,
} from "./review-errors.ts";

export interface ReviewDeskPorts {
  readonly cases: Pick<CaseStore, "find" | "findReview" | "reviewsOf" | "commit">;
  readonly people: People;
  readonly now: () => Date;
}

/** Takes a review for a while, or renews one's own claim. @throws {ReviewAlreadyClaimedError} while another's claim lasts. */
export function claimReview(reviewId: string, personId: string, ports: ReviewDeskPorts): Promise<ReviewRecord> {
  return retryOnChange(async () => {
    const { review, record, person, at } = await atTheDesk(reviewId, personId, ports);
    const renewed = review.claim?.by === person.personId && review.claim.until > at.toISOString();
    const until = new Date(at.getTime() + claimSeconds * 1000).toISOString();
    const after: ReviewRecord = { ...review, claim: { by: person.personId, byName: person.name, until } };
    const entry = {
      type: "ReviewClaimed" as const,
      actor: actorOf(person),
      summary: renewed ? "Goes on working on it" : "Took it to work on",
      details: { reviewId, until },
    };
    await ports.cases.commit({ before: record, after: record, entry, reviews: [{ before: review, after }] }, at);
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

/** What every route checks before it changes a review: it exists, this person may work on it, it waits, nobody else holds it. */
export async function atTheDesk(reviewId: string, personId: string, { cases, people, now }: ReviewDeskPorts) {
  const [review, found] = await Promise.all([cases.findReview(reviewId), people.find(personId)]);
  if (!review) throw new ReviewNotFoundError(reviewId);
  const [record, reviews] = await Promise.all([requireCase(cases, review.caseId), cases.reviewsOf(review.caseId)]);
  // Who escalated has not answered: where the last rung has one person, nobody else could ever answer.
  const earlierReviewers = reviews.flatMap(({ reviewId: other, decision }) =>
    other !== reviewId && decision && decision.decision.action !== "escalate" ? [decision.decidedBy] : [],
  );
  const { person, membership } = requireReviewer(found, { ...review, submitter: record.submitter, earlierReviewers });
  const at = now();
  if (review.decision) throw new ReviewAlreadyDecidedError(review.decision);
  if (review.status === "expired") throw new ReviewExpiredError(reviewId);
  const { claim } = review;
  if (claim && claim.by !== personId && claim.until > at.toISOString()) throw new ReviewAlreadyClaimedError(claim);
  return { review, record, person, membership, at };
}

export const actorOf = (person: Person) => ({ kind: "person" as const, id: person.personId, name: person.name });
