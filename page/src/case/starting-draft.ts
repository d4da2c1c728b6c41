import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { draftOf } from "./decided-draft.ts";
import { type Draft, emptyDraft, settleField } from "./draft.ts";

/**
 * What the form holds before a person types: nothing; after a blind answer, what they stated, as edits of the proposal. Lines that
 * come to the same as proposed are no edit.
 */
export function startingDraft(subject: GetCaseResponse | null, review: Pick<ReviewSummary, "blindAnswer">): Draft {
  if (subject === null || subject.masked || review.blindAnswer === null) return emptyDraft;
  return takeAnswer(subject, emptyDraft, review.blindAnswer.decision);
}

/** The draft with its values replaced by those of an answer, which is a correction or the proposal as it stands. */
export function takeAnswer(subject: GetCaseResponse, draft: Draft, decision: Decision): Draft {
  const { fields, lines } = draftOf(subject, decision);
  return Object.keys(fields).reduce((settled, field) => settleField(subject, settled, field), {
    ...draft,
    fields,
    lines,
  });
}
