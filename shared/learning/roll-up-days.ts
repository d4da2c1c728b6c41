import { type Workflow, workflow as workflows } from "../contracts/identifiers.ts";
import type { TallyEntry } from "../contracts/tally.ts";
import type { FiguresPorts, RolledDay } from "./counters-store.ts";
import { type DayFigures, rollUp } from "./roll-up.ts";
import { type Day, dayOf, daysAfter, daysBetween, startOf, type Tally } from "./tally.ts";

/** How far back a day is counted that was not counted whole, in days: the roll-up may have stood still for that long. */
const catchUpDays = 14;
/** How long after its end a day may still get entries, in seconds: a Lambda takes the time, runs 15 minutes at most, and then writes. */
const settledAfterSeconds = 15 * 60;

/** Counts today and yesterday anew, and older days that were never counted whole. Safe to repeat. @returns how many days */
export async function rollUpDays({ tally, counters, now }: FiguresPorts): Promise<number> {
  const at = now();
  const today = dayOf(at);
  let count = 0;
  for (const workflow of workflows.options) {
    const known = await counters.between(workflow, daysAfter(today, -catchUpDays), today);
    for (const day of daysToCount(today, known)) {
      const figures = await figuresOf(tally, workflow, day);
      await counters.put(workflow, { day, rolledAt: at.toISOString(), figures });
      count += 1;
    }
  }
  return count;
}

export function daysToCount(today: Day, known: readonly RolledDay[]): Day[] {
  const whole = new Set(known.filter(isWhole).map(({ day }) => day));
  const yesterday = daysAfter(today, -1);
  return daysBetween(daysAfter(today, -catchUpDays), today).filter((day) => day >= yesterday || !whole.has(day));
}

/** Was the day counted when nothing could be added to it any more? */
const isWhole = ({ day, rolledAt }: RolledDay): boolean =>
  new Date(rolledAt).getTime() >= startOf(daysAfter(day, 1)).getTime() + settledAfterSeconds * 1000;

/** Every day's figures: as rolled up where it was counted whole, and else from what the steps wrote down. */
export async function figuresBetween(
  workflow: Workflow,
  first: Day,
  last: Day,
  { tally, counters, now }: FiguresPorts,
): Promise<{ day: Day; figures: DayFigures }[]> {
  const rolled = new Map((await counters.between(workflow, first, last)).map((each) => [each.day, each]));
  const liveFrom = daysAfter(dayOf(now()), -catchUpDays);
  return Promise.all(
    daysBetween(first, last).map(async (day) => {
      const known = rolled.get(day);
      if (known && isWhole(known)) return { day, figures: known.figures };
      return { day, figures: day < liveFrom ? (known?.figures ?? rollUp([])) : await figuresOf(tally, workflow, day) };
    }),
  );
}

export async function entriesOf(tally: Tally, workflow: Workflow, day: Day): Promise<TallyEntry[]> {
  const entries: TallyEntry[] = [];
  for await (const entry of tally.of(workflow, day)) entries.push(entry);
  return entries;
}

const figuresOf = async (tally: Tally, workflow: Workflow, day: Day): Promise<DayFigures> =>
  rollUp(await entriesOf(tally, workflow, day));
