import type { MapState, ParallelState } from "../definition/definition.ts";
import { evaluate, expectType, QueryEvaluationError } from "../expression/evaluate.ts";
import { bindingsFor } from "./bindings.ts";
import { finishScopes } from "./finish.ts";
import { beginIteration, newScope } from "./iteration.ts";
import type { Thread } from "./record.ts";
import type { Turn } from "./turn.ts";

/** Iterations of an inline Map at the same time, when MaxConcurrency says 0. @see AWS, "Inline mode": up to 40 */
const maxInlineConcurrency = 40;

export async function performParallel(turn: Turn, thread: Thread, state: ParallelState): Promise<void> {
  const input =
    state.Arguments === undefined
      ? thread.input
      : await evaluate(state.Arguments, "Arguments", bindingsFor(turn, thread));
  turn.log(thread, "ParallelStateStarted");
  thread.phase = { type: "scopes", total: state.scopes.length, finished: 0 };
  for (const index of state.scopes.keys()) {
    const branch = newScope(turn, thread, { index, scopeIndex: index }, input);
    branch.phase = { type: "starting" };
    turn.add(branch);
    turn.wake(branch);
  }
}

export async function performMap(turn: Turn, thread: Thread, state: MapState): Promise<void> {
  const items = await itemsOf(turn, thread, state);
  const maxConcurrency = await numberIn(turn, thread, state.MaxConcurrency, "MaxConcurrency");
  // Evaluated, so that an expression that fails does fail; only distributed Maps tolerate failures.
  await numberIn(turn, thread, state.ToleratedFailurePercentage, "ToleratedFailurePercentage");
  await numberIn(turn, thread, state.ToleratedFailureCount, "ToleratedFailureCount");
  const started = turn.log(thread, "MapStateStarted", { length: items.length });
  if (items.length === 0) return finishScopes(turn, thread, []);
  const iterations: Thread[] = [];
  for (const [index, value] of items.entries()) {
    const item = { index, value };
    const input =
      state.ItemSelector === undefined
        ? value
        : await evaluate(state.ItemSelector, "ItemSelector", bindingsFor(turn, thread, { item }));
    iterations.push({ ...newScope(turn, thread, { index, scopeIndex: 0 }, input), item });
  }
  thread.phase = { type: "scopes", total: items.length, finished: 0 };
  for (const iteration of iterations) turn.add(iteration);
  const atOnce = maxConcurrency === undefined || maxConcurrency === 0 ? maxInlineConcurrency : maxConcurrency;
  for (const iteration of iterations.slice(0, atOnce)) beginIteration(turn, thread, iteration, started);
}

async function itemsOf(turn: Turn, thread: Thread, state: MapState): Promise<readonly unknown[]> {
  if (state.Items === undefined) {
    if (Array.isArray(thread.input)) return thread.input;
    throw new QueryEvaluationError(`Map state input must be an array but was: ${JSON.stringify(thread.input)}`);
  }
  const items = await evaluate(state.Items, "Items", bindingsFor(turn, thread));
  expectType(items, "array", state.Items, "Items");
  return Array.isArray(items) ? items : [];
}

async function numberIn(turn: Turn, thread: Thread, template: unknown, location: string): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const value = await evaluate(template, location, bindingsFor(turn, thread));
  expectType(value, "number", template, location);
  return Number(value);
}
