import { guarded } from "./fail.ts";
import { outputDetails } from "./history.ts";
import { beginIteration } from "./iteration.ts";
import { type Leaving, leave } from "./move.ts";
import type { Thread } from "./record.ts";
import type { Turn } from "./turn.ts";

/** Leaves the state; what comes next gets its go: the next state, the state around this scope, or the end of the execution. */
export async function proceed(turn: Turn, thread: Thread, leaving: Leaving): Promise<void> {
  const { ended, output } = await leave(turn, thread, leaving);
  if (!ended) return turn.wake(thread);
  const parent = turn.live.parentOf(thread);
  if (parent) return finishScope(turn, parent, thread, output);
  const text = JSON.stringify(output);
  turn.log(thread, "ExecutionSucceeded", outputDetails(text));
  turn.end("SUCCEEDED", { output: text });
}

async function finishScope(turn: Turn, parent: Thread, scope: Thread, output: unknown): Promise<void> {
  if (parent.phase.type !== "scopes")
    throw new Error(`State "${parent.state}" has a scope that finished, but is not in its scopes.`);
  const state = turn.live.stateOf(parent);
  const lastEventId = scope.lastEventId;
  if (state.Type === "Map") turn.log(scope, "MapIterationSucceeded", { index: scope.index, name: parent.state });
  scope.phase = { type: "finished", output };
  scope.variables = {};
  turn.touch(scope);
  parent.phase.finished += 1;
  turn.touch(parent);
  const scopes = turn.live.childrenOf(parent);
  const held = scopes.find(({ phase }) => phase.type === "held");
  if (held) return beginIteration(turn, parent, held, lastEventId);
  if (parent.phase.finished < parent.phase.total) return;
  parent.lastEventId = scope.lastEventId;
  await guarded(turn, parent, () => finishScopes(turn, parent, scopes.map(outputOf)));
}

/** All branches or iterations are done; a Map over nothing comes here at once. */
export async function finishScopes(turn: Turn, parent: Thread, result: readonly unknown[]): Promise<void> {
  const state = turn.live.stateOf(parent);
  if (!("scopes" in state)) throw new Error(`State "${parent.state}" has no scopes to finish.`);
  const { lastEventId } = parent;
  turn.log(parent, `${state.Type}StateSucceeded`);
  // What follows names the event before as its previous one, as recorded on AWS.
  parent.lastEventId = lastEventId;
  turn.removeScopes(parent);
  parent.phase = { type: "ready" };
  await proceed(turn, parent, {
    assign: state.Assign,
    output: state.Output,
    result,
    next: state.Next,
    seen: { result },
  });
}

const outputOf = ({ phase }: Thread) => (phase.type === "finished" ? phase.output : null);
