import type { Candidate } from "./candidate.ts";
import { coreName, isOnlyLegalForm, nameLikeness } from "./company-name.ts";
import type { PageReading } from "./page-reading.ts";
import { meanReading, type NameSpan, nameIn } from "./party-name.ts";
import type { PartySection } from "./party-sections.ts";
import { cellsOf, plainText, type Span, type TextLine, textOf } from "./text-line.ts";

/** How far down what is printed on the first page a supplier names itself without a label: a receipt may fill a corner of its scan. */
const headShare = 0.35;
const footShare = 0.8;
/** Recognised receipts set names with wide spaces; columns are further apart. */
const gapOnScans = 2.5;
const footSupport = 0.4;
const largerPrint = 1.3;
const lossPerRank = 0.07;
const domainBonus = 0.25;

/**
 * Names at the top of the first page, and those with a legal form in its footer: the higher, the larger, the more like a company's,
 * the better; best when the page's web or mail address has the name too.
 */
export function letterheadNames(reading: PageReading, sectionOf: (line: number) => PartySection): Candidate[] {
  const [first] = reading.pages;
  if (first === undefined) return [];
  const lines = reading.lines.filter(({ page }) => page === first.page);
  const typicalHeight = median(lines.map(({ box }) => box.height));
  const domains = domainsOn(lines);
  const gap = first.source === "text-detection" ? gapOnScans : undefined;
  const share = shareOf(lines);
  let rank = 0;
  return lines
    .filter((line) => sectionOf(line.index) === null)
    .flatMap((line) =>
      cellsOf(line, gap)
        .map(senderPart)
        .flatMap((part) => {
          const span = withLineAbove(part, lines, gap);
          const candidate = share(line) < headShare ? inHead(span, typicalHeight, rank) : inFoot(span, share(line));
          if (candidate.support <= 0.05) return [];
          rank += 1;
          const known = domains.some((domain) => domain.includes(coreName(candidate.value)));
          return [known ? { ...candidate, support: Math.min(0.95, candidate.support + domainBonus) } : candidate];
        }),
    );
}

/** Where a line stands between the first and the last, in [0, 1]. */
function shareOf(lines: readonly TextLine[]): (line: TextLine) => number {
  const top = Math.min(...lines.map(({ box }) => box.top));
  const bottom = Math.max(...lines.map(({ box }) => box.top + box.height));
  return ({ box }) => (box.top - top) / Math.max(bottom - top, Number.EPSILON);
}

function inHead(span: NameSpan, typicalHeight: number, rank: number): Candidate {
  const value = nameIn(span);
  const likeness = nameLikeness(value, plainText(value));
  const larger = span.line.box.height > typicalHeight * largerPrint ? 0.12 : 0;
  const place = Math.min(0.9, 0.25 + 0.5 * likeness + larger - lossPerRank * Math.min(rank, 8));
  return { value, span, support: Math.max(0, place) * Math.min(1, likeness * 3) * (0.3 + 0.7 * meanReading(span)) };
}

function inFoot(span: NameSpan, share: number): Candidate {
  const value = nameIn(span);
  const isName = share > footShare && nameLikeness(value, plainText(value)) === 1;
  return { value, span, support: isName ? footSupport : 0 };
}

/** "Company - Street 1 - 12345 Town", as a window envelope shows the sender: the part before the first separator. */
function senderPart(cell: Span): Span {
  const separator = /\s[-–—•·|]\s|,\s(?=.*\d{4,5})/.exec(textOf(cell));
  return separator === null ? cell : { ...cell, end: cell.start + separator.index };
}

/** A legal form alone on its line belongs to the name above. */
function withLineAbove(part: Span, lines: readonly TextLine[], gap: number | undefined): NameSpan {
  if (!isOnlyLegalForm(plainText(textOf(part)))) return part;
  const above = lines.find(({ index }) => index === part.line.index - 1);
  const [cell] = above === undefined ? [] : cellsOf(above, gap);
  return cell === undefined ? part : { ...part, above: cell };
}

/** Names in web and mail addresses, letters and digits only. */
const domainsOn = (lines: readonly TextLine[]): string[] =>
  lines.flatMap(({ plain }) =>
    [...plain.matchAll(/(?:@|www\.|https?:\/\/)([\p{L}\d.-]+)/gu)].map(([, domain = ""]) =>
      domain.replace(/[^\p{L}\d]/gu, ""),
    ),
  );

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
