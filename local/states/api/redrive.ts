import { AwsError } from "../../wire/aws-error.ts";
import { maxHistoryEvents } from "../engine/history.ts";
import { redriveState } from "../engine/redrive-state.ts";
import type { Turn } from "../engine/turn.ts";
import { executionInput, existing, type Operation, readInput, seconds } from "./request.ts";

/** Events that a redrive must leave room for. @see AWS, "Redrive eligibility": fewer than 24,999 events */
const maxEventsBeforeRedrive = maxHistoryEvents - 1;

/** Takes an unsuccessful execution up where it stopped: states that succeeded are not run again. */
export const redriveExecution: Operation = async ({ engine, input, principal }) => {
  const { executionArn } = readInput(executionInput, input);
  engine.ports.authorise(principal, "states:RedriveExecution", executionArn);
  const execution = await existing(engine, executionArn);
  const { redriveStatus, redriveStatusReason } = redriveState(execution, engine.ports.clock.now());
  if (redriveStatus !== "REDRIVABLE") throw notRedrivable(redriveStatusReason ?? redriveStatus);
  const live = await engine.store.load(executionArn);
  if (!live) throw notRedrivable("Execution is gone");
  if (live.progress.lastEventId >= maxEventsBeforeRedrive)
    throw notRedrivable("Execution event history limit exceeded");
  const redrivenAt = engine.ports.clock.now();
  const begun = await engine.begin(live, [], (turn) => redrive(turn, redrivenAt));
  if (!begun) throw notRedrivable("Execution is RUNNING and cannot be redriven");
  return { redriveDate: seconds(redrivenAt.toISOString()) };
};

async function redrive(turn: Turn, redrivenAt: Date): Promise<void> {
  const { execution, progress, program, threads } = turn.live;
  execution.status = "RUNNING";
  execution.redriveCount += 1;
  execution.redrivenAt = redrivenAt.toISOString();
  execution.stoppedAt = undefined;
  execution.error = undefined;
  execution.cause = undefined;
  execution.timeoutAt =
    program.machine.timeoutSeconds === undefined ? undefined : turn.after(program.machine.timeoutSeconds);
  progress.billedTransitions += 1;
  const redrivenEventId = turn.log(
    undefined,
    "ExecutionRedriven",
    { redriveCount: execution.redriveCount },
    progress.lastEventId,
  );
  turn.statusChanged();
  for (const thread of threads.values()) {
    // Finished and held-back scopes keep their place; a state around scopes goes on when these do.
    if (["finished", "held", "scopes"].includes(thread.phase.type)) continue;
    if (thread.phase.type !== "starting") thread.phase = { type: "ready" };
    thread.attempts = {};
    thread.retryCount = 0;
    thread.lastEventId = redrivenEventId;
    turn.touch(thread);
    turn.wake(thread);
  }
}

const notRedrivable = (reason: string) => new AwsError("ExecutionNotRedrivable", reason);
