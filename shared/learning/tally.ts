import type { Workflow } from "../contracts/identifiers.ts";
import type { TallyEntry } from "../contracts/tally.ts";

/** A day of the calendar in UTC, "2026-03-02". */
export type Day = string;

/** What happened on a day, as the steps themselves wrote it down. In no particular order. */
export interface Tally {
  of(workflow: Workflow, day: Day): AsyncIterable<TallyEntry>;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

export const dayOf = (at: Date): Day => at.toISOString().slice(0, 10);
export const startOf = (day: Day): Date => new Date(`${day}T00:00:00.000Z`);
export const daysAfter = (day: Day, count: number): Day =>
  dayOf(new Date(startOf(day).getTime() + count * dayMilliseconds));

/** Days from the first to the last, both included; 0 or less when the last is before the first. */
export const countDays = (first: Day, last: Day): number =>
  Math.round((startOf(last).getTime() - startOf(first).getTime()) / dayMilliseconds) + 1;

/** Every day from the first to the last, both included; none when the last is before the first. */
export const daysBetween = (first: Day, last: Day): Day[] =>
  Array.from({ length: Math.max(0, countDays(first, last)) }, (_, index) => daysAfter(first, index));
