import type { ChoiceState, State } from "../definition/definition.ts";
import { evaluate, expectType, QueryEvaluationError } from "../expression/evaluate.ts";
import { bindingsFor } from "./bindings.ts";
import { fail, guarded } from "./fail.ts";
import { proceed } from "./finish.ts";
import { enter, stateProblem } from "./move.ts";
import type { Thread } from "./record.ts";
import { performMap, performParallel } from "./scopes.ts";
import { scheduleTask } from "./task.ts";
import type { Turn } from "./turn.ts";

/** Performs states until the thread has to wait for something, or is done. */
export async function run(turn: Turn, thread: Thread): Promise<void> {
  while (turn.alive(thread) && (thread.phase.type === "ready" || thread.phase.type === "starting")) {
    turn.touch(thread);
    if (thread.phase.type === "starting") enter(turn, thread, thread.state, thread.input);
    await guarded(turn, thread, () => perform(turn, thread, turn.live.stateOf(thread)));
  }
}

async function perform(turn: Turn, thread: Thread, state: State): Promise<void> {
  switch (state.Type) {
    case "Pass":
      return proceed(turn, thread, { ...results(state), result: thread.input, next: state.Next });
    case "Succeed":
      return proceed(turn, thread, {
        assign: undefined,
        output: state.Output,
        result: thread.input,
        next: undefined,
        seen: {},
      });
    case "Choice":
      return choose(turn, thread, state);
    case "Wait":
      return wait(turn, thread, state);
    case "Fail":
      return fail(turn, thread, {
        error: await textIn(turn, thread, state.Error, "Error"),
        cause: await textIn(turn, thread, state.Cause, "Cause"),
      });
    case "Task":
      return scheduleTask(turn, thread, state);
    case "Parallel":
      return performParallel(turn, thread, state);
    case "Map":
      return performMap(turn, thread, state);
  }
}

/** A Wait's time has come. */
export async function waitOver(turn: Turn, thread: Thread): Promise<void> {
  const state = turn.live.stateOf(thread);
  if (state.Type !== "Wait") throw new Error(`State "${thread.state}" waited, but is a ${state.Type}.`);
  await guarded(turn, thread, () =>
    proceed(turn, thread, { ...results(state), result: thread.input, next: state.Next }),
  );
}

const results = (state: { Assign?: Record<string, unknown> | undefined; Output?: unknown }) => ({
  assign: state.Assign,
  output: state.Output,
  seen: {},
});

async function choose(turn: Turn, thread: Thread, state: ChoiceState): Promise<void> {
  const bindings = bindingsFor(turn, thread);
  for (const [index, choice] of state.Choices.entries()) {
    const location = `Choices[${index}]/Condition`;
    const holds = await evaluate(choice.Condition, location, bindings);
    expectType(holds, "boolean", choice.Condition, location);
    if (holds === true) return proceed(turn, thread, { ...results(choice), result: thread.input, next: choice.Next });
  }
  if (state.Default !== undefined) {
    return proceed(turn, thread, { ...results(state), result: thread.input, next: state.Default });
  }
  await fail(turn, thread, {
    error: "States.NoChoiceMatched",
    cause: stateProblem(thread, "No choice rule matched, and there is no Default."),
  });
}

/** An ISO 8601 date and time with an offset, as java.time's ISO_OFFSET_DATE_TIME takes it. */
const offsetDateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

async function wait(turn: Turn, thread: Thread, state: Extract<State, { Type: "Wait" }>): Promise<void> {
  const bindings = bindingsFor(turn, thread);
  let dueAt: string;
  if (state.Seconds !== undefined) {
    const seconds = await evaluate(state.Seconds, "Seconds", bindings);
    expectType(seconds, "number", state.Seconds, "Seconds");
    if (typeof seconds !== "number" || seconds < 0 || seconds > maxWaitSeconds) {
      throw new QueryEvaluationError(
        `The Seconds field must be a number from 0 to ${maxWaitSeconds}, but was ${String(seconds)}.`,
        "Seconds",
      );
    }
    dueAt = turn.after(seconds);
  } else {
    const timestamp = await evaluate(state.Timestamp, "Timestamp", bindings);
    expectType(timestamp, "string", state.Timestamp, "Timestamp");
    const text = String(timestamp);
    if (!offsetDateTime.test(text) || Number.isNaN(Date.parse(text))) {
      throw new QueryEvaluationError(
        `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
        "Timestamp",
      );
    }
    dueAt = new Date(text).toISOString();
  }
  if (dueAt <= turn.timestamp) return waitOver(turn, thread);
  thread.phase = { type: "waiting", dueAt };
}

/** @see Amazon States Language, Wait state: 99999999 seconds, over three years */
const maxWaitSeconds = 99_999_999;

async function textIn(turn: Turn, thread: Thread, template: unknown, location: string): Promise<string | null> {
  if (template === undefined) return null;
  const value = await evaluate(template, location, bindingsFor(turn, thread));
  expectType(value, "string", template, location);
  return String(value);
}
