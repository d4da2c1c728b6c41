import { randomUUID } from "node:crypto";
import type { TaskState } from "../definition/definition.ts";
import type { Resource } from "../definition/resource.ts";
import { evaluate, expectType, QueryEvaluationError } from "../expression/evaluate.ts";
import { errorDetails, type Failure, heartbeatMissed, timedOut } from "../failure.ts";
import { exceedsPayloadLimit } from "../payload.ts";
import { bindingsFor } from "./bindings.ts";
import { fail, guarded } from "./fail.ts";
import { proceed } from "./finish.ts";
import { inputDetails, outputDetails } from "./history.ts";
import { DataLimitExceededError } from "./move.ts";
import type { Called, Thread } from "./record.ts";
import { newToken } from "./token.ts";
import type { Turn } from "./turn.ts";

/** Region of the one machine. */
const region = "us-east-1";

/** How a task or its submission came out. */
export type Answer = { readonly result: unknown; readonly childArn?: string } | { readonly failure: Failure };

export async function scheduleTask(turn: Turn, thread: Thread, state: TaskState): Promise<void> {
  const { target } = state;
  const waits = target.kind !== "function" && target.pattern === "token";
  const token = waits
    ? newToken(turn.secret, { executionArn: turn.live.execution.arn, threadId: thread.id })
    : randomUUID();
  const bindings = bindingsFor(turn, thread, waits ? { taskToken: token } : {});
  const parameters =
    state.Arguments === undefined ? thread.input : await evaluate(state.Arguments, "Arguments", bindings);
  if (exceedsPayloadLimit(JSON.stringify(parameters))) throw new DataLimitExceededError(thread.state);
  const timeoutSeconds = await secondsIn(state.TimeoutSeconds, "TimeoutSeconds", bindings);
  const heartbeatSeconds = await secondsIn(state.HeartbeatSeconds, "HeartbeatSeconds", bindings);
  turn.log(thread, `${eventPrefix(target)}Scheduled`, {
    ...(target.kind === "function"
      ? { ...inputDetails(parameters), resource: target.functionArn }
      : { ...resourceOf(target), region, parameters: JSON.stringify(parameters) }),
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
  });
  const phase: Called = {
    type: "called",
    token,
    arguments: parameters,
    submitted: false,
    timeoutAt: timeoutSeconds === undefined ? undefined : turn.after(timeoutSeconds),
    // Only what holds a token can send a heartbeat.
    ...(waits && heartbeatSeconds !== undefined ? { heartbeatSeconds, heartbeatAt: turn.after(heartbeatSeconds) } : {}),
    ...(target.kind === "startExecution" ? { childName: randomUUID() } : {}),
  };
  thread.phase = phase;
  turn.queue(async () => {
    if (!turn.alive(thread) || thread.phase !== phase) return;
    turn.log(thread, `${eventPrefix(target)}Started`, target.kind === "function" ? undefined : resourceOf(target));
    turn.effects.push({ type: "call", threadId: thread.id, token });
  });
}

/** The call came back. A task that waits for more is submitted now; any other is over. */
export async function callAnswered(turn: Turn, thread: Thread, answer: Answer): Promise<void> {
  const { target } = taskOf(turn, thread);
  if (target.kind === "function" || target.pattern === "request") return endTask(turn, thread, answer);
  if ("failure" in answer) {
    turn.log(thread, "TaskSubmitFailed", { ...resourceOf(target), ...errorDetails(answer.failure) });
    return fail(turn, thread, answer.failure);
  }
  const phase = calledIn(thread);
  phase.submitted = true;
  phase.childArn = answer.childArn;
  turn.log(thread, "TaskSubmitted", { ...resourceOf(target), ...outputDetails(JSON.stringify(answer.result)) });
}

/** The task is over: its call was answered, its token sent, or its child execution ended. */
export async function endTask(turn: Turn, thread: Thread, answer: Answer): Promise<void> {
  const state = taskOf(turn, thread);
  const { target } = state;
  const calledChild = calledIn(thread);
  calledChild.childArn = undefined;
  const details = target.kind === "function" ? {} : resourceOf(target);
  const failure = "failure" in answer ? answer.failure : tooLarge(answer.result, target);
  if (failure) {
    turn.log(thread, `${eventPrefix(target)}Failed`, { ...details, ...errorDetails(failure) });
    return fail(turn, thread, failure);
  }
  const result = "result" in answer ? answer.result : null;
  turn.log(thread, `${eventPrefix(target)}Succeeded`, { ...details, ...outputDetails(JSON.stringify(result)) });
  thread.phase = { type: "ready" };
  await guarded(turn, thread, () =>
    proceed(turn, thread, {
      assign: state.Assign,
      output: state.Output,
      result,
      next: state.Next,
      seen: { result },
    }),
  );
}

/** Records the time-out of a task that is overdue, and says with what it fails. All due tasks are recorded before any fails. */
export function logTimedOut(turn: Turn, thread: Thread): Failure {
  const { target } = taskOf(turn, thread);
  const phase = calledIn(thread);
  const overdue = phase.timeoutAt !== undefined && phase.timeoutAt <= turn.timestamp;
  const failure = overdue ? timedOut : heartbeatMissed;
  const details = target.kind === "function" ? {} : resourceOf(target);
  turn.log(thread, `${eventPrefix(target)}TimedOut`, { ...details, ...errorDetails(failure) });
  turn.stopChildOf(thread);
  thread.phase = { type: "ready" };
  return failure;
}

function tooLarge(result: unknown, target: Resource): Failure | undefined {
  if (!exceedsPayloadLimit(JSON.stringify(result))) return undefined;
  const what = target.kind === "function" ? target.functionArn : target.resourceType;
  return { error: "States.DataLimitExceeded", cause: new DataLimitExceededError(what).message };
}

function taskOf(turn: Turn, thread: Thread): TaskState {
  const state = turn.live.stateOf(thread);
  if (state.Type !== "Task") throw new Error(`State "${thread.state}" was called, but is a ${state.Type}.`);
  return state;
}

function calledIn(thread: Thread): Called {
  if (thread.phase.type !== "called") throw new Error(`State "${thread.state}" has no call under way.`);
  return thread.phase;
}

const eventPrefix = (target: Resource) => (target.kind === "function" ? "LambdaFunction" : "Task");
const resourceOf = ({ resource, resourceType }: Exclude<Resource, { kind: "function" }>) => ({
  resource,
  resourceType,
});

async function secondsIn(
  template: unknown,
  location: string,
  bindings: Parameters<typeof evaluate>[2],
): Promise<number | undefined> {
  if (template === undefined) return undefined;
  const value = await evaluate(template, location, bindings);
  expectType(value, "number", template, location);
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 99_999_999) return value;
  throw new QueryEvaluationError(
    `The field '${location}' must be a positive integer of seconds up to 99999999, but was ${String(value)}.`,
    location,
  );
}
