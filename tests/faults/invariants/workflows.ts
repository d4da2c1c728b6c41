import type { ReviewCause } from "../../../shared/contracts/decision.ts";
import type { LedgerEvent } from "../../../shared/ledger/event.ts";
import type { State } from "../state.ts";
import type { Settled } from "./settled.ts";

/** A decided case whose workflow still sleeps, though the sweeper came by several times. Waits and retries of the machine aside. */
export function sleepers({ cases, runningReviews, outbox }: State): string[] {
  const asleep = cases.filter(
    ({ caseId, status }) =>
      status === "decided" && runningReviews.some((run) => run.caseId === caseId && run.lastEvent === "TaskSubmitted"),
  );
  return [
    ...asleep.map(({ caseId }) => `${caseId} is decided, and its workflow was not woken by the sweeper`),
    ...outbox.map(({ reviewId }) => `the wake-up of ${reviewId} stayed in the outbox past the sweeper`),
  ];
}

export function executionsMatchCases({ state }: Settled): string[] {
  const running = state.caseExecutions.filter(({ status }) => status === "RUNNING");
  const open = new Map(state.cases.filter(({ status }) => status !== "closed").map((one) => [one.executionName, one]));
  return [
    ...running
      .filter(({ name }) => !open.has(name))
      .map(({ name }) => `the execution ${name} runs without an open case`),
    ...[...open]
      .filter(([name]) => !running.some((run) => run.name === name))
      .map(([name, { status }]) => `${name} is ${status}, and no execution works on it`),
    ...state.runningReviews
      .filter(({ caseId }) => !state.cases.some((one) => one.caseId === caseId && one.status !== "closed"))
      .map(({ caseId }) => `a review machine runs for ${caseId}, which is not open`),
  ];
}

/** A history is told in whole seconds, and a timer that is due now fires a moment later. */
const slackSeconds = 60;

/** A machine waits for a rung from when it last gave out a token: a call that was repeated starts the wait anew. */
export function dueTimesFired({ state, now }: Settled): string[] {
  return state.reviews
    .filter(({ status }) => status === "waiting")
    .filter(({ caseId, routing, rung }) => {
      const step = routing.ladder[Math.min(rung, routing.ladder.length - 1)];
      const waits = state.runningReviews.find((run) => run.caseId === caseId && run.lastEvent === "TaskSubmitted");
      return waits !== undefined && waits.since + ((step?.dueSeconds ?? 0) + slackSeconds) * 1_000 < now;
    })
    .map(({ reviewId }) => `${reviewId} was not answered in time, and nobody else was asked`);
}

export function nothingLeftInTheOutbox({ state }: Settled): string[] {
  return state.outbox.map(({ reviewId }) => `the wake-up of ${reviewId} is left in the outbox`);
}

/** Rounds that only an answer, or what a sender or an owner did, can ask for: the event that must have come before. */
const askedForBy: Partial<Record<ReviewCause, (event: LedgerEvent) => boolean>> = {
  escalation: ({ type, details }) => type === "ReviewDecided" && details.action === "escalate",
  "hand-back": ({ type, details }) => type === "ReviewDecided" && details.action === "answer",
  question: ({ type, details }) => type === "ReviewDecided" && details.action === "ask",
  sender: ({ type, details }) => type === "ReviewDecided" && details.action === "ask",
  "second-look": ({ type, details }) => type === "ReviewDecided" && details.next === "second-look",
  adjudication: ({ type, details }) => type === "ReviewDecided" && details.next === "adjudication",
  audit: ({ type }) => type === "OutcomeDelivered",
  reopen: ({ type }) => type === "CaseReopened",
};

export function roundsFollowDecisions({ state }: Settled): string[] {
  return state.reviews
    .filter(({ caseId, reviewId, cause }) => {
      const history = state.historyOf(caseId);
      const opened = history.findIndex(({ type, details }) => type === "ReviewOpened" && details.reviewId === reviewId);
      const wanted = askedForBy[cause];
      return wanted !== undefined && !history.slice(0, opened).some(wanted);
    })
    .map(({ reviewId, cause }) => `${reviewId} was opened for ${cause}, which nobody asked for`);
}
