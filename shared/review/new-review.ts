import type { CaseRecord, ReviewRecord } from "../case/case-record.ts";
import type { NextStep } from "../contracts/decision.ts";
import type { OpenReviewInput } from "../contracts/payloads.ts";
import { opensBlind } from "./blindness.ts";
import { reasonsOf } from "./reasons.ts";

interface Opening {
  readonly record: CaseRecord;
  readonly reviews: readonly ReviewRecord[];
  readonly at: Date;
}

/** Longest time that a question handed back stays with whoever asked it, in seconds; then it is anybody's of the queue. */
const handBackSeconds = 24 * 60 * 60;

/** The review of one step, as it is stored before anybody sees it. */
export function newReview(plan: NextStep, input: OpenReviewInput, { record, reviews, at }: Opening): ReviewRecord {
  const { routing, rung, cause } = plan;
  const { round, attempt, taskToken, enteredAt } = input;
  const step = routing.ladder[Math.min(rung, routing.ladder.length - 1)];
  if (!step) throw new Error("A routing has at least one rung.");
  const due = new Date(at.getTime() + step.dueSeconds * 1000).toISOString();
  return {
    reviewId: `${record.caseId}-${round}`,
    caseId: record.caseId,
    workflow: record.workflow,
    queue: routing.queue,
    role: step.role,
    status: "waiting",
    // Each rung that nobody answered makes it more urgent.
    priority: Math.min(9, routing.priority + rung),
    openedAt: at.toISOString(),
    // The sender's own due time counts when it is earlier; the machine still waits for the rung's.
    dueAt: cause !== "question" && record.dueAt && record.dueAt < due ? record.dueAt : due,
    headline: record.headline,
    reasons: reasonsOf(record),
    cause,
    blind: opensBlind(record, reviews),
    blindAnswer: null,
    question: record.question,
    claim: claimOf(plan, { record, reviews, at }, due),
    firstClaimedAt: null,
    decision: null,
    taskToken,
    attempt,
    tokenSince: enteredAt,
    routing,
    rung,
    round,
    keepUntil: null,
    sealed: false,
    revision: 0,
  };
}

/** A question goes back to whoever asked; a case that a new execution goes on with stays with whoever works on it. */
function claimOf(plan: NextStep, { reviews, at }: Opening, due: string): ReviewRecord["claim"] {
  if (plan.cause === "recovery") {
    const held = reviews.findLast(({ status }) => status === "waiting");
    return held?.role === plan.routing.ladder[plan.rung]?.role ? (held?.claim ?? null) : null;
  }
  if (plan.cause !== "hand-back") return null;
  const asked = reviews.findLast(({ decision }) => decision?.decision.action === "escalate")?.decision;
  const answered = reviews.findLast(({ decision }) => decision?.decision.action === "answer")?.decision;
  if (!asked) return null;
  const longest = new Date(at.getTime() + handBackSeconds * 1000).toISOString();
  return {
    by: asked.decidedBy,
    byName: asked.decidedByName,
    until: due < longest ? due : longest,
    assignedBy: answered?.decidedByName ?? null,
  };
}
