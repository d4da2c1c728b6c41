import { evaluate, type QueryEvaluationError } from "../expression/evaluate.ts";
import { exceedsPayloadLimit } from "../payload.ts";
import { bindingsFor, type Seen } from "./bindings.ts";
import { inputDetails, outputDetails } from "./history.ts";
import type { Thread } from "./record.ts";
import type { Turn } from "./turn.ts";

/** The result of a state, task or execution is larger than Step Functions takes: States.DataLimitExceeded. */
export class DataLimitExceededError extends Error {
  override readonly name = "DataLimitExceededError";

  constructor(what: string) {
    super(
      `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
}

export function enter(turn: Turn, thread: Thread, stateName: string, input: unknown): void {
  thread.state = stateName;
  thread.input = input;
  thread.attempts = {};
  thread.retryCount = 0;
  thread.enteredAt = turn.timestamp;
  thread.beforeEntryEventId = thread.lastEventId;
  const { Type } = turn.live.stateOf(thread);
  thread.enteredEventId = turn.log(thread, `${Type}StateEntered`, { name: stateName, ...inputDetails(input) });
  turn.live.progress.billedTransitions += 1;
  thread.phase = { type: "ready" };
}

export interface Leaving {
  readonly assign: Readonly<Record<string, unknown>> | undefined;
  /** Template; without one, `result` is the output. */
  readonly output: unknown;
  readonly result: unknown;
  /** Name of the next state; without one, the thread ends here. */
  readonly next: string | undefined;
  readonly seen: Seen;
}

/**
 * Evaluates Assign and Output, leaves the state and enters the next one, if any.
 *
 * @returns the output when the thread ends here.
 * @throws {QueryEvaluationError} @throws {DataLimitExceededError}
 */
export async function leave(
  turn: Turn,
  thread: Thread,
  leaving: Leaving,
): Promise<{ ended: boolean; output: unknown }> {
  const bindings = bindingsFor(turn, thread, leaving.seen);
  const assigned: [string, unknown][] = [];
  for (const [name, template] of Object.entries(leaving.assign ?? {})) {
    assigned.push([name, await evaluate(template, `Assign/${name}`, bindings)]);
  }
  const output = leaving.output === undefined ? leaving.result : await evaluate(leaving.output, "Output", bindings);
  const text = JSON.stringify(output);
  if (exceedsPayloadLimit(text)) throw new DataLimitExceededError(thread.state);
  const texts = assigned.map(([name, value]) => [name, JSON.stringify(value)] as const);
  const tooLarge = texts.find(([, value]) => exceedsPayloadLimit(value));
  if (tooLarge) throw new DataLimitExceededError(`${thread.state}/${tooLarge[0]}`);
  const { Type } = turn.live.stateOf(thread);
  turn.log(thread, `${Type}StateExited`, {
    name: thread.state,
    ...outputDetails(text),
    ...(assigned.length === 0
      ? {}
      : { assignedVariables: Object.fromEntries(texts), assignedVariablesDetails: { truncated: false } }),
  });
  thread.variables = { ...thread.variables, ...Object.fromEntries(assigned) };
  if (leaving.next === undefined) return { ended: true, output };
  enter(turn, thread, leaving.next, output);
  return { ended: false, output };
}

/** Logs an expression that failed; the cause is AWS's wording. */
export function logEvaluationFailed(turn: Turn, thread: Thread, problem: QueryEvaluationError): string {
  const cause = stateProblem(thread, problem.message);
  // As recorded on AWS: a state that fails at once names the event before its entry, a Wait its entry.
  const atOnce = thread.lastEventId === thread.enteredEventId && turn.live.stateOf(thread).Type !== "Wait";
  const details = {
    cause,
    error: "States.QueryEvaluationError",
    ...(problem.location === undefined ? {} : { location: problem.location }),
    state: thread.state,
  };
  turn.log(thread, "EvaluationFailed", details, atOnce ? thread.beforeEntryEventId : thread.lastEventId);
  return cause;
}

export function stateProblem(thread: Thread, problem: string): string {
  return `An error occurred while executing the state '${thread.state}' (entered at the event id #${thread.enteredEventId}). ${problem}`;
}
