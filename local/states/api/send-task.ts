import * as z from "zod";
import { AwsError } from "../../wire/aws-error.ts";
import type { LiveExecution } from "../engine/live-execution.ts";
import type { Called, Thread } from "../engine/record.ts";
import { endTask } from "../engine/task.ts";
import { readToken } from "../engine/token.ts";
import type { Turn } from "../engine/turn.ts";
import { parsePayload } from "../payload.ts";
import { type Call, type Operation, readInput } from "./request.ts";

const taskInput = z.looseObject({ taskToken: z.string().min(1).max(2_048) });
const successInput = taskInput.extend({ output: z.string() });
const failureInput = taskInput.extend({
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});

export const sendTaskSuccess: Operation = async (call) => {
  const { taskToken, output } = readInput(successInput, call.input);
  await withTask(call, "states:SendTaskSuccess", taskToken, async () => {
    const result = parsePayload(output, "output", "InvalidOutput");
    return (turn, thread) => endTask(turn, thread, { result });
  });
  return {};
};

export const sendTaskFailure: Operation = async (call) => {
  const { taskToken, error, cause } = readInput(failureInput, call.input);
  await withTask(call, "states:SendTaskFailure", taskToken, async () => (turn, thread) => {
    return endTask(turn, thread, { failure: { error: error ?? null, cause: cause ?? null } });
  });
  return {};
};

export const sendTaskHeartbeat: Operation = async (call) => {
  const { taskToken } = readInput(taskInput, call.input);
  await withTask(call, "states:SendTaskHeartbeat", taskToken, async () => async (turn, thread, phase) => {
    if (phase.heartbeatSeconds !== undefined) phase.heartbeatAt = turn.after(phase.heartbeatSeconds);
    turn.touch(thread);
  });
  return {};
};

type Work = (turn: Turn, thread: Thread, phase: Called) => Promise<void>;

/**
 * Finds the task that a token belongs to. The resource that is authorised is the state machine, as on AWS.
 *
 * @throws {AwsError} InvalidToken when this store never issued it, TaskDoesNotExist when its execution is gone, TaskTimedOut when
 * the task is over, whichever way: expired, answered or aborted.
 */
async function withTask(
  { engine, principal }: Call,
  action: string,
  token: string,
  read: () => Promise<Work>,
): Promise<void> {
  const address = readToken(engine.secret, token);
  if (!address) throw new AwsError("InvalidToken", "Invalid Token: 'Invalid token'");
  const live: LiveExecution | undefined = engine.running(address.executionArn);
  const execution = live?.execution ?? (await engine.find(address.executionArn));
  if (!execution) throw new AwsError("TaskDoesNotExist", "Task Does Not Exist: its execution is gone.");
  engine.ports.authorise(principal, action, execution.machineArn);
  const work = await read();
  if (!live) throw taskTimedOut();
  await engine.turn(live, async (turn) => {
    const thread = live.threads.get(address.threadId);
    if (!live.running || thread?.phase.type !== "called" || thread.phase.token !== token) throw taskTimedOut();
    await work(turn, thread, thread.phase);
  });
}

const taskTimedOut = () => new AwsError("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");
