import { type CostCentre, parseCostCentres } from "./cost-centres.ts";
import { type PurchaseOrder, parsePurchaseOrders } from "./purchase-orders.ts";
import { parseVendors, type Vendor } from "./vendors.ts";

/** What an owner uploads, by the list's name in the API. */
export const listParsers = {
  vendors: parseVendors,
  "purchase-orders": parsePurchaseOrders,
  "cost-centres": parseCostCentres,
} as const;

/** The lists an invoice is held against; null for one that nobody uploaded, which is not the same as an empty one. */
export interface ReferenceLists {
  readonly vendors: readonly Vendor[] | null;
  readonly orders: readonly PurchaseOrder[] | null;
  readonly costCentres: readonly CostCentre[] | null;
}
