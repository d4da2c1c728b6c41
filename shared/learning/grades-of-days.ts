import type { Sampling } from "../contracts/disposition.ts";
import type { AutonomyStage } from "../contracts/policy.ts";
import type { Counters } from "../contracts/tally.ts";
import type { FiguresPorts } from "./counters-store.ts";
import type { Grades } from "./grades.ts";
import { rollUp } from "./roll-up.ts";
import { entriesOf, figuresBetween } from "./roll-up-days.ts";
import { dayOf, daysAfter } from "./tally.ts";

/** Which cases grade which stage: all that the software would have let pass, as far as people looked at them. */
const gradedBy: Readonly<Record<AutonomyStage, readonly Sampling[]>> = {
  shadow: ["shadow"],
  pilot: ["pilot", "audited"],
  live: ["audited"],
};

/** The day of the moment itself from what the steps wrote down, the days after it from their figures. */
export function gradesOfDays(ports: FiguresPorts): Grades {
  return {
    of: async (workflow, stage, since) => {
      const first = dayOf(since);
      const entries = await entriesOf(ports.tally, workflow, first);
      const begun = rollUp(entries.filter(({ at }) => at >= since.toISOString()));
      const later = await figuresBetween(workflow, daysAfter(first, 1), dayOf(ports.now()), ports);
      const graded = [begun, ...later.map(({ figures }) => figures)].map(({ counters }) => counters.graded);
      return total(graded, gradedBy[stage]);
    },
  };
}

function total(days: readonly Counters["graded"][], samplings: readonly Sampling[]) {
  const grades = days.flatMap((graded) => samplings.flatMap((sampling) => graded[sampling] ?? []));
  return {
    cases: grades.reduce((sum, { cases }) => sum + cases, 0),
    wrong: grades.reduce((sum, { wrong }) => sum + wrong, 0),
  };
}
