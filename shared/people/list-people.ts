import type * as z from "zod";
import type { Workflow } from "../contracts/identifiers.ts";
import type { listPeopleResponse } from "../contracts/people.ts";
import { requireRole } from "./authority.ts";
import type { People } from "./people.ts";
import type { PeopleRegister } from "./register.ts";

export interface ListPeoplePorts {
  readonly people: People;
  readonly register: Pick<PeopleRegister, "membersOf">;
  readonly now: () => Date;
}

/** Everybody of a workflow with what they may do and whether they are away, by name. Experts and owners. @throws {NotAllowedError} */
export async function listPeople(
  workflow: Workflow,
  personId: string,
  { people, register, now }: ListPeoplePorts,
): Promise<z.infer<typeof listPeopleResponse>> {
  requireRole(await people.find(personId), workflow, "expert");
  const at = now().toISOString();
  const members = await register.membersOf(workflow);
  return {
    people: members
      .toSorted((a, b) => a.name.localeCompare(b.name, "en") || (a.personId < b.personId ? -1 : 1))
      .map(({ personId, name, membership, absence }) => {
        const away = absence && absence.until > at ? absence : null;
        return { personId, name, membership, absentUntil: away?.until ?? null, coveredBy: away?.coveredByName ?? null };
      }),
  };
}
