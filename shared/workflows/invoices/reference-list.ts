import * as z from "zod";
import type { listName, listResponse } from "../../contracts/api.ts";
import { costCentre, purchaseOrder, type ReferenceLists, vendor } from "./lists/list-rows.ts";

export interface StoredList {
  /** As they were parsed when the list was uploaded. */
  readonly rows: readonly unknown[];
  readonly updatedAt: Date | null;
}

/** Reference lists as an owner uploaded them, parsed once. */
export interface ListStore {
  /** Null when the list was never uploaded. The same object is answered while the list is unchanged. */
  find(workflow: string, list: string): Promise<StoredList | null>;
  put(workflow: string, list: string, rows: readonly unknown[]): Promise<void>;
}

export type ListName = z.infer<typeof listName>;
export type ListDescription = z.infer<typeof listResponse>;

const checked = new WeakMap<StoredList, unknown>();

/** All lists of the workflow; null for one that nobody uploaded. Checked once for each upload. */
export async function referenceLists(lists: Pick<ListStore, "find">): Promise<ReferenceLists> {
  const [vendors, orders, costCentres] = await Promise.all([
    vendorList(lists),
    rowsOf(lists, "purchase-orders", purchaseOrder),
    rowsOf(lists, "cost-centres", costCentre),
  ]);
  return { vendors, orders, costCentres };
}

/** The vendor list alone. */
export const vendorList = (lists: Pick<ListStore, "find">): Promise<ReferenceLists["vendors"]> =>
  rowsOf(lists, "vendors", vendor);

async function rowsOf<S extends z.ZodType>(
  lists: Pick<ListStore, "find">,
  list: ListName,
  schema: S,
): Promise<z.infer<S>[] | null> {
  const stored = await lists.find("invoices", list);
  if (!stored) return null;
  const known = checked.get(stored);
  if (known) return known as z.infer<S>[];
  const rows = z.array(schema).parse(stored.rows);
  checked.set(stored, rows);
  return rows;
}
