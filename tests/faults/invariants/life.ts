import type { LedgerEvent } from "../../../shared/ledger/event.ts";
import type { Settled } from "./settled.ts";

/** Where a case is, as its history tells it. asking: somebody may answer. decided: it is on its way out. settled: it is out. */
type Place = "asking" | "decided" | "settled";

/** What takes a case from one place to another; null: the place it is in. Whatever is not listed may happen anywhere. */
const steps: Partial<
  Record<LedgerEvent["type"], (event: LedgerEvent) => { from: readonly Place[]; to: Place | null }>
> = {
  ProposalGated: (event) => ({ from: ["asking"], to: hasPassed(event) ? "decided" : "asking" }),
  ReviewOpened: ({ details }) => ({ from: details.cause === "audit" ? ["settled"] : ["asking"], to: "asking" }),
  ReviewDecided: ({ details }) => ({ from: ["asking"], to: details.next === null ? "decided" : "asking" }),
  BlindAnswerGiven: () => ({ from: ["asking"], to: null }),
  ReviewClaimed: () => ({ from: ["asking"], to: null }),
  ReviewAssigned: () => ({ from: ["asking"], to: null }),
  SenderAnswered: () => ({ from: ["asking"], to: null }),
  DocumentReplaced: () => ({ from: ["asking"], to: "asking" }),
  CaseWithdrawn: () => ({ from: ["asking"], to: "decided" }),
  OutcomeDelivered: () => ({ from: ["decided"], to: "settled" }),
  AuditSettled: () => ({ from: ["decided"], to: "settled" }),
  CaseReopened: () => ({ from: ["settled"], to: "asking" }),
};

/**
 * Each question has one final answer, and each final answer one delivery: nothing is asked, answered or taken back of a case that
 * is decided, nothing is delivered that is not, and what its sender took back stays so.
 */
export function historiesMakeSense({ state }: Settled): string[] {
  return state.cases.flatMap(({ caseId, status }) => {
    const problems: string[] = [];
    let place: Place = "asking";
    let withdrawn = false;
    for (const event of state.historyOf(caseId)) {
      const step = steps[event.type]?.(event);
      if (!step) continue;
      const told = `${event.type} (${event.sequence}) of ${caseId}`;
      if (!step.from.includes(place)) problems.push(`${told} came when the case was ${place}`);
      if (withdrawn && event.type !== "OutcomeDelivered" && event.type !== "AuditSettled")
        problems.push(`${told} came after its sender took the case back`);
      withdrawn ||= event.type === "CaseWithdrawn";
      place = step.to ?? place;
    }
    if ((status === "closed") !== (place === "settled"))
      problems.push(`${caseId} is ${status}, and by its history ${place}`);
    return problems;
  });
}

/** What passes has nothing that fired. */
export const hasPassed = ({ type, details: { triggers } }: LedgerEvent): boolean =>
  type === "ProposalGated" && Array.isArray(triggers) && triggers.length === 0;
