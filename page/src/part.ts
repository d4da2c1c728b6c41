import type { Workflow } from "../../shared/contracts/identifiers.ts";
import type { Person } from "../../shared/contracts/people.ts";

// What a person's memberships mean for what the page shows. The server judges every request by itself.

export const isOwner = (person: Person): boolean => person.memberships.some(({ role }) => role === "owner");

export const ownedWorkflows = (person: Person): readonly Workflow[] =>
  person.memberships.filter(({ role }) => role === "owner").map(({ workflow }) => workflow);

export const owns = (person: Person, workflow: Workflow): boolean => ownedWorkflows(person).includes(workflow);

/** Whether this person may see who belongs to a workflow, and give its reviews to others. */
export const assigns = (person: Person, workflow: Workflow): boolean =>
  person.memberships.some((held) => held.workflow === workflow && (held.role === "expert" || held.role === "owner"));

/** Whether any review could ever be in front of this person. */
export const reviews = (person: Person): boolean =>
  [...person.memberships, ...person.covers.flatMap(({ memberships }) => memberships)].some(
    ({ role }) => role !== "submitter",
  );

/** Whether this person may send documents in. Above that, whoever sent one may follow it. */
export const submits = (person: Person): boolean => person.memberships.some(({ role }) => role === "submitter");
