import { type Candidate, confidenceOf, type FieldReading, nothingFound, rankValues } from "./candidate.ts";
import { cleanName, comparableName, nameLikeness } from "./company-name.ts";
import { labelsOf, type PageReading } from "./page-reading.ts";
import type { PartySection } from "./party-sections.ts";
import { boxOf, cellsOf, plainText, type Span, type TextLine, textOf } from "./text-line.ts";

export interface Parties {
  readonly supplier: FieldReading;
  readonly buyer: FieldReading;
}

/** How far down the first page a supplier names itself without a label. */
const letterheadShare = 0.35;
const footerShare = 0.8;

export function extractParties(reading: PageReading, sectionOf: (line: number) => PartySection): Parties {
  const buyers = [...namedParty(reading, "buyer", sectionOf), ...addressedParty(reading)];
  const buyer = best(buyers);
  const buyerName = buyer.value === null ? null : comparableName(buyer.value);
  const notBuyer = ({ value }: Candidate) => comparableName(value) !== buyerName || buyer.confidence < 0.4;
  const named = namedParty(reading, "supplier", sectionOf);
  const supplier = best([...named, ...letterhead(reading, sectionOf)].filter(notBuyer));
  const self = supplier.value !== null && buyerName === comparableName(supplier.value);
  return { supplier, buyer: self ? nothingFound : buyer };
}

function best(candidates: readonly Candidate[]): FieldReading {
  const [first, second] = rankValues(candidates.filter(({ value, support }) => value !== "" && support > 0.05));
  if (first === undefined) return nothingFound;
  const lead = Math.max(0, first.support - (second?.support ?? 0));
  return { value: first.value, confidence: confidenceOf({ ...first, lead, agrees: false }), evidence: first.evidence };
}

/** What stands beside "Seller" or "Bill to", or beside "Name:" in that block, or on the lines below in its column. */
function namedParty(
  reading: PageReading,
  kind: "supplier" | "buyer",
  sectionOf: (line: number) => PartySection,
): Candidate[] {
  return labelsOf(reading, kind).flatMap((label) => {
    const right = cellsOf(label.line)
      .map((cell) => ({ ...cell, start: Math.max(cell.start, label.end) }))
      .filter((cell) => cell.start < cell.end && cell.start - label.end < 4);
    const beside = right
      .map((cell) => nameCandidate(cell, label.strength))
      .filter(({ support }) => support > 0.2)
      .slice(0, 1);
    if (beside.length > 0) return beside;
    const column = boxOf(label);
    const following = reading.lines
      .slice(label.line.index + 1, label.line.index + 7)
      .filter(({ page }) => page === label.line.page);
    for (const line of following) {
      const name = (reading.labels.get(line.index) ?? []).find((other) => other.kind === "partyName");
      if (name !== undefined && sectionOf(line.index) === kind) {
        return [nameCandidate(wholeName({ line, start: name.end, end: line.text.length }, reading), label.strength)];
      }
    }
    if (
      following.some((line) =>
        (reading.labels.get(line.index) ?? []).some(
          (other) => other.kind === "partyName" && sectionOf(line.index) === kind,
        ),
      )
    )
      return [];
    for (const line of following) {
      const cell = cellsOf(line).find((candidate) => Math.abs(boxOf(candidate).left - column.left) < 0.06);
      if (cell === undefined) continue;
      const candidate = nameCandidate(cell, label.strength * 0.85);
      if (candidate.support > 0.1) return [candidate];
    }
    return [];
  });
}

/** A name broken over two lines stands beside its label's middle: the line above begins in the same column and has no label. */
function wholeName(span: Span, reading: PageReading): Span & { readonly above?: Span } {
  const above = reading.lines[span.line.index - 1];
  const value = boxOf(span);
  if (above === undefined || (reading.labels.get(above.index) ?? []).length > 0) return span;
  const [cell, ...others] = cellsOf(above);
  if (cell === undefined || others.length > 0 || above.page !== span.line.page) return span;
  const gap = value.top - (above.box.top + above.box.height);
  return Math.abs(boxOf(cell).left - value.left) < 0.01 && gap < value.height * 0.4 ? { ...span, above: cell } : span;
}

