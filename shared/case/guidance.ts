import type * as z from "zod";
import type { guidance } from "../contracts/api.ts";
import type { DecisionAction } from "../contracts/decision.ts";
import type { Membership, Person } from "../contracts/people.ts";
import type { Policy } from "../contracts/policy.ts";
import { allowedActions, membershipIn } from "../people/authority.ts";
import { isBlind } from "../review/blindness.ts";
import { asksSomething, edgeCasesOf } from "../review/check-action.ts";
import { rulesFor } from "../review/evidence-rules.ts";
import { whoAnswered } from "../review/review-desk.ts";
import { sayAmount } from "../values/amount.ts";
import type { CaseRecord, ReviewRecord } from "./case-record.ts";

interface Subject {
  readonly record: CaseRecord;
  readonly reviews: readonly ReviewRecord[];
  readonly person: Person;
  readonly policy: Policy;
  readonly openedPages: readonly number[];
  readonly now: Date;
}

/** What a good answer looks like, what this person may do with the open review, and what has to be looked at before. */
export function guidanceFor({ record, reviews, person, policy, openedPages, now }: Subject): z.infer<typeof guidance> {
  const review = reviews.findLast(({ status }) => status === "waiting");
  return {
    criteria: [...policy.criteria],
    instructions: policy.instructions,
    authority: wordsFor(membershipIn(person, record.workflow)),
    actions: review ? actionsOn(review, { record, reviews, person, policy, now }) : [],
    evidence: review && !isBlind(review) ? rulesFor(policy.evidence, review.reasons) : [],
    openedPages: [...openedPages],
  };
}

/** What this person may do with the waiting review; nothing with a question to the sender. */
function actionsOn(
  review: ReviewRecord,
  { record, reviews, person, policy, now }: Omit<Subject, "openedPages">,
): DecisionAction[] {
  if (review.cause === "question") return [];
  const { submitter, headline } = record;
  const atHand = { ...review, submitter, earlierReviewers: whoAnswered(reviews, review.reviewId) };
  const act = { amountMinor: headline.amountMinor, currency: headline.currency, edgeCases: edgeCasesOf(record) };
  return allowedActions(person, atHand, now, act, policy).filter((action) => fits(action, review, record, reviews));
}

/** Actions that the review can take, whoever takes them. */
function fits(
  action: DecisionAction,
  review: ReviewRecord,
  record: CaseRecord,
  reviews: readonly ReviewRecord[],
): boolean {
  if (isBlind(review) && (action === "approve" || action === "ask")) return false;
  if (action === "answer") return asksSomething(record, reviews);
  return action !== "ask" || record.audit !== "due";
}

/** What this person may let through, in plain words. */
function wordsFor(membership: Membership | undefined): string[] {
  if (!membership || membership.role === "submitter") return ["You may follow this case, not decide it."];
  if (membership.unlimited) return ["You may approve any amount."];
  const limits = Object.entries(membership.limits).map(([currency, limitMinor]) => sayAmount(limitMinor, currency));
  if (limits.length === 0) return ["You may reject and escalate, not approve."];
  return [`You may approve up to ${limits.join(", ")}; above that, escalate.`];
}
