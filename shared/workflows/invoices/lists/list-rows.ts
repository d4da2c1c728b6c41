import * as z from "zod";

/** A supplier that may be paid. */
export const vendor = z.object({
  name: z.string(),
  aliases: z.array(z.string()).readonly(),
  taxId: z.string().nullable(),
  /** Without spaces. */
  ibans: z.array(z.string()).readonly(),
  usualCostCentre: z.string().nullable(),
  /** `supplierKey` of the name, then of each alias. */
  keys: z.tuple([z.string()], z.string()).readonly(),
});
export type Vendor = Readonly<z.infer<typeof vendor>>;

export const purchaseOrder = z.object({
  number: z.string(),
  vendor: z.string(),
  currency: z.string(),
  /** What the order is worth, gross, in minor units of `currency`; null when the list does not say. */
  amountMinor: z.int().nullable(),
  open: z.boolean(),
  /** `numberKey` of the number. */
  key: z.string(),
  /** `supplierKey` of the vendor. */
  vendorKey: z.string(),
});
export type PurchaseOrder = Readonly<z.infer<typeof purchaseOrder>>;

export const costCentre = z.object({
  code: z.string(),
  name: z.string(),
  /** The department's queue, `invoices/<department>`, or `invoices` for the workflow's own. */
  queue: z.string(),
  /** `costCentreKey` of the code. */
  key: z.string(),
});
export type CostCentre = Readonly<z.infer<typeof costCentre>>;

/** The lists an invoice is held against; null for one that nobody uploaded, which is not the same as an empty one. */
export interface ReferenceLists {
  readonly vendors: readonly Vendor[] | null;
  readonly orders: readonly PurchaseOrder[] | null;
  readonly costCentres: readonly CostCentre[] | null;
}
