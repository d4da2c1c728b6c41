import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import { done } from "../decision/answer.ts";
import { showTime } from "../view/clock.ts";

/** Where a case stands, for whoever sent it; without what is inside the house: rules, queues, names of reviewers. */
export function senderStatus({ case: subject, reviews }: GetCaseResponse, now: number): string {
  if (subject.withdrawal !== null) return `Taken back, ${showTime(subject.withdrawal.at, now)}.`;
  if (subject.senderAsked) {
    const asked = reviews.findLast(({ cause, status }) => cause === "question" && status === "waiting");
    return asked === undefined
      ? "A question waits for your answer."
      : `A question waits for your answer until ${showTime(asked.dueAt, now)}. After that it goes on without.`;
  }
  switch (subject.status) {
    case "opened":
      return "It has arrived, and the software is reading it.";
    case "waiting":
      return "A person is looking at it.";
    case "decided":
      return `${outcomeOf(subject)} The outcome is on its way.`;
    case "auditing":
    case "closed":
      return `${outcomeOf(subject)} The outcome is delivered.`;
  }
}

function outcomeOf({ decision: record }: GetCaseResponse["case"]): string {
  if (record === null) return "It was decided by the software.";
  const { action, note = "" } = record.decision;
  return `${done[action]} by a person.${action === "reject" && note !== "" ? ` “${note}”` : ""}`;
}

/** Nothing is decided yet, so whoever sent it may still take it back. */
export const canWithdraw = ({ case: { status, withdrawal } }: GetCaseResponse): boolean =>
  withdrawal === null && (status === "opened" || status === "waiting");

export const canReport = ({ case: { status, withdrawal } }: GetCaseResponse): boolean =>
  withdrawal === null && (status === "decided" || status === "auditing" || status === "closed");
