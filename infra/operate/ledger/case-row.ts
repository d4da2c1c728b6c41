import * as z from "zod";
import type { HeadRecord } from "./ledger-source.ts";

const caseRow = z.object({
  pk: z.string().startsWith("CASE#"),
  sk: z.literal("CASE"),
  record: z.object({ ledgerSequence: z.int().nonnegative(), ledgerHash: z.string() }),
});

/** Where a row of the case table says that its case's chain ends; null for every other row, and for aliases of cases. */
export function headOf(row: unknown, pass: 1 | 2): HeadRecord | null {
  const parsed = caseRow.safeParse(row);
  if (!parsed.success) return null;
  const { pk, record } = parsed.data;
  return {
    kind: "head",
    pass,
    caseId: pk.slice("CASE#".length),
    sequence: record.ledgerSequence,
    hash: record.ledgerHash,
  };
}
