import { labelsOf, type PageReading } from "./page-reading.ts";
import { cellsOf } from "./text-line.ts";

export type PartySection = "supplier" | "buyer" | null;

/** Lines after a heading that may belong to it. */
const longestSection = 9;

/**
 * Which party's block a line stands in, where a heading says so ("Seller", "Bill to") and stands first on its line. A section
 * ends with the next heading, on the next page, or after nine lines. Two headings side by side make no section: their blocks are columns.
 */
export function partySections(reading: PageReading): (line: number) => PartySection {
  const sections = new Map<number, PartySection>();
  const headings = [...labelsOf(reading, "supplier"), ...labelsOf(reading, "buyer")]
    .filter(({ line, start }) => start === 0 && cellsOf(line).length <= 2)
    .sort((a, b) => a.line.index - b.line.index);
  headings.forEach((heading, rank) => {
    const next = headings[rank + 1]?.line.index ?? Number.POSITIVE_INFINITY;
    for (const line of reading.lines.slice(heading.line.index, Math.min(next, heading.line.index + longestSection)))
      if (line.page === heading.line.page) sections.set(line.index, heading.kind === "supplier" ? "supplier" : "buyer");
  });
  return (line) => sections.get(line) ?? null;
}
