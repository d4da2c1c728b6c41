import type * as z from "zod";
import { type Workflow, workflow as workflows } from "../contracts/identifiers.ts";
import type { absenceRequest } from "../contracts/people.ts";
import { ValueInvalidError } from "../review/review-errors.ts";
import { NotAllowedError } from "./authority.ts";
import {
  type Absence,
  type Member,
  MemberNotFoundError,
  type PeopleRegister,
  retryOnPeopleChange,
} from "./register.ts";
import { roleReaches } from "./role-order.ts";

/** Longest absence, in days. Whoever is away for longer says so again; whoever has left is taken out by an owner. */
export const maxAbsenceDays = 90;

export interface SetAbsencePorts {
  readonly register: PeopleRegister;
  readonly now: () => Date;
}

/**
 * Says who acts in somebody's place until when, or that they are back; a later answer replaces an earlier one. Whoever is away may
 * still act. Only the colleague who is named covers: nobody covers in the place of somebody who covers.
 * @throws {NotAllowedError, MemberNotFoundError, ValueInvalidError}
 */
export function setAbsence(
  personId: string,
  request: z.infer<typeof absenceRequest>,
  { register, now }: SetAbsencePorts,
): Promise<void> {
  return retryOnPeopleChange(async () => {
    const heads = await Promise.all(
      workflows.options.map(async (workflow) => ({ workflow, head: await register.head(workflow) })),
    );
    const at = now();
    const member = await register.member(personId);
    const reviewing = member ? reviewingIn(member) : [];
    if (!member || reviewing.length === 0)
      throw new NotAllowedError("You review in no workflow, so there is nothing to cover for.");
    const after =
      request.until === null ? null : await absenceOf(member, request.coveredBy, request.until, at, register);
    const { name, absence: before } = member;
    if (before?.coveredBy === after?.coveredBy && before?.until === after?.until) return;
    const entry = {
      type: "AbsenceSet" as const,
      actor: { kind: "person" as const, id: personId, name },
      summary: after ? `Is away until ${after.until}; ${after.coveredByName} covers` : "Is back",
      details: { personId, coveredBy: after?.coveredBy ?? null, until: after?.until ?? null },
    };
    const events = heads.filter(({ workflow }) => reviewing.includes(workflow)).map((head) => ({ ...head, entry }));
    await register.commit({ events, absence: { personId, name, before, after } }, at);
  });
}

const reviewingIn = ({ memberships }: Member): Workflow[] =>
  memberships.filter(({ role }) => roleReaches(role, "reviewer")).map(({ workflow }) => workflow);

async function absenceOf(
  member: Member,
  coveredBy: string,
  until: string,
  at: Date,
  register: PeopleRegister,
): Promise<Absence> {
  const end = new Date(until);
  const latest = new Date(at.getTime() + maxAbsenceDays * 24 * 60 * 60 * 1000);
  if (end <= at || end > latest)
    throw invalid(
      "/until",
      `${until} is not between now and ${maxAbsenceDays} days from now, ${latest.toISOString()}.`,
    );
  if (coveredBy === member.personId) throw invalid("/coveredBy", "You cannot cover for yourself. Name a colleague.");
  const colleague = await register.member(coveredBy);
  const shared = colleague ? reviewingIn(colleague).filter((workflow) => reviewingIn(member).includes(workflow)) : [];
  if (!colleague || shared.length === 0) throw new MemberNotFoundError(coveredBy);
  if (colleague.absence && colleague.absence.until > at.toISOString())
    throw invalid(
      "/coveredBy",
      `${colleague.name} is away until ${colleague.absence.until}. Name somebody who is there.`,
    );
  return { coveredBy, coveredByName: colleague.name, until: end.toISOString() };
}

const invalid = (pointer: string, detail: string) => new ValueInvalidError([{ pointer, detail }]);
