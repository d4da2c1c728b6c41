import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { maxNoteCharacters } from "../../../shared/contracts/limits.ts";
import type { Draft } from "../case/draft.ts";
import { type Change, type Fault, readEdits } from "./changes.ts";

/** What a person can press. Approve becomes `correct` by itself when something was changed. */
export type Verdict = "approve" | "reject" | "escalate";

/** ready: the decision to send and what it changes. faulty: values to mend first. unexplained: a note is missing. */
export type Answer =
  | { readonly kind: "ready"; readonly decision: Decision; readonly changes: readonly Change[] }
  | { readonly kind: "faulty"; readonly faults: readonly Fault[] }
  | { readonly kind: "unexplained" }
  | { readonly kind: "too-long" };

/**
 * The decision that a verdict on this draft comes to. Rejecting and escalating say why, and drop the edits: they judge the case
 * as it came. A case without a proposal has nothing to approve until its needed fields are filled in.
 */
export function answerFrom(verdict: Verdict, subject: GetCaseResponse, draft: Draft): Answer {
  const note = draft.note.trim();
  if (note.length > maxNoteCharacters) return { kind: "too-long" };
  if (verdict !== "approve") {
    return note === "" ? { kind: "unexplained" } : { kind: "ready", decision: { action: verdict, note }, changes: [] };
  }
  const { fields, lines, changes, faults } = readEdits(subject, draft);
  if (faults.length > 0) return { kind: "faulty", faults };
  const said = note === "" ? {} : { note };
  if (changes.length === 0) return { kind: "ready", decision: { action: "approve", ...said }, changes };
  return { kind: "ready", decision: { action: "correct", fields, ...(lines !== null && { lines }), ...said }, changes };
}

/** In the past tense, for what was done: "Corrected". */
export const done: Record<Decision["action"], string> = {
  approve: "Approved",
  correct: "Corrected",
  reject: "Rejected",
  escalate: "Escalated",
};
