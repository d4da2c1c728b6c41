import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import { type Draft, type DraftLine, proposedValue } from "../case/draft.ts";
import { type Reading, readValue, showValue } from "../case/format.ts";

/** What differs from the proposal, in words for the person. `from` and `to` as shown; null stands for nothing. */
export interface Change {
  readonly label: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** A value that cannot be sent, at its place: a field's name, or `<line id>/<cell>`. */
export interface Fault {
  readonly at: string;
  readonly message: string;
}

interface Edits {
  readonly fields: Record<string, string | null>;
  /** Null while the lines are right as proposed. */
  readonly lines: Record<string, string | null>[] | null;
  readonly changes: readonly Change[];
  readonly faults: readonly Fault[];
}

/** Compares a draft with the proposal. Values that were not touched are never judged: they are the software's, not the person's. */
export function readEdits(subject: GetCaseResponse, draft: Draft): Edits {
  const fields: Record<string, string | null> = {};
  const changes: Change[] = [];
  const faults: Fault[] = [];
  for (const { field, label, format, required } of subject.fields) {
    const proposed = proposedValue(subject, field);
    const reading = read(format, draft.fields[field], proposed);
    if ("problem" in reading) {
      faults.push({ at: field, message: `${label} ${reading.problem}.` });
      continue;
    }
    if (required && reading.value === null) faults.push({ at: field, message: `${label} is needed.` });
    if (reading.value === proposed) continue;
    fields[field] = reading.value;
    changes.push({ label, from: shown(format, proposed), to: shown(format, reading.value) });
  }
  const lines = readLines(subject, draft.lines, faults);
  if (lines !== null) changes.push(...lineChanges(subject, draft.lines ?? []));
  return { fields, lines, changes, faults };
}

const shown = (format: Parameters<typeof showValue>[0], value: string | null) =>
  value === null ? null : showValue(format, value);

/** A text that still looks as proposed is the proposal, even where it does not fit its own format. */
function read(format: Parameters<typeof readValue>[0], text: string | undefined, proposed: string | null): Reading {
  return text === undefined || text === showValue(format, proposed) ? { value: proposed } : readValue(format, text);
}

const proposedCell = (subject: GetCaseResponse, line: DraftLine, cell: string): string | null =>
  line.origin === null ? null : (subject.proposal?.lines[line.origin]?.cells[cell] ?? null);

const isBlank = (line: DraftLine) =>
  line.origin === null && Object.values(line.cells).every((text) => text.trim() === "");

/** All lines as they should be, or null when that is what was proposed. Added lines that were left empty do not count. */
function readLines(subject: GetCaseResponse, lines: readonly DraftLine[] | null, faults: Fault[]) {
  if (lines === null) return null;
  const answered = lines.filter((line) => !isBlank(line)).map((line) => readLine(subject, line, faults));
  const proposed = subject.proposal?.lines ?? [];
  const same =
    answered.length === proposed.length &&
    answered.every((cells, at) =>
      subject.lineCells.every(({ field }) => cells[field] === (proposed[at]?.cells[field] ?? null)),
    );
  return same ? null : answered;
}

function readLine(subject: GetCaseResponse, line: DraftLine, faults: Fault[]): Record<string, string | null> {
  const cells: Record<string, string | null> = {};
  for (const { field, label, format, required } of subject.lineCells) {
    const reading = read(format, line.cells[field], proposedCell(subject, line, field));
    const at = `${line.id}/${field}`;
    if ("problem" in reading) faults.push({ at, message: `${label} ${reading.problem}.` });
    else {
      if (required && reading.value === null) faults.push({ at, message: `${label} is needed.` });
      cells[field] = reading.value;
    }
  }
  return cells;
}

function lineChanges(subject: GetCaseResponse, lines: readonly DraftLine[]): Change[] {
  const changes: Change[] = [];
  const nameOf = (cells: Readonly<Record<string, string | null>>) => cells[subject.lineCells[0]?.field ?? ""] ?? "";
  for (const line of lines) {
    if (line.origin === null) {
      if (!isBlank(line)) changes.push({ label: "Line added", from: null, to: nameOf(line.cells) || "without a name" });
      continue;
    }
    for (const { field, label, format } of subject.lineCells) {
      const proposed = proposedCell(subject, line, field);
      const reading = read(format, line.cells[field], proposed);
      if ("value" in reading && reading.value === proposed) continue;
      const to = "value" in reading ? shown(format, reading.value) : (line.cells[field] ?? null);
      changes.push({ label: `Line ${line.origin + 1}, ${label.toLowerCase()}`, from: shown(format, proposed), to });
    }
  }
  const left = new Set(lines.map((line) => line.origin));
  for (const [at, line] of (subject.proposal?.lines ?? []).entries()) {
    if (!left.has(at))
      changes.push({ label: "Line removed", from: nameOf(line.cells) || `number ${at + 1}`, to: null });
  }
  return changes;
}
