import type { Routing } from "../contracts/disposition.ts";
import type { ReviewRole } from "../contracts/identifiers.ts";
import type { Policy } from "../contracts/policy.ts";

const standing: Readonly<Record<ReviewRole, number>> = { reviewer: 0, expert: 1, owner: 2 };
const roles: readonly ReviewRole[] = ["reviewer", "expert", "owner"];

type Ladder = Routing["ladder"];

/** Where one trigger wants the case; what it leaves open is the policy's to say. */
export type RoutingWish = { readonly [K in keyof Routing]?: Routing[K] | undefined };

/**
 * Joins the routings of all triggers that fired: the highest priority; the sternest ladder, by one order, so that neither
 * the triggers' order nor a repeated one counts; the queue that is named first, in the policy's order, or else the base's.
 */
export function strictest(base: Routing, wanted: readonly RoutingWish[]): Routing {
  return {
    queue: wanted.find(({ queue }) => queue !== undefined)?.queue ?? base.queue,
    priority: Math.max(base.priority, ...wanted.map(({ priority = 0 }) => priority)),
    ladder: wanted.reduce<Ladder>(
      (sternest, { ladder }) => (ladder && compareLadders(ladder, sternest) > 0 ? ladder : sternest),
      base.ladder,
    ),
  };
}

/** Positive when the first is sterner: rung by rung a higher role, then an earlier due time; then more rungs. A total order. */
function compareLadders(one: Ladder, other: Ladder): number {
  for (const [at, rung] of one.entries()) {
    const against = other[at];
    if (!against) return 1;
    const difference = standing[rung.role] - standing[against.role] || against.dueSeconds - rung.dueSeconds;
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/** The ladder from the first rung on whose role may decide all these edge cases: nobody below is asked in vain. */
export function fromDecidingRole(ladder: Ladder, edgeCases: readonly string[], authority: Policy["authority"]): Ladder {
  const mayDecide = (role: ReviewRole) => {
    const { actions, edgeCases: may } = authority[role];
    const letsThrough = actions.includes("approve") || actions.includes("correct");
    return letsThrough && (may === "*" || edgeCases.every((id) => may.includes(id)));
  };
  if (edgeCases.length === 0) return ladder;
  const first = ladder.findIndex(({ role }) => mayDecide(role));
  if (first >= 0) return ladder.slice(first);
  const dueSeconds = ladder.at(-1)?.dueSeconds ?? 1;
  return [{ role: roles.find(mayDecide) ?? "owner", dueSeconds }];
}
