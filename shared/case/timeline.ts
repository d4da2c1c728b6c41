import type { TimelineEvent } from "../contracts/case.ts";
import type { LedgerEvent } from "../ledger/event.ts";

/** Events that say nothing of what the software found, or of how the case came before a person. */
const tellsNothing: ReadonlySet<LedgerEvent["type"]> = new Set<LedgerEvent["type"]>([
  "CaseOpened",
  "ReviewClaimed",
  "ReviewReleased",
  "ReviewAssigned",
]);

/** A case's history in plain words. `masked`: a blind review waits. `sealed`: reviews whose answer nobody is to see yet. */
export function timelineOf(
  events: readonly LedgerEvent[],
  { masked, sealed }: { readonly masked: boolean; readonly sealed: readonly string[] },
): TimelineEvent[] {
  return events
    .filter(({ type }) => !masked || tellsNothing.has(type))
    .map(({ sequence, at, type, actor, summary, details }) => ({
      sequence,
      at,
      type,
      actor: actor.name,
      summary: type === "ReviewDecided" && sealed.includes(String(details.reviewId)) ? "Answered" : summary,
    }));
}
