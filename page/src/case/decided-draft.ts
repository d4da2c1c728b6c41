import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { type Draft, type DraftLine, emptyDraft } from "./draft.ts";
import { showValue } from "./format.ts";

/** A correction that was recorded, seen as the edits it was, so that a decided case shows what was changed and from what. */
export const decidedDraft = (subject: GetCaseResponse, review: Pick<ReviewSummary, "decision">): Draft =>
  review.decision === null ? emptyDraft : draftOf(subject, review.decision.decision);

/** An answer as edits of the proposal; everything but a correction edits nothing. */
export function draftOf(subject: GetCaseResponse, decision: Decision): Draft {
  if (decision.action !== "correct") return emptyDraft;
  const format = (descriptors: GetCaseResponse["fields"], name: string) =>
    descriptors.find(({ field }) => field === name)?.format ?? "text";
  const fields = Object.fromEntries(
    Object.entries(decision.fields).map(([field, value]) => [field, showValue(format(subject.fields, field), value)]),
  );
  const lines: DraftLine[] | null =
    decision.lines?.map((cells, at) => ({
      id: `decided-${at}`,
      origin: at < (subject.proposal?.lines.length ?? 0) ? at : null,
      cells: Object.fromEntries(
        subject.lineCells.map(({ field, format: of }) => [field, showValue(of, cells[field] ?? null)]),
      ),
    })) ?? null;
  return { ...emptyDraft, fields, lines };
}
