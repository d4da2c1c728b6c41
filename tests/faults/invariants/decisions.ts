import type { CaseRecord, ReviewRecord } from "../../../shared/case/case-record.ts";
import { hashOf } from "../../../shared/ledger/chain.ts";
import { actorBySub, reaches } from "../people.ts";
import type { State } from "../state.ts";
import type { Settled } from "./settled.ts";

export const finalDecisions = (state: State, caseId: string) =>
  state.reviews.filter((one) => one.caseId === caseId && one.decision && one.decision.decision.action !== "escalate");

export function acceptedAnswersStand({ world, state }: Settled): string[] {
  return world.answers.flatMap(({ reviewId, by, stored }) => {
    if (!stored) return [];
    const told = state
      .historyOf(reviewId.split("-")[0] ?? "")
      .filter(({ type, details }) => type === "ReviewDecided" && details.reviewId === reviewId);
    const [event] = told;
    if (told.length !== 1) return [`the accepted answer to ${reviewId} stands ${told.length} times in the ledger`];
    return event?.actor.id === stored.decidedBy && event.details.decisionHash === hashOf(stored.decision)
      ? []
      : [`the answer of ${by.username} to ${reviewId} was accepted, and the ledger holds another`];
  });
}

export function casesAreDecidedOnce({ state }: Settled): string[] {
  return state.cases.flatMap(({ caseId, status, disposition }) => {
    const decided = finalDecisions(state, caseId).length;
    const delivered = state.historyOf(caseId).filter(({ type }) => type === "OutcomeDelivered").length;
    const ended = status === "closed" ? 1 : 0;
    return [
      ...(decided > 1 ? [`${caseId} was decided ${decided} times`] : []),
      ...(delivered !== ended ? [`${caseId} is ${status} and was delivered ${delivered} times`] : []),
      ...(ended && decided === 0 && disposition?.kind !== "pass"
        ? [`${caseId} was closed, and nobody decided it`]
        : []),
    ];
  });
}

export function decidersHadAuthority({ state, world }: Settled): string[] {
  return state.reviews.flatMap((review) => {
    const { reviewId, decision: record, role, round, caseId } = review;
    const found = state.cases.find((one) => one.caseId === caseId);
    if (!record || !found) return [];
    const by = actorBySub(record.decidedBy);
    const drop = world.drops.find(
      ({ key, versionId }) => key === found.source.key && versionId === found.source.versionId,
    );
    const earlier = finalDecisions(state, caseId).filter(
      (one) => one.round < round && one.decision?.decidedBy === by?.sub,
    );
    const limit = by?.limitMinor;
    return [
      ...(by && reaches(by.role, role) ? [] : [`${reviewId} was decided by ${by?.username}, who may not`]),
      ...(drop?.submitter && drop.submitter === by?.name
        ? [`${reviewId} was decided by its submitter, ${by.name}`]
        : []),
      ...(earlier.length > 0 ? [`${by?.username} decided ${caseId} twice`] : []),
      ...(typeof limit === "number" && amountOf(found, review) > limit
        ? [`${by?.username} let ${amountOf(found, review)} pass in ${reviewId}, and may up to ${limit}`]
        : []),
    ];
  });
}

/** What a decision lets through, in minor units; nothing for a rejection. */
function amountOf({ headline }: CaseRecord, { decision }: ReviewRecord): number {
  const answer = decision?.decision;
  if (answer?.action === "approve") return headline.amountMinor ?? 0;
  return answer?.action === "correct" ? Math.round(Number(answer.fields.gross ?? 0) * 100) : 0;
}
