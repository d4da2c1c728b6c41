import type { InvoiceField, LineItemCell } from "../../contracts/invoice.ts";

/** What an e-invoice states, canonical: both syntaxes are read into this. Null where it is silent. */
export interface StatedInvoice {
  readonly profile: string | null;
  /** UNTDID 1001: 380 invoice, 381 credit note, 389 self-billed … */
  readonly typeCode: string | null;
  readonly fields: Readonly<Record<InvoiceField, string | null>>;
  readonly lines: readonly Readonly<Record<LineItemCell, string | null>>[];
  /** What is left to pay (BT-115): gross less what was paid. */
  readonly dueAmount: string | null;
}

/** Dates as CII writes them (format 102: 20180305) or ISO; null for anything coarser than a day. */
export function statedDate(text: string | null): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text ?? "");
  if (match === null) return null;
  const iso = `${match[1]}-${match[2]}-${match[3]}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? null : iso;
}

/** Names and addresses come with line breaks and tabs. */
export const oneLine = (text: string | null): string | null => text?.replace(/\s+/g, " ") ?? null;

export const compactIban = (text: string | null): string | null => text?.replace(/\s+/g, "").toUpperCase() ?? null;
