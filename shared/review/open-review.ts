import type { CaseRecord, OutboxRow, ReviewRecord } from "../case/case-record.ts";
import { type CaseStore, requireCase, retryOnChange } from "../case/case-store.ts";
import type { Announcer } from "../case/executions.ts";
import type { NextStep, ReviewCause, WakeUp } from "../contracts/decision.ts";
import { type OpenReviewInput, payloadVersion } from "../contracts/payloads.ts";
import { canonicalJson } from "../ledger/chain.ts";
import { software } from "../ledger/event.ts";
import { newReview } from "./new-review.ts";

export interface OpenReviewPorts {
  readonly cases: Pick<CaseStore, "find" | "reviewsOf" | "commit" | "saveReview" | "enqueueWakeUp">;
  readonly announcer: Announcer;
  readonly now: () => Date;
}

/**
 * Stores a review with its task token, then announces it: the token is there before anybody can see the review.
 * Asked again for the same round it only renews the token. Where an answer was stored while the previous round's time
 * ran out, or between two attempts of this one, the waiting workflow is woken with that answer.
 */
export async function openReview(input: OpenReviewInput, ports: OpenReviewPorts): Promise<void> {
  const opened = await retryOnChange(() => step(input, ports));
  if (!opened) return;
  const { review, record } = opened;
  const { caseId, workflow, reviewId, queue, role, dueAt } = review;
  await ports.announcer.announce(
    review.cause === "question"
      ? { type: "SenderAsked", detail: { caseId, workflow, reference: record.reference, until: dueAt } }
      : { type: "CaseWaiting", detail: { caseId, workflow, reviewId, queue, role, dueAt } },
  );
}

async function step(input: OpenReviewInput, { cases, now }: OpenReviewPorts) {
  const record = await requireCase(cases, input.caseId);
  const reviews = await cases.reviewsOf(input.caseId);
  const same = reviews.find(({ round }) => round === input.round);
  const wakeUp = wakeUpInstead(input, record, reviews, same);
  if (wakeUp) {
    await cases.enqueueWakeUp({ ...wakeUp, taskToken: input.taskToken, since: now().toISOString() });
    return null;
  }
  // A late call of a round that is over: whoever waits now waits for a later one, which must not be expired for it.
  if (reviews.some(({ round }) => round > input.round)) return null;
  if (same) {
    if (isNewer(input, same)) {
      const { taskToken, attempt, enteredAt } = input;
      await cases.saveReview(same, { ...same, taskToken, attempt, tokenSince: enteredAt });
    }
    return { review: same, record };
  }
  const at = now();
  const plan = planOf(input, record, reviews);
  const review = newReview(plan, input, { record, reviews, at });
  const lapsed = reviews.filter(({ status }) => status === "waiting");
  const after: CaseRecord = {
    ...record,
    status: record.audit === "due" ? "auditing" : "waiting",
    rounds: Math.max(record.rounds, input.round),
    pages: input.pages ?? record.pages,
    next: null,
    step: plan,
    question: null,
    senderAsked: plan.cause === "question",
  };
  const entry = {
    type: "ReviewOpened" as const,
    actor: software,
    summary: `${why[plan.cause]} ${waits(review)}`.trim(),
    details: {
      reviewId: review.reviewId,
      role: review.role,
      queue: review.queue,
      dueAt: review.dueAt,
      cause: plan.cause,
      blind: review.blind,
    },
  };
  const expired = lapsed.map((old) => ({ before: old, after: { ...old, status: "expired" as const, claim: null } }));
  // The sender's time is over: what they send from now on is a case of its own.
  const over = lapsed.some(({ cause }) => cause === "question") && { awaitedKey: null };
  await cases.commit(
    { before: record, after, entry, reviews: [...expired, { before: null, after: review }], ...over },
    at,
  );
  return { review, record };
}

/** The step that is opened: the one the latest answer asks for, or what the machine has, which knows of time alone. */
function planOf(input: OpenReviewInput, record: CaseRecord, reviews: readonly ReviewRecord[]): NextStep {
  if (record.next) return record.next;
  const { cause, routing, rung } = input;
  const lapsed = reviews.findLast(({ status }) => status === "waiting");
  // The sender did not answer in time: whoever asked goes on without.
  if (cause === "time-out" && lapsed?.cause === "question") return { cause: "sender", routing, rung };
  return { cause, routing, rung };
}

/**
 * Why no review is opened, but the workflow that asks is woken at once: all is answered; another execution has taken the case over;
 * or an answer came that asks for another step than this one, while the time ran out.
 */
function wakeUpInstead(
  input: OpenReviewInput,
  record: CaseRecord,
  reviews: readonly ReviewRecord[],
  same: ReviewRecord | undefined,
): Pick<OutboxRow, "caseId" | "reviewId" | "wakeUp"> | null {
  const { caseId } = record;
  const latest = reviews.findLast(({ decision }) => decision !== null);
  const reviewId = latest?.reviewId ?? `${caseId}-${input.round}`;
  const row = (wakeUp: Pick<WakeUp, "action" | "next">) => ({
    caseId,
    reviewId,
    wakeUp: { caseId, reviewId, ...wakeUp },
  });
  const isOver = record.status === "decided" || record.status === "closed" || isReplaced(input, record);
  if (isOver) return row({ action: verdictOf(record), next: null });
  if (!record.next) return null;
  // An earlier definition cannot be told where to go on: it opens this round with the step that is stored.
  const goesElsewhere = input.version >= payloadVersion && !isSameStep(input, record.next);
  return same?.decision || goesElsewhere ? row({ action: "escalate", next: record.next }) : null;
}

const isReplaced = ({ caseExecution }: OpenReviewInput, { executionName }: CaseRecord): boolean =>
  caseExecution !== null && caseExecution !== executionName;

const isSameStep = ({ routing, rung }: OpenReviewInput, next: NextStep): boolean =>
  rung === next.rung && canonicalJson(routing) === canonicalJson(next.routing);

/** What a definition before version 2 reads; it goes on to delivery with any of these. */
function verdictOf({ decision }: CaseRecord): WakeUp["action"] {
  const action = decision?.decision.action;
  return action === "approve" || action === "correct" ? action : "reject";
}

/** Tokens are ordered by when their state was entered, then by its attempts: a redriven state counts from 0 again. */
function isNewer({ enteredAt, attempt }: OpenReviewInput, { tokenSince, attempt: held }: ReviewRecord): boolean {
  if (enteredAt !== null && tokenSince !== null && enteredAt !== tokenSince) return enteredAt > tokenSince;
  return attempt >= held;
}

const waits = ({ cause, role, dueAt }: ReviewRecord): string =>
  cause === "question" ? `Waiting for the sender until ${dueAt}` : `Waiting for the role ${role} until ${dueAt}`;

const why: Readonly<Record<ReviewCause, string>> = {
  gate: "",
  "time-out": "Nobody answered in time.",
  escalation: "Escalated.",
  recovery: "Continued after a failure.",
  "second-look": "A second pair of eyes, which does not see the first answer.",
  adjudication: "Two answers disagree.",
  "hand-back": "The question is answered.",
  question: "The sender is asked.",
  sender: "The sender's turn is over.",
  audit: "Drawn for an audit.",
  reopen: "Reopened.",
};
