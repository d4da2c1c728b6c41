import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Workspace } from "../workspace.ts";
import { byDue } from "./due.ts";

/**
 * Waiting reviews in the order of the queue; those whose answer is on its way are out of it, a refused answer brings them back.
 * @param but - a review that keeps its place though it is answered
 */
export function waitingOrder(
  { waiting, outbox }: Pick<Workspace, "waiting" | "outbox">,
  but: string | null = null,
): ReviewSummary[] {
  const answered = new Set(
    outbox.entries
      .get()
      .filter((entry) => entry.phase.kind !== "refused" && entry.reviewId !== but)
      .map((entry) => entry.reviewId),
  );
  return waiting.listing
    .get()
    .reviews.filter((review) => !answered.has(review.reviewId))
    .sort(byDue);
}
