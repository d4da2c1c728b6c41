import type { CaseRecord, ReviewRecord } from "../case/case-record.ts";
import { type CaseStore, requireCase, retryOnChange } from "../case/case-store.ts";
import type { Announcer } from "../case/executions.ts";
import type { DecisionRecord } from "../contracts/decision.ts";
import type { OpenReviewInput } from "../contracts/payloads.ts";
import { software } from "../ledger/event.ts";
import { reasonsOf } from "./reasons.ts";

export interface OpenReviewPorts {
  readonly cases: Pick<CaseStore, "find" | "findReview" | "reviewsOf" | "commit" | "renewToken" | "enqueueWakeUp">;
  readonly announcer: Announcer;
  readonly now: () => Date;
}

/**
 * Stores a review with its task token, then announces it: the token is there before anybody can see the review.
 * Asked again for the same round it only renews the token. Where an answer was stored while the previous round's time
 * ran out, or between two attempts of this one, no second review is opened: the waiting workflow is woken with that answer.
 */
export async function openReview(input: OpenReviewInput, ports: OpenReviewPorts): Promise<void> {
  const opened = await retryOnChange(() => step(input, ports));
  if (!opened) return;
  const { caseId, workflow, reviewId, queue, role, dueAt } = opened;
  await ports.announcer.announce({ type: "CaseWaiting", detail: { caseId, workflow, reviewId, queue, role, dueAt } });
}

async function step(input: OpenReviewInput, { cases, now }: OpenReviewPorts): Promise<ReviewRecord | null> {
  const { caseId, taskToken, attempt } = input;
  const before = await requireCase(cases, caseId);
  const reviews = await cases.reviewsOf(caseId);
  const reviewId = `${caseId}-${input.round}`;
  const same = reviews.find((review) => review.reviewId === reviewId);
  const answered = same?.decision ?? reviews.find(({ decision }) => decision && isFinal(decision))?.decision;
  if (answered) {
    const wakeUp = { caseId, reviewId: answered.reviewId, action: answered.decision.action };
    await cases.enqueueWakeUp({ caseId, reviewId: answered.reviewId, taskToken, wakeUp, since: now().toISOString() });
    return null;
  }
  // A late call of a round that is over: whoever waits now waits for a later one, which must not be expired for it.
  if (reviews.some(({ round }) => round > input.round)) return null;
  if (same) {
    await cases.renewToken(same, taskToken, attempt);
    return same;
  }
  const at = now();
  const review = newReview(reviewId, input, before, at);
  const lapsed = reviews.filter(({ status }) => status === "waiting");
  const after: CaseRecord = {
    ...before,
    status: "waiting",
    rounds: Math.max(before.rounds, input.round),
    pages: input.pages ?? before.pages,
  };
  const entry = {
    type: "ReviewOpened" as const,
    actor: software,
    summary: `${why[input.cause]} Waiting for the role ${review.role} until ${review.dueAt}`,
    details: { reviewId, role: review.role, queue: review.queue, dueAt: review.dueAt, cause: input.cause },
  };
  const expired = lapsed.map((old) => ({ before: old, after: { ...old, status: "expired" as const, claim: null } }));
  await cases.commit({ before, after, entry, reviews: [...expired, { before: null, after: review }] }, at);
  return review;
}

const isFinal = ({ decision }: DecisionRecord): boolean => decision.action !== "escalate";

const why: Readonly<Record<OpenReviewInput["cause"], string>> = {
  gate: "",
  "time-out": "Nobody answered in time.",
  escalation: "Escalated.",
  recovery: "Continued after a failure.",
};

function newReview(reviewId: string, input: OpenReviewInput, record: CaseRecord, at: Date): ReviewRecord {
  const { routing, rung, round, cause, attempt, taskToken } = input;
  const step = routing.ladder[Math.min(rung, routing.ladder.length - 1)];
  if (!step) throw new Error("A routing has at least one rung.");
  const due = new Date(at.getTime() + step.dueSeconds * 1000).toISOString();
  return {
    reviewId,
    caseId: record.caseId,
    workflow: record.workflow,
    queue: routing.queue,
    role: step.role,
    status: "waiting",
    // Each rung that nobody answered makes it more urgent.
    priority: Math.min(9, routing.priority + rung),
    openedAt: at.toISOString(),
    // The sender's own due time counts when it is earlier; the machine still waits for the rung's.
    dueAt: record.dueAt && record.dueAt < due ? record.dueAt : due,
    headline: record.headline,
    reasons: reasonsOf(record),
    claim: null,
    decision: null,
    taskToken,
    attempt,
    routing,
    rung,
    round,
    cause,
    revision: 0,
  };
}
