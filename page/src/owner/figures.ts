import type { Counters } from "../../../shared/contracts/tally.ts";
import { showMoney } from "../view/money.ts";

/** One bar of a table: `share` in [0, 1] is its length, null where nothing was counted. */
export interface Row {
  readonly name: string;
  readonly count: string;
  readonly share: number | null;
}

/** Null where nothing was counted: no rate at all is not a rate of zero. */
export const rate = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

export const percent = (share: number | null): string => (share === null ? "–" : `${(share * 100).toFixed(1)} %`);

const byShare = (one: Row, other: Row) => (other.share ?? 0) - (one.share ?? 0) || one.name.localeCompare(other.name);

/** Escalated cases by the rule that fired, as shares of all that were judged; a case counts under each of its rules. */
export const reasonRows = (total: Counters, nameOf: (trigger: string) => string): Row[] =>
  Object.entries(total.escalatedBy)
    .map(([trigger, cases]) => ({
      name: nameOf(trigger),
      count: `${cases} of ${total.gated}`,
      share: rate(cases, total.gated),
    }))
    .sort(byShare);

/** What people judge besides the fields of a workflow. */
const besidesFields: Readonly<Record<string, string>> = { action: "What is done", lines: "Lines" };

/** How often people changed what was proposed, by field. */
export const overrideRows = (total: Counters, nameOf: (field: string) => string): Row[] =>
  Object.entries(total.overriddenFields)
    .map(([field, { proposed, changed }]) => ({
      name: besidesFields[field] ?? nameOf(field),
      count: `${changed} of ${proposed}`,
      share: rate(changed, proposed),
    }))
    .sort(byShare);

const samplings: Readonly<Record<string, string>> = {
  triggered: "Handed over by a rule",
  audited: "Audited after passing",
  shadow: "Passed in shadow",
  pilot: "Held back by the pilot",
  stopped: "Passed while stopped",
};

/** In how many settled cases the software would have been wrong, by how they came before a person. */
export const gradeRows = (total: Counters): Row[] =>
  Object.entries(total.graded)
    .map(([sampling, { cases, wrong }]) => ({
      name: samplings[sampling] ?? sampling,
      count: `${wrong} of ${cases}`,
      share: rate(wrong, cases),
    }))
    .sort(byShare);

/** A duration as people say it: "45 s", "12 min", "3 h 20 min", "2 d 4 h". */
export function duration(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Amounts by currency, each in its own words; currencies are never added up. */
export function amounts(byCurrency: Readonly<Record<string, number>>): string {
  const said = Object.entries(byCurrency)
    .filter(([, minor]) => minor !== 0)
    .map(([currency, minor]) => showMoney(minor, currency) ?? `${minor} ${currency}`);
  return said.length === 0 ? "nothing" : said.join(" and ");
}

const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** The last so many days, today included, as days of UTC. */
export const lastDays = (days: number, now: number): { from: string; to: string } => ({
  from: new Date(now - (days - 1) * dayMilliseconds).toISOString().slice(0, 10),
  to: new Date(now).toISOString().slice(0, 10),
});
