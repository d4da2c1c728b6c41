import type { Person } from "../../shared/contracts/people.ts";

// What a person's memberships mean for what the page shows. The server judges every request by itself.

export const isOwner = (person: Person): boolean => person.memberships.some(({ role }) => role === "owner");

/** Whether any review could ever be in front of this person. */
export const reviews = (person: Person): boolean => person.memberships.some(({ role }) => role !== "submitter");
