import type { ReviewRecord } from "../../../shared/case/case-record.ts";
import { hashOf } from "../../../shared/ledger/chain.ts";
import { actorBySub, reaches } from "../people.ts";
import type { Settled } from "./settled.ts";

export const isVerdict = (action: unknown): boolean =>
  action === "approve" || action === "correct" || action === "reject";

/** Whoever was told that their answer is taken finds it in the ledger, once, and no other answer to the same review. */
export function acceptedAnswersStand({ world, state }: Settled): string[] {
  return world.answers.flatMap(({ reviewId, by, stored, unmasked }) => {
    if (!stored) return [];
    const wanted = unmasked ? "BlindAnswerGiven" : "ReviewDecided";
    const told = state
      .historyOf(reviewId.split("-")[0] ?? "")
      .filter(({ type, details }) => type === wanted && details.reviewId === reviewId);
    const [event] = told;
    if (told.length !== 1) return [`the accepted answer to ${reviewId} stands ${told.length} times in the ledger`];
    return event?.actor.id === stored.decidedBy && event.details.decisionHash === hashOf(stored.decision)
      ? []
      : [`the answer of ${by.username} to ${reviewId} was accepted, and the ledger holds another`];
  });
}

/** What a sender or an owner was told is done stands in the history, by them. */
export function whatWasDoneStands({ world, state }: Settled): string[] {
  const types = { withdraw: "CaseWithdrawn", message: "SenderAnswered", reopen: "CaseReopened" } as const;
  return world.done.flatMap(({ what, caseId, by }) => {
    const told = state
      .historyOf(state.caseIdOf(caseId))
      .filter(({ type, actor }) => type === types[what] && actor.id === by.sub);
    const asked = world.done.filter((one) => one.what === what && one.caseId === caseId && one.by === by).length;
    // Taking back what is taken back changes nothing, and is answered alike.
    const enough = what === "withdraw" ? told.length === 1 : told.length >= asked;
    return enough
      ? []
      : [`${by.username} was told that ${what} is done ${asked} times; ${caseId} holds ${told.length}`];
  });
}

/** The rule about who may answer, by the harness's own account of people. */
export function decidersHadAuthority({ state, world }: Settled): string[] {
  return state.reviews.flatMap((review) => {
    const { reviewId, decision: record, role, caseId } = review;
    const found = state.cases.find((one) => one.caseId === caseId);
    if (!record || !found) return [];
    const by = actorBySub(record.decidedBy);
    const drop = world.drops.find(
      ({ key, versionId }) =>
        key === found.source.key && versionId === (found.earlierVersions[0] ?? found.source.versionId),
    );
    const others = state.reviews.filter(
      (one) => one.caseId === caseId && one !== review && one.decision?.decidedBy === record.decidedBy,
    );
    const twice = isVerdict(record.decision.action) && others.some((one) => isVerdict(one.decision?.decision.action));
    const amountMinor = amountOf(review);
    return [
      ...(by && reaches(by.role, role) ? [] : [`${reviewId} was decided by ${by?.username}, who may not`]),
      ...(drop?.submitter && drop.submitter === by?.name
        ? [`${reviewId} was decided by its submitter, ${by.name}`]
        : []),
      ...(twice ? [`${by?.username} decided ${caseId} twice`] : []),
      ...(typeof by?.limitMinor === "number" && amountMinor > by.limitMinor
        ? [`${by.username} let ${amountMinor} pass in ${reviewId}, and may up to ${by.limitMinor}`]
        : []),
    ];
  });
}

/** What a decision lets through, in minor units; nothing for a rejection. */
export function amountOf({ headline, decision }: ReviewRecord): number {
  const answer = decision?.decision;
  if (answer?.action !== "approve" && answer?.action !== "correct") return 0;
  const corrected = answer.action === "correct" ? answer.fields.gross : undefined;
  return corrected ? Math.round(Number(corrected) * 100) : (headline.amountMinor ?? 0);
}
