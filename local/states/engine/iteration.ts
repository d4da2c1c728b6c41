import type { Thread } from "./record.ts";
import type { Turn } from "./turn.ts";

/** A thread for one branch or iteration, not yet begun. */
export function newScope(
  turn: Turn,
  parent: Thread,
  position: { index: number; scopeIndex: number },
  input: unknown,
): Thread {
  return {
    id: `${parent.id}.${position.index}`,
    index: position.index,
    path: [...parent.path, [parent.state, position.scopeIndex]],
    state: turn.live.scopeOf(parent, position.scopeIndex).startAt,
    input,
    variables: {},
    enteredAt: turn.timestamp,
    enteredEventId: 0,
    beforeEntryEventId: 0,
    lastEventId: parent.lastEventId,
    attempts: {},
    retryCount: 0,
    phase: { type: "held" },
  };
}

export function beginIteration(turn: Turn, parent: Thread, iteration: Thread, previousEventId: number): void {
  turn.log(iteration, "MapIterationStarted", { index: iteration.index, name: parent.state }, previousEventId);
  iteration.phase = { type: "starting" };
  turn.wake(iteration);
}
