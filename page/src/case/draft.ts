import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { readValue, showValue } from "./format.ts";

/** A line as the person has it; `origin` is its place in the proposal, null when it was added. */
export interface DraftLine {
  readonly id: string;
  readonly origin: number | null;
  readonly cells: Readonly<Record<string, string>>;
}

export type Mark = NonNullable<Decision["marks"]>[number];

/** A file that was uploaded and goes with the answer. */
export interface Attachment {
  readonly attachmentId: string;
  readonly fileName: string;
}

/**
 * What a person typed into one review and has not sent yet. Only what differs from the proposal is kept, as typed:
 * `lines` is null until a line is touched.
 */
export interface Draft {
  readonly fields: Readonly<Record<string, string>>;
  readonly lines: readonly DraftLine[] | null;
  /** Fields the person has looked at and kept. */
  readonly kept: readonly string[];
  readonly note: string;
  /** What was wrong with the handoff itself. */
  readonly marks: readonly Mark[];
  readonly attachments: readonly Attachment[];
}

export const emptyDraft: Draft = { fields: {}, lines: null, kept: [], note: "", marks: [], attachments: [] };

export const isEmpty = (draft: Draft): boolean =>
  Object.keys(draft.fields).length === 0 &&
  draft.lines === null &&
  draft.note === "" &&
  [draft.kept, draft.marks, draft.attachments].every((list) => list.length === 0);

const findingOf = (subject: GetCaseResponse, field: string) =>
  subject.proposal?.findings.find((finding) => finding.field === field);

/** The proposal's value of a field; null when nothing was found. */
export const proposedValue = (subject: GetCaseResponse, field: string): string | null =>
  findingOf(subject, field)?.value ?? null;

const formatOf = (subject: GetCaseResponse, field: string) =>
  subject.fields.find((descriptor) => descriptor.field === field)?.format ?? "text";
const cellFormat = (subject: GetCaseResponse, cell: string) =>
  subject.lineCells.find((descriptor) => descriptor.field === cell)?.format ?? "text";

/** The text of a field: as typed, else as proposed. */
export const fieldText = (subject: GetCaseResponse, draft: Draft, field: string): string =>
  draft.fields[field] ?? showValue(formatOf(subject, field), proposedValue(subject, field));

export function typeField(draft: Draft, field: string, text: string): Draft {
  return { ...draft, fields: { ...draft.fields, [field]: text }, kept: draft.kept.filter((kept) => kept !== field) };
}

/** Leaving a field: what was typed takes its canonical look, and typing the proposal again is no change. */
export function settleField(subject: GetCaseResponse, draft: Draft, field: string): Draft {
  const text = draft.fields[field];
  if (text === undefined) return draft;
  const format = formatOf(subject, field);
  const proposed = proposedValue(subject, field);
  const reading = readValue(format, text);
  const same = text === showValue(format, proposed) || ("value" in reading && reading.value === proposed);
  if (same) {
    const { [field]: _, ...fields } = draft.fields;
    return { ...draft, fields };
  }
  return "value" in reading
    ? { ...draft, fields: { ...draft.fields, [field]: showValue(format, reading.value) } }
    : draft;
}

export function keepField(subject: GetCaseResponse, draft: Draft, field: string): Draft {
  const settled = settleField(subject, draft, field);
  return settled.kept.includes(field) ? settled : { ...settled, kept: [...settled.kept, field] };
}

/** Takes the suggestion where there is one, or puts the page's value back where it was taken. */
export function toggleSuggestion(subject: GetCaseResponse, draft: Draft, field: string): Draft {
  const suggestion = findingOf(subject, field)?.suggestion;
  if (suggestion === undefined) return draft;
  if (hasSuggestion(subject, draft, field)) {
    const { [field]: _, ...fields } = draft.fields;
    return { ...draft, fields };
  }
  return typeField(draft, field, showValue(formatOf(subject, field), suggestion.value));
}

/** Whether the field now holds what was suggested. */
export function hasSuggestion(subject: GetCaseResponse, draft: Draft, field: string): boolean {
  const suggestion = findingOf(subject, field)?.suggestion;
  const typed = draft.fields[field];
  if (suggestion === undefined || typed === undefined) return false;
  const reading = readValue(formatOf(subject, field), typed);
  return "value" in reading && reading.value === suggestion.value;
}

/** The lines as the person has them now. */
export function draftLines(subject: GetCaseResponse, draft: Draft): readonly DraftLine[] {
  if (draft.lines !== null) return draft.lines;
  return (subject.proposal?.lines ?? []).map((line, origin) => ({
    id: `proposed-${origin}`,
    origin,
    cells: Object.fromEntries(
      subject.lineCells.map(({ field, format }) => [field, showValue(format, line.cells[field] ?? null)]),
    ),
  }));
}

export function typeCell(subject: GetCaseResponse, draft: Draft, id: string, cell: string, text: string): Draft {
  const lines = draftLines(subject, draft).map((line) =>
    line.id === id ? { ...line, cells: { ...line.cells, [cell]: text } } : line,
  );
  return { ...draft, lines };
}

export function settleCell(subject: GetCaseResponse, draft: Draft, id: string, cell: string): Draft {
  const line = draft.lines?.find((candidate) => candidate.id === id);
  if (line === undefined) return draft;
  const format = cellFormat(subject, cell);
  const proposed = line.origin === null ? null : (subject.proposal?.lines[line.origin]?.cells[cell] ?? null);
  const text = line.cells[cell] ?? "";
  const reading = readValue(format, text);
  if (text === showValue(format, proposed) || !("value" in reading)) return draft;
  return typeCell(subject, draft, id, cell, showValue(format, reading.value));
}

/** @param id - of the new line; unique in this draft. */
export function addLine(subject: GetCaseResponse, draft: Draft, id: string): Draft {
  const cells = Object.fromEntries(subject.lineCells.map(({ field }) => [field, ""]));
  return { ...draft, lines: [...draftLines(subject, draft), { id, origin: null, cells }] };
}

export function removeLine(subject: GetCaseResponse, draft: Draft, id: string): Draft {
  return { ...draft, lines: draftLines(subject, draft).filter((line) => line.id !== id) };
}
