import type { State } from "../definition/definition.ts";
import { QueryEvaluationError } from "../expression/evaluate.ts";
import { errorDetails, errorOutput, type Failure } from "../failure.ts";
import { DataLimitExceededError, leave, logEvaluationFailed } from "./move.ts";
import type { Thread } from "./record.ts";
import { answersTo, retryDelaySeconds } from "./retry.ts";
import type { Turn } from "./turn.ts";

/** Does the work of a state; an expression that fails, or a result too large, fails the state. */
export async function guarded(turn: Turn, thread: Thread, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await fail(turn, thread, failureOf(turn, thread, error));
  }
}

function failureOf(turn: Turn, thread: Thread, error: unknown): Failure {
  if (error instanceof QueryEvaluationError) {
    const cause = logEvaluationFailed(turn, thread, error);
    return { error: "States.QueryEvaluationError", cause };
  }
  if (error instanceof DataLimitExceededError) return { error: "States.DataLimitExceeded", cause: error.message };
  throw error;
}

/** A state failed: its Retry, then its Catch, then the state around it, then the execution. */
export async function fail(turn: Turn, thread: Thread, failure: Failure): Promise<void> {
  const state = turn.live.stateOf(thread);
  if (retries(turn, thread, state, failure)) return;
  if ("scopes" in state) turn.log(thread, `${state.Type}StateFailed`);
  const outcome = await caught(turn, thread, state, failure);
  if (outcome === "caught") return;
  const parent = turn.live.parentOf(thread);
  if (!parent) {
    turn.log(thread, "ExecutionFailed", errorDetails(outcome));
    return turn.end("FAILED", outcome);
  }
  abortScopes(turn, parent, thread);
  await fail(turn, parent, outcome);
}

function retries(turn: Turn, thread: Thread, state: State, failure: Failure): boolean {
  const retriers = "Retry" in state ? state.Retry : [];
  const position = retriers.findIndex(({ ErrorEquals }) => answersTo(ErrorEquals, failure));
  const retrier = retriers[position];
  const attempts = thread.attempts[position] ?? 0;
  if (!retrier || attempts >= retrier.MaxAttempts) return false;
  turn.removeScopes(thread);
  thread.attempts = { ...thread.attempts, [position]: attempts + 1 };
  thread.retryCount += 1;
  turn.live.progress.billedTransitions += 1;
  thread.phase = { type: "retrying", dueAt: turn.after(retryDelaySeconds(retrier, attempts, Math.random())) };
  turn.touch(thread);
  return true;
}

/** Leaves by the Catch that answers, or says with what the state fails for good. */
async function caught(turn: Turn, thread: Thread, state: State, failure: Failure): Promise<"caught" | Failure> {
  const catcher = "Catch" in state ? state.Catch.find(({ ErrorEquals }) => answersTo(ErrorEquals, failure)) : undefined;
  if (!catcher) {
    // A state that was performing is to be performed again on redrive; one whose branches failed keeps those that did not.
    if (thread.phase.type !== "scopes") thread.phase = { type: "ready" };
    return failure;
  }
  turn.removeScopes(thread);
  const output = errorOutput(failure);
  try {
    await leave(turn, thread, {
      assign: catcher.Assign,
      output: catcher.Output,
      result: output,
      next: catcher.Next,
      seen: { errorOutput: output },
    });
  } catch (error) {
    thread.phase = { type: "ready" };
    return failureOf(turn, thread, error);
  }
  turn.wake(thread);
  return "caught";
}

/** One branch or iteration failed: it and its siblings end, in order, as AWS records it. */
function abortScopes(turn: Turn, parent: Thread, failed: Thread): void {
  const { Type, name } = { Type: turn.live.stateOf(parent).Type, name: parent.state };
  for (const sibling of turn.live.childrenOf(parent)) {
    if (sibling.phase.type === "finished" || sibling.phase.type === "held") continue;
    if (Type === "Map") {
      const outcome = sibling === failed ? "MapIterationFailed" : "MapIterationAborted";
      turn.log(sibling, outcome, { index: sibling.index, name }, failed.lastEventId);
    }
    abort(turn, sibling);
  }
  parent.lastEventId = Math.max(parent.lastEventId, failed.lastEventId);
}

function abort(turn: Turn, thread: Thread): void {
  for (const inner of turn.live.childrenOf(thread)) abort(turn, inner);
  if (["finished", "held", "starting", "stopped"].includes(thread.phase.type)) return;
  const { Type } = turn.live.stateOf(thread);
  if (Type === "Task" || Type === "Wait") turn.log(thread, `${Type}StateAborted`);
  turn.stopChildOf(thread);
  if (thread.phase.type !== "scopes") thread.phase = { type: "stopped" };
  turn.touch(thread);
}
