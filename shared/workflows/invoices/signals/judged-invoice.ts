import type { PageText } from "../../../contracts/document.ts";
import type { InvoiceField } from "../../../contracts/invoice.ts";
import { sayAmount, toMinor } from "../../../values/amount.ts";
import { isCurrency } from "../../../values/currency.ts";
import type { ExtractedInvoice } from "../extraction/extract-invoice.ts";
import type { ReferenceLists, Vendor } from "../lists/list-rows.ts";
import type { EarlierInvoice, InvoiceHistory, SupplierProfile } from "./history.ts";
import { vendorByName } from "./vendor-match.ts";

/** What signals need of an extracted invoice. */
export type JudgedExtraction = Pick<
  ExtractedInvoice,
  "findings" | "lines" | "layout" | "currencySymbols" | "contradictions" | "severalDocuments" | "producers"
>;

export interface JudgeInput {
  readonly extraction: JudgedExtraction;
  /** As read; amounts beside "discount" or "deposit" are looked for there. */
  readonly pages: readonly PageText[];
  readonly lists: ReferenceLists;
  /** Null when the supplier could not be read, so that nothing could be looked up. */
  readonly history: InvoiceHistory | null;
  /** ISO 8601 date, UTC. */
  readonly today: string;
  /** This case: a retry finds its own first attempt in the history. */
  readonly caseId: string;
}

/** An invoice with what is looked up once for all signals. */
export interface JudgedInvoice {
  readonly extraction: JudgedExtraction;
  readonly pages: readonly PageText[];
  readonly lists: ReferenceLists;
  readonly today: string;
  /** The value read, null when none was. */
  readonly text: (field: InvoiceField) => string | null;
  /** ISO 4217, or null when missing or none. */
  readonly currency: string | null;
  /** In minor units; null when missing or not an amount of the currency. */
  readonly minor: (field: "net" | "tax" | "gross") => number | null;
  readonly say: (minor: number) => string;
  /** The vendor of this name; null when the list lacks it or there is no list. */
  readonly vendor: Vendor | null;
  /** Earlier invoices of this supplier, this case left out; null when none could be looked up. */
  readonly earlier: readonly EarlierInvoice[] | null;
  readonly profile: SupplierProfile | null;
}

export function judgedInvoice({ extraction, pages, lists, history, today, caseId }: JudgeInput): JudgedInvoice {
  const text = (field: string) => extraction.findings.find((finding) => finding.field === field)?.value ?? null;
  const written = text("currency");
  const currency = written !== null && isCurrency(written) ? written : null;
  const supplier = text("supplier");
  return {
    extraction,
    pages,
    lists,
    today,
    text,
    currency,
    minor: (field) => toMinor(text(field) ?? "", currency ?? ""),
    say: (minor) => sayAmount(minor, currency ?? ""),
    vendor: supplier === null ? null : vendorByName(supplier, lists.vendors ?? []),
    earlier: history === null ? null : history.earlier.filter((invoice) => invoice.caseId !== caseId),
    profile: history?.profile ?? null,
  };
}
