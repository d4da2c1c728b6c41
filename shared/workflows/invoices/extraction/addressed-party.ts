import type { Candidate } from "./candidate.ts";
import type { PageReading } from "./page-reading.ts";
import { partyName } from "./party-name.ts";
import { boxOf, cellsOf, type Span, textOf } from "./text-line.ts";

/** Postcode and town: "D-63571 Gelnhausen", "3012 CN Rotterdam", "Fremont CA 94538". */
const postcodeLine = /\b(?:[A-Z]{1,2}-)?\d{4,5}\b\s+\p{L}|\b\d{4} ?[A-Z]{2}\b|,\s*\p{L}+ \d{5}|\b[A-Z]{2} \d{5}/u;
const firstTop = 0.06;
const lastTop = 0.4;
const columnTolerance = 0.012;
const blockHeights = 9;
const strength = 0.45;

/** The first line of an address block without a heading in the upper part of the first page: the addressee, or the sender. */
export function addressedParty(reading: PageReading): Candidate[] {
  const firstPage = reading.pages[0]?.page ?? 1;
  const cells = reading.lines
    .filter(({ page, box }) => page === firstPage && box.top > firstTop && box.top < lastTop)
    .flatMap((line) => cellsOf(line));
  return cells.filter((cell) => beginsAddress(cell, cells)).map((cell) => partyName(cell, strength));
}

function beginsAddress(cell: Span, cells: readonly Span[]): boolean {
  const box = boxOf(cell);
  const column = cells.filter((other) => Math.abs(boxOf(other).left - box.left) < columnTolerance);
  const below = column.filter((other) => {
    const { top } = boxOf(other);
    return top > box.top && top < box.top + box.height * blockHeights;
  });
  const continues = column.some((other) => {
    const { top, height } = boxOf(other);
    return top < box.top && box.top - (top + height) < box.height * 1.2;
  });
  return !continues && below.length >= 2 && below.slice(0, 5).some((other) => postcodeLine.test(textOf(other)));
}
