import { createHash } from "node:crypto";
import type { PageReading } from "./page-reading.ts";
import { boxOf } from "./text-line.ts";

/** Widths of the page that one step of a position stands for: a template keeps its columns, a scan shifts by less than half a step. */
const stepsAcross = 16;
/** Labels weaker than this come and go with the wording of descriptions. */
const weakest = 0.6;

/**
 * What an invoice looks like, as 16 hex digits: which labels the first page has and in which columns they begin, in reading order,
 * each once. How far down they stand depends on the number of lines, and is left out. Invoices of one template agree; so do,
 * sometimes, those of two suppliers with the same software, which is why the layout is only compared within a supplier.
 */
export function layoutFingerprint(reading: PageReading): string {
  const firstPage = reading.pages[0]?.page ?? 1;
  const marks = new Set<string>();
  for (const labels of reading.labels.values())
    for (const label of labels)
      if (label.line.page === firstPage && label.strength >= weakest)
        marks.add(`${label.kind}@${Math.round(boxOf(label).left * stepsAcross)}`);
  return createHash("sha256")
    .update([...marks].join(" "))
    .digest("hex")
    .slice(0, 16);
}
