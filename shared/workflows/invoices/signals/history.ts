import * as z from "zod";

/** An invoice of an earlier case of the same supplier, decided or still on its way. Amount in minor units of `currency`. */
export const earlierInvoice = z.object({
  caseId: z.string(),
  number: z.string().nullable(),
  grossMinor: z.int().nullable(),
  currency: z.string().nullable(),
  issueDate: z.string().nullable(),
});
export type EarlierInvoice = z.infer<typeof earlierInvoice>;

/** How often an item was bought and at which unit prices, in minor units of the currency that its key begins with. */
const itemHistory = z.object({
  count: z.int().positive(),
  minUnitPriceMinor: z.int().nullable(),
  maxUnitPriceMinor: z.int().nullable(),
});
export type ItemHistory = z.infer<typeof itemHistory>;

/** What decided invoices have taught about a supplier. Bounded by `learnInvoice`, so that it fits one store item. */
export const supplierProfile = z.object({
  /** Accounts that were paid to, the latest last. */
  ibans: z.array(z.string()),
  /** Layout fingerprints, the latest last. */
  layouts: z.array(z.string()),
  /** Invoices per cost centre, by `costCentreKey`. */
  costCentres: z.record(z.string(), z.int().positive()),
  /** By `itemKey`. */
  items: z.record(z.string(), itemHistory),
  /** Decided invoices in all. */
  invoices: z.int().nonnegative(),
});
export type SupplierProfile = z.infer<typeof supplierProfile>;

/** Most recent invoices of a supplier in which a number one character away is looked for. */
export const maxRecentInvoices = 50;

/**
 * What the store knows of a supplier before this case: the invoices under the case's `fingerprints` (same number, same gross
 * amount) and up to `maxRecentInvoices` recent ones, in any order, repeated or not. The case itself may be among them, after a
 * retry it is: it is left out by its id.
 */
export interface InvoiceHistory {
  readonly earlier: readonly EarlierInvoice[];
  /** Null when no invoice of the supplier was decided yet. */
  readonly profile: SupplierProfile | null;
}
