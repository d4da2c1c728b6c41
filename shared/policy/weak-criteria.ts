import type { ExitCriteria, Policy } from "../contracts/policy.ts";
import { stages } from "./differences/differences.ts";
import { type PolicyProblem, pointerTo } from "./policy-invalid-error.ts";

/** How sure graded cases have to make us that the software is as good as the policy asks. */
const sureness = 0.95;

/**
 * Fewest graded cases that can show, with 95 % confidence, an error rate of at most `maxErrorRate`: so many that software any worse
 * would hardly get through them without an error. 299 for one in a hundred; 30 leave room for one in ten.
 * @see Hanley and Lippman-Hand, If nothing goes wrong, is everything all right? (1983)
 */
export const fewestCases = (maxErrorRate: number): number =>
  maxErrorRate >= 1 ? 1 : Math.ceil(Math.log(1 - sureness) / Math.log1p(-maxErrorRate));

/** Exit criteria that are new and ask for fewer cases than can show what they promise. Those in force already stay as they are. */
export function weakCriteria(before: Policy, after: Policy): PolicyProblem[] {
  return stages.flatMap((stage) => {
    const criteria = after.autonomy.exit[stage];
    if (isSame(before.autonomy.exit[stage], criteria) || criteria.minCases >= fewestCases(criteria.maxErrorRate))
      return [];
    return [{ pointer: pointerTo(["autonomy", "exit", stage, "minCases"]), detail: tooFew(criteria) }];
  });
}

const isSame = (one: ExitCriteria, other: ExitCriteria): boolean =>
  one.minCases === other.minCases && one.maxErrorRate === other.maxErrorRate;

function tooFew({ minCases, maxErrorRate }: ExitCriteria): string {
  const needed = fewestCases(maxErrorRate);
  return Number.isFinite(needed)
    ? `${minCases}: even without one error so few cases do not show an error rate of at most ${maxErrorRate}. Ask for at least ${needed}, or raise maxErrorRate.`
    : `${minCases}: no number of cases shows that nothing is ever wrong. Raise maxErrorRate.`;
}
