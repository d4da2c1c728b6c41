import * as z from "zod";
import { headline } from "./case.ts";
import { evidence, readingSource } from "./document.ts";
import { queue } from "./identifiers.ts";

/**
 * One value the software found. `value` is canonical text: dates ISO 8601, amounts decimal with a point ("1842.40"),
 * null when nothing was found. `confidence` in [0, 1]; null when it could not be scored, which never passes the gate.
 */
export const finding = z
  .object({
    field: z.string(),
    value: z.string().nullable(),
    confidence: z.number().min(0).max(1).nullable(),
    source: readingSource,
    evidence: z.array(evidence),
    /** A better value than the one on the page, and why; shown as a suggestion, never used unasked. */
    suggestion: z.object({ value: z.string(), because: z.string() }).optional(),
  })
  .meta({ id: "Finding" });
export type Finding = z.infer<typeof finding>;

/** One row of a table of the document (an invoice's line items). Cells as in `finding.value`. */
export const line = z
  .object({
    cells: z.record(z.string(), z.string().nullable()),
    confidence: z.number().min(0).max(1).nullable(),
    evidence: z.array(evidence),
  })
  .meta({ id: "Line" });
export type Line = z.infer<typeof line>;

/**
 * A checked circumstance of the case. Every signal of the workflow is listed, fired or not; `fired` null means that it
 * could not be judged. `observed` says what was seen, `passesIf` what would have cleared it ("the total were 1482.40 EUR").
 */
export const signal = z
  .object({
    id: z.string(),
    fired: z.boolean().nullable(),
    observed: z.string(),
    passesIf: z.string().nullable(),
    /** Fields a reviewer should look at. */
    fields: z.array(z.string()),
  })
  .meta({ id: "Signal" });
export type Signal = z.infer<typeof signal>;

/** Which reader, model or rule set made the proposal, with its version; kept in the ledger. */
export const producer = z.object({ name: z.string(), version: z.string() });

/** What the software would do with a case. `action` null: it has no answer, `failure` says why, and a person decides. */
export const proposal = z.object({
  schemaVersion: z.literal(1),
  workflow: z.string(),
  action: z.string().nullable(),
  failure: z.object({ error: z.string(), message: z.string() }).nullable(),
  findings: z.array(finding),
  lines: z.array(line),
  signals: z.array(signal),
  pages: z.int().nonnegative(),
  /** SHA-256 of the document, hex. */
  documentHash: z.string().nullable(),
  /** Fingerprint of how the document looks, stable for documents made from the same template. */
  layout: z.string().nullable().optional(),
  /** What queues show of the case; null when there is nothing better than the file's name. */
  headline: headline.nullable().optional(),
  /** Queue of the department that the case belongs to by its content; null for the workflow's own. */
  departmentQueue: queue.nullable().optional(),
  producers: z.array(producer),
});
export type Proposal = z.infer<typeof proposal>;
