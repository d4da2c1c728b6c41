import * as z from "zod";
import { type Counters, counters, type TallyEntry } from "../contracts/tally.ts";
import { histogramOf, mergeHistograms, percentilesIn, percentilesOf } from "./durations.ts";
import { isChanged } from "./labels.ts";

const histogram = z.record(z.string(), z.int());
/** A day's counters, with what is needed to put several days together. */
export const dayFigures = z.object({
  counters,
  durations: z.object({ firstClaimSeconds: histogram, resolutionSeconds: histogram }),
});
export type DayFigures = z.infer<typeof dayFigures>;

type Answered = Extract<TallyEntry, { type: "answered" }>;
type Sums = Record<string, number>;

/**
 * A day's figures from what the steps wrote down. Pure, in any order: counting again gives the same. What each counts, its formula
 * and its limits: docs/metrics.md.
 */
export function rollUp(entries: readonly TallyEntry[]): DayFigures {
  const gated = entries.filter((entry) => entry.type === "gated");
  const answered = entries.filter((entry) => entry.type === "answered");
  const delivered = entries.filter((entry) => entry.type === "delivered");
  const harm = entries.filter((entry) => entry.type === "harm");
  const escalated = gated.filter(({ kind }) => kind === "review");
  const settling = answered.filter(({ final }) => final);
  const firstClaims = settling.flatMap(({ firstClaimSeconds }) => firstClaimSeconds ?? []);
  const resolutions = settling.map(({ resolutionSeconds }) => resolutionSeconds);
  return {
    counters: {
      gated: gated.length,
      passed: gated.length - escalated.length,
      escalated: escalated.length,
      escalatedBy: sum(escalated.flatMap(({ triggers }) => triggers.map((trigger) => [trigger, 1] as const))),
      graded: gradesOf(settling),
      overriddenFields: overridesOf(settling),
      answers: sum(answered.filter((entry) => !isKeptBlind(entry)).map(({ action }) => [action, 1] as const)),
      marks: sum(answered.flatMap(({ marks }) => marks.map((mark) => [mark, 1] as const))),
      firstClaimSeconds: percentilesOf(firstClaims),
      resolutionSeconds: percentilesOf(resolutions),
      delivered: delivered.length,
      superseded: delivered.filter(({ supersedes }) => supersedes !== null).length,
      wouldHaveCost: sum(settling.filter(wasAutomatic).flatMap(costOf)),
      harm: sum(harm.map(({ currency, amountMinor }) => [currency, amountMinor] as const)),
      harmReports: harm.length,
    },
    durations: { firstClaimSeconds: histogramOf(firstClaims), resolutionSeconds: histogramOf(resolutions) },
  };
}

/** Several days as one. Percentiles come from the merged histograms; those of a single day stay exact. */
export function combine(days: readonly DayFigures[]): DayFigures {
  const [only] = days;
  if (only && days.length === 1) return only;
  const durations = {
    firstClaimSeconds: mergeHistograms(days.map((day) => day.durations.firstClaimSeconds)),
    resolutionSeconds: mergeHistograms(days.map((day) => day.durations.resolutionSeconds)),
  };
  const each = days.map((day) => day.counters);
  const total = (name: "gated" | "passed" | "escalated" | "delivered" | "superseded" | "harmReports") =>
    each.reduce((so, day) => so + day[name], 0);
  const sums = (name: "escalatedBy" | "answers" | "marks" | "wouldHaveCost" | "harm") =>
    sum(each.flatMap((day) => Object.entries(day[name])));
  return {
    durations,
    counters: {
      gated: total("gated"),
      passed: total("passed"),
      escalated: total("escalated"),
      escalatedBy: sums("escalatedBy"),
      graded: merge(
        each.map(({ graded }) => graded),
        (a, b) => ({ cases: a.cases + b.cases, wrong: a.wrong + b.wrong }),
      ),
      overriddenFields: merge(
        each.map(({ overriddenFields }) => overriddenFields),
        (a, b) => ({
          proposed: a.proposed + b.proposed,
          changed: a.changed + b.changed,
        }),
      ),
      answers: sums("answers"),
      marks: sums("marks"),
      firstClaimSeconds: percentilesIn(durations.firstClaimSeconds),
      resolutionSeconds: percentilesIn(durations.resolutionSeconds),
      delivered: total("delivered"),
      superseded: total("superseded"),
      wouldHaveCost: sums("wouldHaveCost"),
      harm: sums("harm"),
      harmReports: total("harmReports"),
    },
  };
}

/** Cases that somebody settled and in which the software had proposed something, by how they came before people. */
function gradesOf(settling: readonly Answered[]): Counters["graded"] {
  const graded = settling.filter(({ wrong }) => wrong !== null);
  return merge(
    graded.map(({ sampled, wrong }) => ({ [sampled]: { cases: 1, wrong: wrong ? 1 : 0 } })),
    (a, b) => ({ cases: a.cases + b.cases, wrong: a.wrong + b.wrong }),
  );
}

function overridesOf(settling: readonly Answered[]): Counters["overriddenFields"] {
  const proposed = settling.flatMap(({ labels }) => labels.filter((label) => label.proposed !== null));
  return merge(
    proposed.map((label) => ({ [label.field]: { proposed: 1, changed: isChanged(label) ? 1 : 0 } })),
    (a, b) => ({ proposed: a.proposed + b.proposed, changed: a.changed + b.changed }),
  );
}

/** A blind answer to a case that a rule stopped is kept, and the same review is answered once more: it counts then. */
const isKeptBlind = ({ blind, final, sampled }: Answered): boolean => blind && !final && sampled === "triggered";

/** The software had let it pass, or would have, had it been allowed to act. */
const wasAutomatic = ({ sampled, wrong }: Answered): boolean => sampled !== "triggered" && wrong === true;

const costOf = ({ currency, costMinor }: Answered): [string, number][] =>
  currency === null || costMinor === null || costMinor === 0 ? [] : [[currency, costMinor]];

function sum(counts: readonly (readonly [string, number])[]): Sums {
  return merge(
    counts.map(([name, count]) => ({ [name]: count })),
    (a, b) => a + b,
  );
}

/** By name, in the order of the names, so that equal figures are equal bytes. */
function merge<T>(records: readonly Readonly<Record<string, T>>[], add: (a: T, b: T) => T): Record<string, T> {
  const merged = new Map<string, T>();
  for (const record of records) {
    for (const [name, value] of Object.entries(record)) {
      const known = merged.get(name);
      merged.set(name, known === undefined ? value : add(known, value));
    }
  }
  return Object.fromEntries([...merged].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
