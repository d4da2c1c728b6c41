import type * as z from "zod";
import type { Workflow } from "../contracts/identifiers.ts";
import type { metricsQuery, metricsResponse } from "../contracts/tally.ts";
import { requireRole } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import type { FiguresPorts } from "./counters-store.ts";
import { combine } from "./roll-up.ts";
import { figuresBetween } from "./roll-up-days.ts";
import { countDays, dayOf, daysAfter } from "./tally.ts";

/** Days that are answered when nobody says which, and most that are answered at once. */
const defaultDays = 30;
const maxDays = 366;

export type BacklogOf = (workflow: Workflow, now: Date) => Promise<z.infer<typeof metricsResponse>["backlog"]>;

export interface GetMetricsPorts extends FiguresPorts {
  readonly people: People;
  readonly backlog: BacklogOf;
}

/** Happens when the days asked for are none, or too many. HTTP 400. */
export class MetricsRangeInvalidError extends Error {
  override readonly name = "MetricsRangeInvalidError";

  constructor(from: string, to: string) {
    super(`From ${from} to ${to} is not between 1 and ${maxDays} days. Ask for a "to" that is not before "from".`);
  }
}

/** A workflow's figures by day and together, and what waits now. Owners only. Today is counted live. */
export async function getMetrics(
  workflow: Workflow,
  { from: asked, to: askedTo }: z.infer<typeof metricsQuery>,
  personId: string,
  { people, tally, counters, backlog, now }: GetMetricsPorts,
): Promise<z.infer<typeof metricsResponse>> {
  requireRole(await people.find(personId), workflow, "owner");
  const at = now();
  const today = dayOf(at);
  const to = askedTo ?? (asked !== undefined && asked > today ? asked : today);
  const from = asked ?? daysAfter(to, 1 - defaultDays);
  const count = countDays(from, to);
  if (count < 1 || count > maxDays) throw new MetricsRangeInvalidError(from, to);
  const [days, waiting] = await Promise.all([
    // Days to come have no figures.
    figuresBetween(workflow, from, [to, today].toSorted()[0] ?? to, { tally, counters, now }),
    backlog(workflow, at),
  ]);
  return {
    from,
    to,
    total: combine(days.map(({ figures }) => figures)).counters,
    days: days.map(({ day, figures }) => ({ day, counters: figures.counters })),
    backlog: waiting,
  };
}
