import * as z from "zod";
import { type Membership, membership } from "../../contracts/people.ts";
import type { Absence } from "../../people/register.ts";
import { fromItem, type Item, toItem } from "./item.ts";

/**
 * Rows of the people table, by person and, in the sort key `workflow`, by what they say: a membership under the workflow's name,
 * `ABSENCE` that the person is away, `COVER#<id>` in whose place they act. Workflows' names are in small letters.
 */
const membershipRow = membership.extend({ personId: z.string(), name: z.string() });
const absenceRow = z.object({ coveredBy: z.string(), coveredByName: z.string(), until: z.iso.datetime() });
const coverRow = z.object({ absentId: z.string(), absentName: z.string(), until: z.iso.datetime() });

const absent = "ABSENCE";
const coverPrefix = "COVER#";
/** Partition of the index `members` that holds everybody who is away. */
export const absencePartition = absent;

export interface PersonRows {
  readonly name: string | null;
  readonly memberships: Membership[];
  readonly absence: Absence | null;
  readonly covers: z.infer<typeof coverRow>[];
}

/** One person's rows, read apart. A row that is none of the three is refused, not skipped: half a right is not guessed. */
export function personOf(items: readonly Item[]): PersonRows {
  const rows = items.map(fromItem);
  const held = rows.filter(({ workflow }) => !isAbsence(workflow) && !isCover(workflow)).map(memberOf);
  const away = rows.find(({ workflow }) => isAbsence(workflow));
  return {
    name: held[0]?.name ?? null,
    memberships: held.map(({ membership }) => membership),
    absence: away ? absenceRow.parse(away) : null,
    covers: rows.filter(({ workflow }) => isCover(workflow)).map((row) => coverRow.parse(row)),
  };
}

const isAbsence = (sortKey: unknown): boolean => sortKey === absent;
const isCover = (sortKey: unknown): boolean => String(sortKey).startsWith(coverPrefix);

export function memberOf(row: Readonly<Record<string, unknown>>) {
  const { personId, name, ...rest } = membershipRow.parse(row);
  return { personId, name, membership: rest };
}

export const absenceOf = (row: Readonly<Record<string, unknown>>): Absence => absenceRow.parse(row);

export const membershipKey = (personId: string, workflow: string) => ({ personId, workflow });
export const absenceKey = (personId: string) => ({ personId, workflow: absent });
export const coverKey = (coveredBy: string, absentId: string) => ({
  personId: coveredBy,
  workflow: `${coverPrefix}${absentId}`,
});

export const membershipItem = (personId: string, name: string, membership: Membership): Item =>
  toItem({ personId, name, ...membership });
export const absenceItem = (personId: string, absence: Absence): Item =>
  toItem({ ...absenceKey(personId), ...absence });
export const coverItem = (absentId: string, absentName: string, { coveredBy, until }: Absence): Item =>
  toItem({ ...coverKey(coveredBy, absentId), absentId, absentName, until });
