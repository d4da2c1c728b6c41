import { firstBroken } from "../../../shared/ledger/chain.ts";
import type { Settled } from "./settled.ts";

/** One, whether the document opened it, or was sent in answer to a question. */
export function everyDropIsOneCase({ world, state, intakeBucket }: Settled): string[] {
  return world.drops.flatMap((drop) => {
    const { key, versionId } = drop;
    if (versionId === null) return [];
    const found = state.cases.filter(
      ({ source, earlierVersions }) => source.key === key && [source.versionId, ...earlierVersions].includes(versionId),
    );
    const [only] = found;
    if (!only) return [`the drop ${key} is lost: it has no case`];
    if (found.length > 1)
      return [`the drop ${key} has ${found.length} cases: ${found.map((one) => one.caseId).join()}`];
    // The first upload under an announced key is the announced case; one that answers a question goes to the case that asked.
    const first = world.drops.find(
      (one) => one.key === key && one.versionId === (only.earlierVersions[0] ?? versionId),
    );
    return first && world.caseIdsOf(intakeBucket, first).includes(only.caseId)
      ? []
      : [`the drop ${key} has the case ${only.caseId}`];
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

/** Closed, or with one review that somebody is asked, or its sender. */
export function casesAreDecidedOrVisiblyWaiting({ state, listed }: Settled): string[] {
  return state.cases.flatMap(({ caseId, status }) => {
    const waiting = state.reviews.filter((review) => review.caseId === caseId && review.status === "waiting");
    if (status === "closed") return waiting.map(({ reviewId }) => `${reviewId} waits, and its case is closed`);
    if (status !== "waiting" && status !== "auditing") return [`${caseId} is stuck: ${status}, and nobody is asked`];
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
