import type { Person } from "../../../shared/contracts/people.ts";

const membership = { workflow: "invoices", queues: "*", limits: { EUR: 500_000 }, unlimited: false } as const;

/** Invented people, one for each part somebody can play. */
export const people: readonly Person[] = [
  { personId: "person-1", name: "Robin Vale", memberships: [{ ...membership, role: "reviewer" }] },
  { personId: "person-2", name: "Sam Oakes", memberships: [{ ...membership, role: "reviewer" }] },
  { personId: "owner-1", name: "Olu Meyer", memberships: [{ ...membership, role: "owner", unlimited: true }] },
  { personId: "submitter-1", name: "Kit Lorne", memberships: [{ ...membership, role: "submitter" }] },
  { personId: "stranger-1", name: "Jo Nemo", memberships: [] },
];
