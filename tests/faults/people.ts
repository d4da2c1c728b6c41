import type { SignInPerson } from "../../local/sign-in/person.ts";
import type { Role } from "../../shared/contracts/identifiers.ts";
import type { Membership } from "../../shared/contracts/people.ts";

/** Somebody of a schedule, and what the harness, by its own account, holds that they may do. */
export interface Actor extends SignInPerson {
  readonly role: Role | null;
  /** Largest amount, in minor units, in EUR and GBP; null for any. */
  readonly limitMinor: number | null;
}

let made = 0;
const actor = (username: string, role: Role | null, limitMinor: number | null): Actor => {
  made += 1;
  const sub = `9d3c6a52-${String(made).padStart(4, "0")}-4a7e-8f10-5f3a0c1d0001`;
  return { sub, username, name: username.replace("-", " "), may: `${role ?? "nothing"}`, role, limitMinor };
};

/** Ten who may answer at the first rung or above, and one who may not at all: two to ten of them race. */
export const actors: readonly Actor[] = [
  ...[1, 2, 3, 4, 5, 6].map((number) => actor(`reviewer-${number}`, "reviewer", 5_000_00)),
  ...[1, 2].map((number) => actor(`expert-${number}`, "expert", 50_000_00)),
  ...[1, 2].map((number) => actor(`owner-${number}`, "owner", null)),
  actor("outsider", null, 0),
];

/** Owners who take no part in the disturbance, so that nobody can say of them that they answered before: they end what is left. */
export const closers: readonly Actor[] = [1, 2, 3, 4].map((number) => actor(`closer-${number}`, "owner", null));
export const everybody: readonly Actor[] = [...actors, ...closers];
export const owners: readonly Actor[] = actors.filter(({ role }) => role === "owner");

const rank: Readonly<Record<Role, number>> = { submitter: 0, reviewer: 1, expert: 2, owner: 3 };
export const reaches = (role: Role | null, needed: Role): boolean => role !== null && rank[role] >= rank[needed];

/** The program that announces documents and uploads them; its `sub` is the client's id, which the template gives. */
export const program = (sub: string): Actor => ({
  sub,
  username: "program",
  name: "Submitting program",
  may: "Announces documents",
  role: "submitter",
  limitMinor: 0,
});

export const actorBySub = (sub: string): Actor | undefined => everybody.find((one) => one.sub === sub);

export function membershipsOf({ role, limitMinor }: Actor): Membership[] {
  if (role === null) return [];
  const limits: Membership["limits"] = limitMinor === null ? {} : { EUR: limitMinor, GBP: limitMinor };
  return [{ workflow: "invoices", role, queues: "*", limits, unlimited: limitMinor === null }];
}
