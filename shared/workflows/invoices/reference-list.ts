import type * as z from "zod";
import type { listName, listResponse } from "../../contracts/api.ts";
import { requireRole } from "../../people/authority.ts";
import type { People } from "../../people/people.ts";
import { listParsers, type ReferenceLists } from "./lists/reference-lists.ts";

interface StoredList {
  readonly csv: string;
  readonly updatedAt: Date | null;
}

export interface ListPorts {
  readonly people: People;
  readonly lists: {
    find(workflow: string, list: string): Promise<StoredList | null>;
    put(workflow: string, list: string, csv: string): Promise<void>;
  };
  readonly now: () => Date;
}

type ListAddress = { readonly workflow: string; readonly list: z.infer<typeof listName> };

/** How many rows a list has, and since when. For everybody who reviews. @throws {NotAllowedError} */
export async function describeList(
  { workflow, list }: ListAddress,
  personId: string,
  { people, lists }: ListPorts,
): Promise<z.infer<typeof listResponse>> {
  requireRole(await people.find(personId), workflow, "reviewer");
  const stored = await lists.find(workflow, list);
  const rows = stored ? listParsers[list](stored.csv).length : 0;
  return { list, rows, updatedAt: stored?.updatedAt?.toISOString() ?? null };
}

/** Replaces a list, whole or not at all. @throws {NotAllowedError} @throws {ListInvalidError} naming every bad line */
export async function replaceList(
  { workflow, list }: ListAddress,
  csv: string,
  personId: string,
  { people, lists, now }: ListPorts,
): Promise<z.infer<typeof listResponse>> {
  requireRole(await people.find(personId), workflow, "owner");
  const rows = listParsers[list](csv).length;
  await lists.put(workflow, list, csv);
  return { list, rows, updatedAt: now().toISOString() };
}

const parsed = new Map<string, { csv: string; rows: unknown }>();

/** All lists of the workflow; null for one that nobody uploaded. Parsed once for each content. */
export async function referenceLists(lists: ListPorts["lists"]): Promise<ReferenceLists> {
  const [vendors, orders, costCentres] = await Promise.all([
    rowsOf(lists, "vendors", listParsers.vendors),
    rowsOf(lists, "purchase-orders", listParsers["purchase-orders"]),
    rowsOf(lists, "cost-centres", listParsers["cost-centres"]),
  ]);
  return { vendors, orders, costCentres };
}

async function rowsOf<T>(lists: ListPorts["lists"], list: string, parse: (csv: string) => T): Promise<T | null> {
  const stored = await lists.find("invoices", list);
  if (!stored) return null;
  const known = parsed.get(list);
  if (known?.csv === stored.csv) return known.rows as T;
  const rows = parse(stored.csv);
  parsed.set(list, { csv: stored.csv, rows });
  return rows;
}
