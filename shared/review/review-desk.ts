import type { ReviewRecord } from "../case/case-record.ts";
import { type CaseStore, requireCase } from "../case/case-store.ts";
import type { Person } from "../contracts/people.ts";
import { requireReviewer } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import { policyOfCase } from "../policy/policy-of-case.ts";
import type { Policies } from "../policy/policy-store.ts";
import { heldAt } from "./claim.ts";
import { isVerdict } from "./next-step.ts";
import {
  ReviewAlreadyClaimedError,
  ReviewAlreadyDecidedError,
  ReviewExpiredError,
  ReviewNotFoundError,
} from "./review-errors.ts";

export interface ReviewDeskPorts {
  readonly cases: Pick<CaseStore, "find" | "findReview" | "reviewsOf" | "commit" | "saveReview">;
  readonly people: People;
  readonly policies: Policies;
  readonly now: () => Date;
}

/** What every route checks before it changes a review: it exists, this person may work on it, it waits, nobody else holds it. */
export async function atTheDesk(reviewId: string, personId: string, ports: ReviewDeskPorts) {
  const found = await waitingReview(reviewId, ports, personId);
  const claim = heldAt(found.review, found.at);
  if (claim && claim.by !== personId) throw new ReviewAlreadyClaimedError(claim);
  return found;
}

/** The same, whoever holds it: for those who give work to others. `personId`: who is to work on it. */
export async function waitingReview(
  reviewId: string,
  { cases, people, policies, now }: ReviewDeskPorts,
  personId: string,
) {
  const [review, found] = await Promise.all([cases.findReview(reviewId), people.find(personId)]);
  // A question to the sender is a review nobody answers here.
  if (!review || review.cause === "question") throw new ReviewNotFoundError(reviewId);
  const [record, reviews] = await Promise.all([requireCase(cases, review.caseId), cases.reviewsOf(review.caseId)]);
  const at = now();
  const earlierReviewers = whoAnswered(reviews, reviewId);
  const { person, standings } = requireReviewer(
    found,
    { ...review, submitter: record.submitter, earlierReviewers },
    at,
  );
  if (review.decision) throw new ReviewAlreadyDecidedError(review.decision);
  if (review.status === "expired") throw new ReviewExpiredError(reviewId);
  const policy = await policyOfCase(record, policies);
  return { review, reviews, record, policy, person, standings, at };
}

/**
 * Who has given a verdict in an earlier round. Whoever only asked or answered a question has not: where the last rung has one
 * person, nobody else could ever decide.
 */
export const whoAnswered = (reviews: readonly ReviewRecord[], reviewId: string): string[] =>
  reviews.flatMap(({ reviewId: other, decision }) =>
    other !== reviewId && decision && isVerdict(decision.decision) ? [decision.decidedBy] : [],
  );

export const actorOf = (person: Person) => ({ kind: "person" as const, id: person.personId, name: person.name });