function nameCandidate(span: Span & { readonly above?: Span }, strength: number): Candidate {
  const text = span.above === undefined ? textOf(span) : `${textOf(span.above)} ${textOf(span)}`;
  const name = cleanName(text);
  return {
    value: name,
    span,
    support: strength * Math.max(0.25 * Number(/\p{L}{3}/u.test(name)), nameLikeness(name, plainText(name)) ** 0.5),
  };
}

/** Names at the top of the first page and, with a legal form, in its footer; the higher, the larger, the more often, the better. */
function letterhead(reading: PageReading, sectionOf: (line: number) => PartySection): Candidate[] {
  const firstPage = reading.pages[0]?.page ?? 1;
  const lines = reading.lines.filter(({ page }) => page === firstPage);
  const typical = median(lines.map(({ box }) => box.height));
  let rank = 0;
  return lines.flatMap((line) => {
    const inHead = line.box.top < letterheadShare;
    if ((!inHead && line.box.top < footerShare) || sectionOf(line.index) !== null) return [];
    return cellsOf(line)
      .flatMap(parts)
      .flatMap((part) => {
        const candidate = headCandidate(part, line, inHead, typical, rank);
        if (candidate.support <= 0.05) return [];
        rank += 1;
        return [candidate];
      });
  });
}

function headCandidate(part: Span, line: TextLine, inHead: boolean, typical: number, rank: number): Candidate {
  const value = cleanName(textOf(part));
  const likeness = nameLikeness(value, plainText(value));
  if (!inHead) return { value, span: part, support: likeness === 1 ? 0.4 : 0 };
  const large = line.box.height > typical * 1.3 ? 0.12 : 0;
  return {
    value,
    span: part,
    support: Math.max(
      0,
      Math.min(0.9, 0.25 + 0.5 * likeness + large - 0.07 * Math.min(rank, 8)) * Math.min(1, likeness * 3),
    ),
  };
}

/** "Company - Street 1 - 12345 Town", as a window envelope shows the sender. */
function parts(cell: Span): Span[] {
  const text = textOf(cell);
  const spans: Span[] = [];
  let from = 0;
  for (const match of [...text.matchAll(/\s[-–—•·|]\s|,\s(?=.*\d{4,5})/g), null]) {
    const until = match === null ? text.length : match.index;
    spans.push({ line: cell.line, start: cell.start + from, end: cell.start + until });
    from = match === null ? until : until + match[0].length;
  }
  return spans.slice(0, spans.length > 1 ? 1 : undefined);
}

/** The first line of an address block without heading, left or right in the upper part, that is not the letterhead: the addressee. */
function addressedParty(reading: PageReading): Candidate[] {
  const firstPage = reading.pages[0]?.page ?? 1;
  const cells = reading.lines
    .filter(({ page, box }) => page === firstPage && box.top > 0.06 && box.top < 0.4)
    .flatMap(cellsOf);
  return cells.flatMap((cell) => {
    const box = boxOf(cell);
    const block = cells.filter((other) => {
      const otherBox = boxOf(other);
      return (
        Math.abs(otherBox.left - box.left) < 0.012 && otherBox.top >= box.top && otherBox.top < box.top + box.height * 9
      );
    });
    const above = cells.some((other) => {
      const otherBox = boxOf(other);
      return (
        Math.abs(otherBox.left - box.left) < 0.012 &&
        otherBox.top < box.top &&
        box.top - (otherBox.top + otherBox.height) < box.height * 1.2
      );
    });
    const hasPostcode = block
      .slice(1, 6)
      .some((line) =>
        /\b(?:[A-Z]{1,2}-)?\d{4,5}\b\s+\p{L}|\b\d{4} ?[A-Z]{2}\b|,\s*\p{L}+ \d{5}|\b[A-Z]{2} \d{5}/u.test(textOf(line)),
      );
    if (above || block.length < 3 || !hasPostcode) return [];
    return [nameCandidate(cell, 0.45)];
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
