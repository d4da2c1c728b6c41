import type { Candidate } from "./candidate.ts";
import type { Label } from "./find-labels.ts";
import { labelsOf, type PageReading } from "./page-reading.ts";
import { type NameSpan, partyName } from "./party-name.ts";
import type { PartySection } from "./party-sections.ts";
import { boxOf, cellsOf, type Span, type TextLine } from "./text-line.ts";

const linesLookedAt = 7;
/** Right of a label means next to it; what stands further off is another column. */
const mostCharactersBetween = 3;
const columnTolerance = 0.06;
const factorBelow = 0.85;

/** What stands beside "Seller" or "Bill to", else beside "Name:" in its block, else on the first line below in its column. */
export const namedParty = (
  reading: PageReading,
  kind: "supplier" | "buyer",
  sectionOf: (line: number) => PartySection,
): Candidate[] => labelsOf(reading, kind).flatMap((label) => ofLabel(label, reading, kind, sectionOf));

function ofLabel(
  label: Label,
  reading: PageReading,
  kind: "supplier" | "buyer",
  sectionOf: (line: number) => PartySection,
): Candidate[] {
  const [beside] = besideLabel(label).map((span) => partyName(span, label.strength));
  if (beside !== undefined && beside.support > 0.2) return [beside];
  const following = reading.lines
    .slice(label.line.index + 1, label.line.index + 1 + linesLookedAt)
    .filter(({ page }) => page === label.line.page);
  for (const line of following) {
    const name = (reading.labels.get(line.index) ?? []).find((other) => other.kind === "partyName");
    if (name === undefined || sectionOf(line.index) !== kind) continue;
    return [partyName(wholeName({ line, start: name.end, end: line.text.length }, reading), label.strength)];
  }
  const below = following
    .flatMap((line) => inColumn(label, line))
    .map((span) => partyName(span, label.strength * factorBelow));
  return below.filter(({ support }) => support > 0.3).slice(0, 1);
}

const besideLabel = (label: Label): Span[] =>
  cellsOf(label.line)
    .map((cell) => ({ ...cell, start: Math.max(cell.start, label.end) }))
    .filter(({ start, end }) => start < end && start - label.end <= mostCharactersBetween);

function inColumn(label: Label, line: TextLine): Span[] {
  const { left } = boxOf(label);
  return cellsOf(line)
    .filter((cell) => Math.abs(boxOf(cell).left - left) < columnTolerance)
    .slice(0, 1);
}

/** A name broken over two lines stands beside its label's middle: the line above begins in the same column and has no label. */
function wholeName(span: Span, reading: PageReading): NameSpan {
  const above = reading.lines[span.line.index - 1];
  const value = boxOf(span);
  if (above === undefined || above.page !== span.line.page || reading.labels.has(above.index)) return span;
  const [cell, ...others] = cellsOf(above);
  if (cell === undefined || others.length > 0) return span;
  const gap = value.top - (above.box.top + above.box.height);
  return Math.abs(boxOf(cell).left - value.left) < 0.01 && gap < value.height * 0.4 ? { ...span, above: cell } : span;
}
