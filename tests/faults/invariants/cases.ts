import { caseIdOfDrop } from "../../../shared/case/case-id.ts";
import { firstBroken } from "../../../shared/ledger/chain.ts";
import type { Settled } from "./settled.ts";

export function everyDropIsOneCase({ world, state, intakeBucket }: Settled): string[] {
  return world.drops.flatMap(({ key, versionId }) => {
    if (versionId === null) return [];
    const found = state.cases.filter(({ source }) => source.key === key && source.versionId === versionId);
    // The first upload under an announced key is the announced case; the key ends in its id.
    const allowed = [caseIdOfDrop(intakeBucket, key, versionId), key.split("/api/")[1]];
    if (found.length === 0) return [`the drop ${key} is lost: it has no case`];
    if (found.length > 1) return [`the drop ${key} has ${found.length} cases`];
    return allowed.includes(found[0]?.caseId) ? [] : [`the drop ${key} has the case ${found[0]?.caseId}`];
  });
}

/** Whoever announced a document and uploaded it finds it under the id that the announcement was given. */
export function announcedCasesAreThere({ world, state }: Settled): string[] {
  return world.drops.flatMap(({ key, versionId }) => {
    const caseId = key.split("/api/")[1];
    if (caseId === undefined || versionId === null) return [];
    return state.cases.some((one) => one.caseId === caseId)
      ? []
      : [`${caseId} was announced and uploaded, and is no case`];
  });
}

/** A document that was being uploaded as the machine died may be there or not. */
export function nothingElseIsACase({ state, world }: Settled): string[] {
  return state.cases
    .filter(
      ({ source }) =>
        !world.drops.some(
          ({ key, versionId }) => key === source.key && (versionId === null || versionId === source.versionId),
        ),
    )
    .map(({ caseId, source }) => `${caseId} belongs to no drop (${source.key})`);
}

export function casesAreDecidedOrVisiblyWaiting({ state, listed }: Settled): string[] {
  return state.cases.flatMap(({ caseId, status }) => {
    const waiting = state.reviews.filter((review) => review.caseId === caseId && review.status === "waiting");
    if (status === "closed") return waiting.map(({ reviewId }) => `${reviewId} waits, and its case is closed`);
    if (status !== "waiting") return [`${caseId} is stuck: ${status}, and nobody is asked`];
    if (waiting.length !== 1) return [`${caseId} waits with ${waiting.length} open reviews`];
    const [review] = waiting;
    const seen = listed.some(({ reviewId }) => reviewId === review?.reviewId);
    const runs = state.runningReviews.filter((run) => run.caseId === caseId);
    return [
      ...(seen ? [] : [`${review?.reviewId} waits, and no queue lists it`]),
      ...(runs.length === 1 && runs[0]?.lastEvent === "TaskSubmitted"
        ? []
        : [
            `${caseId} is stuck: its review waits, and ${runs.length} machines wait for the answer (${runs[0]?.lastEvent})`,
          ]),
    ];
  });
}

export function ledgersVerify({ state }: Settled): string[] {
  return state.cases.flatMap(({ caseId, ledgerSequence, ledgerHash }) => {
    const events = state.historyOf(caseId);
    const at = firstBroken(events, { sequence: ledgerSequence, hash: ledgerHash });
    const opened = events.filter(({ type }) => type === "CaseOpened").length;
    return [
      ...(at === null ? [] : [`the ledger of ${caseId} is broken at ${at}`]),
      ...(opened === 1 ? [] : [`${caseId} was opened ${opened} times`]),
    ];
  });
}
