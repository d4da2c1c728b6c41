import type { DecisionAction } from "../../contracts/decision.ts";
import type { ReviewRole } from "../../contracts/identifiers.ts";
import type { Policy, PolicyDifference } from "../../contracts/policy.ts";
import { difference, figures, members } from "./difference.ts";

type RoleAuthority = Policy["authority"][ReviewRole];

/** Taking these away lets less through; taking away another one, as rejecting, would leave nothing but letting through. */
const letThrough: ReadonlySet<string> = new Set<DecisionAction>(["approve", "correct"]);

export const authority = ([before, after]: readonly [Policy, Policy]): PolicyDifference[] =>
  (["reviewer", "expert", "owner"] as const).flatMap((role) => {
    const [was, is] = [before.authority[role], after.authority[role]];
    const path = ["authority", role];
    return [
      ...members([...path, "actions"], [was.actions, is.actions], {
        added: (action) => ["loosens", `${role} may ${action}`],
        removed: (action) => [letThrough.has(action) ? "tightens" : "loosens", `${role} may no longer ${action}`],
      }),
      ...amounts([...path, "maxAmounts"], role, [was.maxAmounts, is.maxAmounts]),
      ...edgeCases([...path, "edgeCases"], role, [was.edgeCases, is.edgeCases]),
    ];
  });

function amounts(
  path: readonly PropertyKey[],
  role: string,
  [was, is]: readonly [RoleAuthority["maxAmounts"], RoleAuthority["maxAmounts"]],
): PolicyDifference[] {
  if (was === null && is === null) return [];
  if (was === null) return [difference(path, "tightens", `${role} has limits`)];
  if (is === null) return [difference(path, "loosens", `${role} has no limits any more`)];
  // A currency that is not listed is refused.
  const name = (currency: string) => `${role}: largest amount in ${currency}`;
  return figures(path, [was, is], { name, tightens: "down", adding: "loosens" });
}

function edgeCases(
  path: readonly PropertyKey[],
  role: string,
  [was, is]: readonly [RoleAuthority["edgeCases"], RoleAuthority["edgeCases"]],
): PolicyDifference[] {
  if (was === "*" && is === "*") return [];
  if (was === "*") return [difference(path, "tightens", `${role} may no longer decide every edge case`)];
  if (is === "*") return [difference(path, "loosens", `${role} may decide every edge case`)];
  return members(path, [was, is], {
    added: (id) => ["loosens", `${role} may decide the edge case ${id}`],
    removed: (id) => ["tightens", `${role} may no longer decide the edge case ${id}`],
  });
}
