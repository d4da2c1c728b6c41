import type { OutboxRow, ReviewRecord } from "../case/case-record.ts";
import { retryOnChange } from "../case/case-store.ts";
import type { Decision, DecisionRecord } from "../contracts/decision.ts";
import { canonicalJson } from "../ledger/chain.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import { checkDecision } from "./check-decision.ts";
import { type DecidePorts, decide } from "./decide.ts";
import type { Resumer } from "./resume.ts";
import { BlindAnswerGivenError, ReviewAlreadyDecidedError, ValueInvalidError } from "./review-errors.ts";

export interface WakingPorts {
  readonly resumer: Resumer;
  /** Told when the workflow could not be woken at once. */
  readonly wakeFailed: (error: unknown) => void;
}
export type RecordDecisionPorts = DecidePorts & WakingPorts;

/** `unmasked`: the answer was given blind and is kept; the same review waits for the answer that knows everything. */
export interface Recorded {
  readonly decision: DecisionRecord;
  readonly unmasked: boolean;
}

/**
 * Stores a decision, then wakes the workflow that waits for it. The store judges who was first; the outbox outlives a crash.
 * The identical answer by the same person is answered as it was; a different one throws ReviewAlreadyDecidedError.
 */
export async function recordDecision(
  reviewId: string,
  personId: string,
  decision: Decision,
  ports: RecordDecisionPorts,
): Promise<Recorded> {
  try {
    const { stored, outbox } = await retryOnChange(() => decide(reviewId, personId, decision, ports));
    if (outbox) await wake(outbox, ports);
    return { decision: stored, unmasked: outbox === null };
  } catch (error) {
    const first = await firstOf(reviewId, error, ports);
    if (
      first?.decision.decidedBy === personId &&
      isSameAnswer(first.decision, decision, ports.workflows[first.workflow])
    )
      return { decision: first.decision, unmasked: error instanceof BlindAnswerGivenError };
    throw error;
  }
}

/** The decision stands; where waking fails, the sweeper wakes the workflow within a minute. */
export async function wake(outbox: OutboxRow, { resumer, wakeFailed }: WakingPorts): Promise<void> {
  try {
    await resumer.wake(outbox);
  } catch (error) {
    wakeFailed(error);
  }
}

/** The answer that stands already, where that is why another one was refused. */
async function firstOf(
  reviewId: string,
  error: unknown,
  { cases }: RecordDecisionPorts,
): Promise<{ decision: DecisionRecord; workflow: ReviewRecord["workflow"] } | null> {
  const isSecond = error instanceof ReviewAlreadyDecidedError || error instanceof BlindAnswerGivenError;
  const review = isSecond ? await cases.findReview(reviewId) : null;
  const decision = error instanceof ReviewAlreadyDecidedError ? error.decision : review?.blindAnswer;
  return review && decision ? { decision, workflow: review.workflow } : null;
}

/** A repeated answer may be written another way ("1.482,40"); it is compared as it would have been stored. */
function isSameAnswer(first: DecisionRecord, decision: Decision, definition: WorkflowDefinition | undefined): boolean {
  if (!definition) return false;
  try {
    return canonicalJson(first.decision) === canonicalJson(checkDecision(decision, definition));
  } catch (error) {
    // What could not have been stored is another answer.
    if (error instanceof ValueInvalidError) return false;
    throw error;
  }
}
