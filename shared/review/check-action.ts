import type { CaseRecord, ReviewRecord } from "../case/case-record.ts";
import type { Decision } from "../contracts/decision.ts";
import { maxMessages } from "../contracts/limits.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import { isBlind } from "./blindness.ts";
import { requireComplete } from "./check-decision.ts";
import { askedBy, isVerdict } from "./next-step.ts";
import {
  BlindAnswerGivenError,
  BlindAnswerNeededError,
  CaseNotWaitingError,
  TooManyMessagesError,
} from "./review-errors.ts";

interface AtHand {
  readonly review: ReviewRecord;
  readonly record: CaseRecord;
  readonly reviews: readonly ReviewRecord[];
  readonly definition: Pick<WorkflowDefinition, "fields">;
}

/** Trigger ids of edge cases begin so; a role may be allowed some of them only. */
const edgeCasePrefix = "edge-";

/** Edge cases this case was paused for, by id. */
export const edgeCasesOf = ({ disposition }: Pick<CaseRecord, "disposition">): string[] =>
  disposition?.kind === "review"
    ? disposition.reasons
        .filter(({ triggerId }) => triggerId.startsWith(edgeCasePrefix))
        .map(({ triggerId }) => triggerId.slice(edgeCasePrefix.length))
    : [];

/**
 * Is this an answer that the review can take now, whoever gives it?
 * @throws {BlindAnswerNeededError, BlindAnswerGivenError, CaseNotWaitingError, TooManyMessagesError, ValueInvalidError}
 */
export function requireAnswerable(decision: Decision, { review, record, reviews, definition }: AtHand): void {
  const { action } = decision;
  if (isBlind(review)) {
    // Whether the sender can be asked would tell an audit from a case that a rule stopped.
    if (action === "approve" || action === "ask") throw new BlindAnswerNeededError(action);
    if (action === "correct") requireComplete(decision, requiredOf(definition), definition);
  } else if (review.blindAnswer && isVerdict(decision) && !decision.knowing) throw new BlindAnswerGivenError();
  if (action === "answer" && !asksSomething(record, reviews))
    throw new CaseNotWaitingError("Nobody has asked anything: this review was not escalated. Decide it.");
  if (action === "ask") {
    if (record.audit === "due")
      throw new CaseNotWaitingError("The outcome is out already and this is its audit: decide it, or escalate.");
    if (record.messages.length >= maxMessages - 1) throw new TooManyMessagesError(maxMessages);
  }
}

/** Fields that have to be stated; where nothing was judged, as when the first pass died, all that the workflow requires. */
export const missingIn = (
  { disposition, missingFields }: Pick<CaseRecord, "disposition" | "missingFields">,
  definition: AtHand["definition"],
): readonly string[] => (disposition === null ? requiredOf(definition) : missingFields);

const requiredOf = ({ fields }: AtHand["definition"]): string[] =>
  fields.filter(({ required }) => required).map(({ field }) => field);

/** An escalation that was not handed back yet. */
export function asksSomething(record: Pick<CaseRecord, "firstRound">, reviews: readonly ReviewRecord[]): boolean {
  const asked = askedBy(record, reviews);
  return (
    asked !== undefined &&
    !reviews.some(({ round, decision }) => round > asked.round && decision?.decision.action === "answer")
  );
}
