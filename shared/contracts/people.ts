import * as z from "zod";
import { queue, role, timestamp, workflow } from "./identifiers.ts";

/**
 * Authority of one person (or program) in one workflow. Default deny: what is not listed is not allowed.
 * `limits`: largest amount the person may decide, in minor units by currency; a currency that is not listed is refused.
 */
export const membership = z.object({
  workflow,
  role,
  queues: z.union([z.literal("*"), z.array(queue).max(20)]),
  limits: z.record(z.string().regex(/^[A-Z]{3}$/), z.int().nonnegative()),
  unlimited: z.boolean(),
});
export type Membership = z.infer<typeof membership>;

/** Somebody else acts in this person's place for a while, with this person's role and limits; default: nobody. */
export const cover = z.object({
  personId: z.string(),
  name: z.string(),
  until: timestamp,
  memberships: z.array(membership),
});
export type Cover = z.infer<typeof cover>;

/** `personId` is the token's `sub`; for a program its client id. */
export const person = z.object({
  personId: z.string(),
  name: z.string(),
  memberships: z.array(membership),
  /** Absent colleagues in whose place this person may act now. */
  covers: z.array(cover).default([]),
});
export type Person = z.infer<typeof person>;

/** What an owner writes about somebody in a workflow; `membership` null takes every role away. */
export const putPersonRequest = z.object({
  name: z.string().trim().min(1).max(200),
  membership: membership.omit({ workflow: true }).nullable(),
});
/** Somebody of a workflow, as its owners see them. */
export const memberSummary = z
  .object({
    personId: z.string(),
    name: z.string(),
    membership,
    absentUntil: timestamp.nullable(),
    coveredBy: z.string().nullable(),
  })
  .meta({ id: "MemberSummary" });
export const listPeopleResponse = z.object({ people: z.array(memberSummary) });
/** `until` null: back again. */
export const absenceRequest = z.object({ coveredBy: z.string().min(1).max(200), until: timestamp.nullable() });
export const personPath = z.object({ workflow, personId: z.string().min(1).max(200) });
