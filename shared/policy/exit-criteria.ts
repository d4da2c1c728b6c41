import type { AutonomyStage, ExitCriteria, Policy } from "../contracts/policy.ts";
import type { Grades } from "../learning/grades.ts";
import { percent } from "./cel-environment.ts";
import { stages } from "./differences/differences.ts";
import { ExitCriteriaUnmetError } from "./exit-criteria-unmet-error.ts";
import type { PolicyStanding } from "./policy-changes.ts";

export interface Progress {
  readonly cases: number;
  readonly wrong: number;
  readonly criteria: ExitCriteria;
  readonly met: boolean;
}

/** Where the dial stands against what lets it go on (in live: against what keeps it there). */
export async function progressOf({ current, stageSince }: PolicyStanding, grades: Grades): Promise<Progress> {
  const { stage, exit } = current.autonomy;
  const { cases, wrong } = await grades.of(current.workflow, stage, stageSince);
  const criteria = exit[stage];
  return { cases, wrong, criteria, met: cases >= criteria.minCases && wrong <= cases * criteria.maxErrorRate };
}

/**
 * May the workflow go to that stage? Back always; on by one stage, once the criteria of the present one are met: those in
 * force, whatever the change would make of them.
 * @throws {ExitCriteriaUnmetError}
 */
export async function requireAdvance(standing: PolicyStanding, next: Policy, grades: Grades): Promise<void> {
  const { stage } = standing.current.autonomy;
  const steps = stages.indexOf(next.autonomy.stage) - stages.indexOf(stage);
  if (steps <= 0) return;
  if (steps > 1) throw skipped(stage, next.autonomy.stage);
  const { cases, wrong, criteria, met } = await progressOf(standing, grades);
  if (met) return;
  const { minCases, maxErrorRate } = criteria;
  const rate = cases === 0 ? "none" : percent(wrong / cases);
  throw new ExitCriteriaUnmetError(
    `From ${stage} to ${next.autonomy.stage} people must have graded at least ${minCases} cases since ${standing.stageSince.toISOString()}, ` +
      `at most ${percent(maxErrorRate)} of them wrong. So far there are ${cases}, ${wrong} of them wrong (${rate}). Go on when there are enough.`,
  );
}

const skipped = (from: AutonomyStage, to: AutonomyStage) =>
  new ExitCriteriaUnmetError(
    `From ${from} to ${to} leaves out the stage between. Go to ${stages[stages.indexOf(from) + 1]} first.`,
  );
