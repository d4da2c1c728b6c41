import type { Membership, Person } from "../../../shared/contracts/people.ts";

const membership = { workflow: "invoices", queues: "*", limits: { EUR: 500_000 }, unlimited: false } as const;
const somebody = (personId: string, name: string, role: Membership["role"] | null): Person => ({
  personId,
  name,
  memberships: role === null ? [] : [{ ...membership, role, unlimited: role === "owner" }],
  covers: [],
});

/** Invented people, one for each part somebody can play. */
export const people: readonly Person[] = [
  somebody("person-1", "Robin Vale", "reviewer"),
  somebody("person-2", "Sam Oakes", "reviewer"),
  somebody("expert-1", "Ira Holm", "expert"),
  somebody("owner-1", "Olu Meyer", "owner"),
  somebody("owner-2", "Pia Ruiz", "owner"),
  somebody("submitter-1", "Kit Lorne", "submitter"),
  somebody("stranger-1", "Jo Nemo", null),
  {
    ...somebody("cover-1", "Lee Sand", "reviewer"),
    covers: [
      {
        personId: "expert-1",
        name: "Ira Holm",
        until: "2099-01-31T22:59:59Z",
        memberships: [{ ...membership, role: "expert" }],
      },
    ],
  },
];
