import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Decision, DecisionAction } from "../../../shared/contracts/decision.ts";
import { maxNoteCharacters } from "../../../shared/contracts/limits.ts";
import type { Draft } from "../case/draft.ts";
import { isBlind } from "../case/masking.ts";
import { type Change, type Fault, readEdits } from "./changes.ts";

/** What a person can press. Approve becomes `correct` by itself when something was changed, and in a blind review. */
export type Verdict = Exclude<DecisionAction, "correct">;

/** ready: the decision to send and what it changes. faulty: values to mend first. unexplained: a note is missing. */
export type Answer =
  | { readonly kind: "ready"; readonly decision: Decision; readonly changes: readonly Change[] }
  | { readonly kind: "faulty"; readonly faults: readonly Fault[] }
  | { readonly kind: "unexplained" }
  | { readonly kind: "too-long" };

type Asked = Pick<ReviewSummary, "status" | "blind" | "blindAnswer">;

/**
 * The decision that a verdict on this draft comes to. All but approving say why, and drop the edits: they judge the case as it
 * came. A case without a proposal has nothing to approve until its needed fields are filled in; a blind one states what was seen.
 */
export function answerFrom(verdict: Verdict, subject: GetCaseResponse, draft: Draft, review: Asked): Answer {
  const note = draft.note.trim();
  if (note.length > maxNoteCharacters) return { kind: "too-long" };
  const besides = {
    ...(draft.marks.length > 0 && { marks: [...draft.marks] }),
    ...(draft.attachments.length > 0 && { attachments: draft.attachments.map(({ attachmentId }) => attachmentId) }),
    ...(review.blindAnswer !== null && { knowing: true }),
  };
  if (verdict !== "approve") {
    if (note === "") return { kind: "unexplained" };
    return { kind: "ready", decision: { action: verdict, note, ...besides }, changes: [] };
  }
  const { fields, lines, changes, faults } = readEdits(subject, draft);
  if (faults.length > 0) return { kind: "faulty", faults };
  const said = { ...(note !== "" && { note }), ...besides };
  if (changes.length === 0 && !isBlind(review)) {
    return { kind: "ready", decision: { action: "approve", ...said }, changes };
  }
  return { kind: "ready", decision: { action: "correct", fields, ...(lines !== null && { lines }), ...said }, changes };
}

/** What approving comes to here: stating what one sees, correcting, or approving as proposed. */
export const letsThroughBy = (review: Asked, changes: number): "approve" | "correct" =>
  changes > 0 || isBlind(review) ? "correct" : "approve";

/** In the past tense, for what was done: "Corrected". */
export const done: Record<DecisionAction, string> = {
  approve: "Approved",
  correct: "Corrected",
  reject: "Rejected",
  escalate: "Escalated",
  ask: "Asked the sender",
  answer: "Answered and handed back",
};
