import type { ReviewSummary } from "../../../shared/contracts/case.ts";

type Listed = Pick<ReviewSummary, "reviewId" | "claim">;

/** The review `step` places from the current one, stopping at the ends; the first when nothing is open. */
export function neighbour(order: readonly Listed[], current: string | null, step: 1 | -1): string | null {
  const at = order.findIndex((review) => review.reviewId === current);
  const next = at === -1 ? 0 : Math.min(Math.max(at + step, 0), order.length - 1);
  return order[next]?.reviewId ?? null;
}

/** What to open after deciding: the next that nobody else works on, else the first such, else nothing. */
export function nextToDecide(order: readonly Listed[], decided: string, me: string): string | null {
  const isFree = (review: Listed) => review.reviewId !== decided && (review.claim === null || review.claim.by === me);
  const at = order.findIndex((review) => review.reviewId === decided);
  return (order.slice(at + 1).find(isFree) ?? order.find(isFree))?.reviewId ?? null;
}
