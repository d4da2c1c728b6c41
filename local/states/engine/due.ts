import { errorDetails, timedOut } from "../failure.ts";
import { fail } from "./fail.ts";
import { dueTimes } from "./live-execution.ts";
import { waitOver } from "./perform.ts";
import { logTimedOut } from "./task.ts";
import type { Turn } from "./turn.ts";

/** All that fell due in an execution: its own time-out, or waits, retries and time-outs of its tasks. */
export async function doWhatIsDue(turn: Turn): Promise<void> {
  const { execution, threads } = turn.live;
  if (execution.timeoutAt !== undefined && execution.timeoutAt <= turn.timestamp) {
    turn.log(undefined, "ExecutionTimedOut", errorDetails(timedOut), turn.live.progress.lastEventId);
    return turn.end("TIMED_OUT", timedOut);
  }
  const due = [...threads.values()].filter(({ phase }) => dueTimes(phase).some((dueAt) => dueAt <= turn.timestamp));
  // Time-outs of the same instant are all recorded before the first one fails its state, as recorded on AWS.
  const timeouts = due
    .filter(({ phase }) => phase.type === "called")
    .map((thread) => ({ thread, failure: logTimedOut(turn, thread) }));
  for (const { thread, failure } of timeouts) if (turn.alive(thread)) await fail(turn, thread, failure);
  for (const thread of due) {
    if (!turn.alive(thread)) continue;
    if (thread.phase.type === "waiting") {
      thread.phase = { type: "ready" };
      await waitOver(turn, thread);
    } else if (thread.phase.type === "retrying" && thread.phase.dueAt <= turn.timestamp) {
      thread.phase = { type: "ready" };
      turn.touch(thread);
      turn.wake(thread);
    }
  }
}
