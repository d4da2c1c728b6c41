import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { DecisionAction, DecisionRecord } from "../../../shared/contracts/decision.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";
import { done } from "../decision/answer.ts";
import type { Entry } from "../decision/outbox.ts";
import { showTime } from "../view/clock.ts";
import type { Claim } from "./claim.ts";

/** Whether the open review can be worked on, and the sentence that says why not. */
export interface Standing {
  readonly readOnly: boolean;
  readonly notice: string | null;
  /** True when asking again may help. */
  readonly retry: boolean;
}

const free: Standing = { readOnly: false, notice: null, retry: false };
const closed = (notice: string): Standing => ({ readOnly: true, notice, retry: false });

interface Known {
  /** How far an answer given here is; null when there is none. */
  readonly answer: Entry["phase"]["kind"] | null;
  /** What this person may do with the case; null while it is not read. */
  readonly actions: readonly DecisionAction[] | null;
}

/** Judges an open review: as it is stored, by an answer on its way, then as the claim was answered. */
export function standingOf(
  review: ReviewSummary,
  claim: Claim,
  now: number,
  { answer, actions }: Known = { answer: null, actions: null },
): Standing {
  if (review.decision !== null) return closed(decidedSentence(review.decision, now));
  if (review.cause === "question" && review.status === "waiting")
    return closed(`The sender is asked. The case waits for them until ${showTime(review.dueAt, now)}.`);
  if (review.status === "expired")
    return closed(`Nobody answered in time: this review went on from the ${review.role} to the next role.`);
  if (review.status === "decided") return closed("This review has been decided.");
  if (answer !== null && answer !== "refused") return closed(onItsWay[answer]);
  if (actions?.length === 0 && claim.kind !== "refused")
    return closed("You can read this case. Deciding it is for somebody else.");
  switch (claim.kind) {
    case "refused":
      return refusal(claim.problem, review, now);
    case "unreachable":
      return { readOnly: false, notice: `Not claimed yet: ${claim.because}`, retry: true };
    default:
      return free;
  }
}

const onItsWay: Record<Exclude<Entry["phase"]["kind"], "refused">, string> = {
  held: "Your answer is about to be sent. Undo takes it back.",
  sending: "Your answer is being sent.",
  delayed: "Your answer has not been sent yet; it is tried again by itself.",
  recorded: "Your answer is recorded.",
};

function decidedSentence(record: DecisionRecord, now: number): string {
  const note = record.decision.note === undefined || record.decision.note === "" ? "" : ` “${record.decision.note}”`;
  const instead = record.onBehalfOf === null ? "" : `, covering for ${record.onBehalfOf.name}`;
  return `${done[record.decision.action]} by ${record.decidedByName} (${record.role}${instead}), ${showTime(record.decidedAt, now)}.${note}`;
}

/** What a refused claim or decision means, with who and when as far as the problem says it. */
export function refusal(problem: Problem, review: Pick<ReviewSummary, "role" | "claim">, now: number): Standing {
  const at = (time: string | undefined) => (time === undefined ? "" : `, ${showTime(time, now)}`);
  switch (problem.type.split(":").at(-1)) {
    case "already-decided":
      return closed(`${pastTense(problem.action)} by ${problem.decidedBy ?? "somebody else"}${at(problem.decidedAt)}.`);
    case "already-claimed": {
      const until =
        problem.claimedUntil === undefined ? "" : ` until ${showTime(problem.claimedUntil, now)} at the latest`;
      const by = problem.claimedBy ?? review.claim?.byName ?? "Somebody else";
      return { readOnly: true, notice: `${by} is working on this${until}. You can read it.`, retry: true };
    }
    case "review-expired":
      return closed(`Nobody answered in time: this review went on from the ${review.role} to the next role.`);
    case "busy":
      return { readOnly: false, notice: problem.detail, retry: true };
    default:
      return closed(`You can read this case, but not decide it. ${problem.detail}`);
  }
}

function pastTense(action: string | undefined): string {
  const known = Object.entries(done).find(([name]) => name === action);
  return known === undefined ? "Decided" : known[1];
}
