import type { Workflow } from "../../contracts/identifiers.ts";
import { requireRole } from "../../people/authority.ts";
import type { People } from "../../people/people.ts";
import type { ListDescription, ListName, ListStore } from "./reference-list.ts";

/** How many rows a list has, and since when. For everybody who reviews. @throws {NotAllowedError} */
export async function describeList(
  { workflow, list }: { readonly workflow: Workflow; readonly list: ListName },
  personId: string,
  { people, lists }: { readonly people: People; readonly lists: Pick<ListStore, "find"> },
): Promise<ListDescription> {
  requireRole(await people.find(personId), workflow, "reviewer");
  const stored = await lists.find(workflow, list);
  return { list, rows: stored?.rows.length ?? 0, updatedAt: stored?.updatedAt?.toISOString() ?? null };
}
