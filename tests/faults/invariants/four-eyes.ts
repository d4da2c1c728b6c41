import type { ReviewRecord } from "../../../shared/case/case-record.ts";
import type { Policy } from "../../../shared/contracts/policy.ts";
import type { LedgerEvent } from "../../../shared/ledger/event.ts";
import { amountOf, isVerdict } from "./decisions.ts";
import type { Settled } from "./settled.ts";

/** Verdicts on one question, in order; what it takes is by the policy it was gated with. */
interface Question {
  readonly policy: Policy | undefined;
  readonly fourEyes: boolean;
  readonly verdicts: readonly ReviewRecord[];
}

/** What needs two people is not final before two have answered alike, or an expert decided between them. */
export function fourEyesAreFour({ state }: Settled): string[] {
  return state.cases.flatMap(({ caseId }) => {
    const reviews = state.reviews.filter((one) => one.caseId === caseId);
    const policyOf = (version: unknown) => state.policies.get(Number(version));
    return questionsOf(state.historyOf(caseId), reviews, policyOf).flatMap(({ policy, fourEyes, verdicts }) => {
      const [first, second] = verdicts;
      if (!first || !policy || !(fourEyes || needsSecond(first, policy))) return [];
      if (!second) return [`${first.reviewId} settled its case, and nobody else looked at it`];
      if (first.decision?.decidedBy === second.decision?.decidedBy)
        return [`${first.reviewId} and ${second.reviewId} were answered by one person`];
      const adjudicated = reviews.some(({ cause, round }) => cause === "adjudication" && round > second.round - 1);
      return agree(first, second) || adjudicated
        ? []
        : [`${first.reviewId} and ${second.reviewId} disagree, and nobody decided`];
    });
  });
}

/** Questions that were answered for good. */
function questionsOf(
  history: readonly LedgerEvent[],
  reviews: readonly ReviewRecord[],
  policyOf: (version: unknown) => Policy | undefined,
): Question[] {
  const answered: Question[] = [];
  let fourEyes = false;
  let policy: Policy | undefined;
  let verdicts: ReviewRecord[] = [];
  for (const { type, details } of history) {
    if (type === "ProposalGated") [fourEyes, policy] = [details.fourEyes === true, policyOf(details.policyVersion)];
    if (type === "CaseReopened" || type === "DocumentReplaced" || type === "OutcomeDelivered") verdicts = [];
    if (type === "DocumentReplaced") [fourEyes, policy] = [false, undefined];
    if (type !== "ReviewDecided" || !isVerdict(details.action)) continue;
    const review = reviews.find(({ reviewId }) => reviewId === details.reviewId);
    if (review) verdicts = [...verdicts, review];
    if (details.next === null) answered.push({ policy, fourEyes, verdicts });
  }
  return answered;
}

function needsSecond(review: ReviewRecord, { fourEyes }: Policy): boolean {
  const answer = review.decision?.decision;
  if (answer?.action === "correct" && fourEyes.correctedFields.some((field) => field in answer.fields)) return true;
  // Every invoice of a schedule is in one of these.
  const limit = Math.min(
    fourEyes.amountAbove.EUR ?? Number.POSITIVE_INFINITY,
    fourEyes.amountAbove.GBP ?? Number.POSITIVE_INFINITY,
  );
  return amountOf(review) > limit;
}

/** In what a schedule ever changes: whether it is let through, and the amount. */
function agree(one: ReviewRecord, other: ReviewRecord): boolean {
  const rejects = ({ decision }: ReviewRecord) => decision?.decision.action === "reject";
  return rejects(one) === rejects(other) && (rejects(one) || amountOf(one) === amountOf(other));
}
