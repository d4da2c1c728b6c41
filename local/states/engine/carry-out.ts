import type { Announcement } from "./announcement.ts";
import { makeCall } from "./call.ts";
import { childAnswer } from "./child.ts";
import type { Engine } from "./engine.ts";
import type { LiveExecution } from "./live-execution.ts";
import { startChild } from "./nested.ts";
import type { Called, ExecutionRecord, Thread } from "./record.ts";
import { callAnswered, endTask } from "./task.ts";
import type { Effect } from "./turn.ts";

/** Before an announcement that the bus refused is tried again. */
const announceAgainSeconds = 5;

/** Does what a turn asked for, now that it is on disk. Repeated after a crash, so each effect is safe to repeat. */
export function carryOut(engine: Engine, live: LiveExecution, effect: Effect): void {
  switch (effect.type) {
    case "announce":
      announce(engine, effect.key, effect.announcement);
      break;
    case "stopChild":
      engine.background(engine.stop(effect.childArn, {}));
      break;
    case "tellParent":
      engine.background(tellParent(engine, live.execution));
      break;
    case "call":
      engine.unattended(call(engine, live, effect));
      break;
  }
}

export function announce(engine: Engine, key: string, announcement: Announcement): void {
  engine.background(
    engine.ports.publishEvent(announcement).then(
      () => engine.commit([{ key, delete: true }]),
      () => engine.later(announceAgainSeconds, () => announce(engine, key, announcement)),
    ),
  );
}

export interface CallInFlight {
  readonly threadId: string;
  readonly token: string;
}

export async function call(engine: Engine, live: LiveExecution, inFlight: CallInFlight): Promise<void> {
  const called = inCall(live, inFlight);
  if (!called) return;
  const state = live.stateOf(called.thread);
  if (state.Type !== "Task") return;
  const { target } = state;
  const answer =
    target.kind === "startExecution"
      ? await startChild(engine, live, called.thread, target.pattern === "child")
      : await makeCall(target, called.phase.arguments, live.program.role, engine.ports);
  await engine.turn(live, async (turn) => {
    const current = inCall(live, inFlight);
    if (current) await callAnswered(turn, current.thread, answer);
  });
  if ("childArn" in answer && answer.childArn !== undefined) await askChild(engine, live, inFlight, answer.childArn);
}

/** A child may have ended before its parent knew that it had started, or while the process was down. */
export async function askChild(
  engine: Engine,
  live: LiveExecution,
  inFlight: CallInFlight,
  childArn: string,
): Promise<void> {
  const child = await engine.find(childArn);
  if (child && child.status !== "RUNNING") await endCall(engine, live, inFlight, child);
}

async function tellParent(engine: Engine, child: ExecutionRecord): Promise<void> {
  const { parent } = child;
  const live = parent?.waits ? engine.running(parent.executionArn) : undefined;
  if (live && parent) await endCall(engine, live, parent, child);
}

function endCall(engine: Engine, live: LiveExecution, inFlight: CallInFlight, child: ExecutionRecord): Promise<void> {
  return engine.turn(live, async (turn) => {
    const current = inCall(live, inFlight);
    if (current?.phase.childArn === child.arn) await endTask(turn, current.thread, childAnswer(child));
  });
}

/** The thread that made a call, if it still waits for it. */
function inCall(live: LiveExecution, { threadId, token }: CallInFlight): { thread: Thread; phase: Called } | undefined {
  const thread = live.running ? live.threads.get(threadId) : undefined;
  if (thread?.phase.type !== "called" || thread.phase.token !== token) return undefined;
  return { thread, phase: thread.phase };
}
