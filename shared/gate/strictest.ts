import type { Routing } from "../contracts/disposition.ts";
import type { ReviewRole } from "../contracts/identifiers.ts";

const authority: Readonly<Record<ReviewRole, number>> = { reviewer: 0, expert: 1, owner: 2 };

/** Where one trigger wants the case; what it leaves open is the policy's to say. */
export type RoutingWish = { readonly [K in keyof Routing]?: Routing[K] | undefined };

/**
 * Joins the routings of all triggers that fired: the highest first role, the highest priority, the earliest due time;
 * the first queue named other than the policy's own.
 */
export function strictest(base: Routing, wanted: readonly RoutingWish[]): Routing {
  return wanted.reduce<Routing>((strict, next) => {
    const ladder = next.ladder && sterner(next.ladder, strict.ladder) ? next.ladder : strict.ladder;
    return {
      queue: strict.queue === base.queue ? (next.queue ?? strict.queue) : strict.queue,
      priority: Math.max(strict.priority, next.priority ?? 0),
      ladder,
    };
  }, base);
}

function sterner(ladder: Routing["ladder"], than: Routing["ladder"]): boolean {
  const [first, other] = [ladder[0], than[0]];
  if (!first || !other) return false;
  const difference = authority[first.role] - authority[other.role];
  return difference > 0 || (difference === 0 && first.dueSeconds < other.dueSeconds);
}
