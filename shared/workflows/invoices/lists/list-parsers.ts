import { parseCostCentres } from "./cost-centres.ts";
import { parsePurchaseOrders } from "./purchase-orders.ts";
import { parseVendors } from "./vendors.ts";

/** What an owner uploads, by the list's name in the API. */
export const listParsers = {
  vendors: parseVendors,
  "purchase-orders": parsePurchaseOrders,
  "cost-centres": parseCostCentres,
} as const;
