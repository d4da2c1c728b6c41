import type { Workflow } from "../../contracts/identifiers.ts";
import { requireRole } from "../../people/authority.ts";
import type { People } from "../../people/people.ts";
import { listParsers } from "./lists/list-parsers.ts";
import type { ListDescription, ListName, ListStore } from "./reference-list.ts";

export interface ListPorts {
  readonly people: People;
  readonly lists: ListStore;
  readonly now: () => Date;
}

type ListAddress = { readonly workflow: Workflow; readonly list: ListName };

/** Replaces a list, whole or not at all. @throws {NotAllowedError} @throws {ListInvalidError} naming every bad line */
export async function replaceList(
  { workflow, list }: ListAddress,
  csv: string,
  personId: string,
  { people, lists, now }: ListPorts,
): Promise<ListDescription> {
  requireRole(await people.find(personId), workflow, "owner");
  const rows = listParsers[list](csv);
  await lists.put(workflow, list, rows);
  return { list, rows: rows.length, updatedAt: now().toISOString() };
}
