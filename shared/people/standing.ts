import type { Membership, Person } from "../contracts/people.ts";
import { roleReaches } from "./role-order.ts";

/** What somebody acts by: a membership of their own, or an absent colleague's in whose place they act. */
export interface Standing {
  readonly membership: Membership;
  /** Whose authority it is, where it is not their own. */
  readonly onBehalfOf: { readonly personId: string; readonly name: string } | null;
}

export const membershipIn = (person: Person | null, workflow: string): Membership | undefined =>
  person?.memberships.find((membership) => membership.workflow === workflow);

/**
 * All that somebody may act by in a workflow now, their own first. A colleague's membership counts only for who reviews there
 * themselves: whoever is taken out of a workflow is out of it at once, whomever they cover for.
 */
export function standingsIn(person: Person | null, workflow: string, now: Date): Standing[] {
  const own = membershipIn(person, workflow);
  if (!person || !own) return [];
  const covered = roleReaches(own.role, "reviewer")
    ? person.covers.filter(({ until }) => until > now.toISOString())
    : [];
  return [
    { membership: own, onBehalfOf: null },
    ...covered.flatMap(({ personId, name, memberships }) =>
      memberships
        .filter((membership) => membership.workflow === workflow)
        .map((membership) => ({ membership, onBehalfOf: { personId, name } })),
    ),
  ];
}
