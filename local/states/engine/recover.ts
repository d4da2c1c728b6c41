import { announcementSchema } from "./announcement.ts";
import { announce, askChild, call } from "./carry-out.ts";
import type { Engine } from "./engine.ts";
import type { LiveExecution } from "./live-execution.ts";
import { keys } from "./record.ts";

/** Takes up what a stopped process left: news is announced, calls under way are made again (same token), timers are armed. */
export async function recover(engine: Engine, executions: readonly LiveExecution[]): Promise<void> {
  for await (const [key, value] of engine.ports.storage.entries(keys.announcements)) {
    announce(engine, key, announcementSchema.parse(value));
  }
  for (const live of executions) {
    if (isOrphan(engine, live)) await engine.stop(live.execution.arn, {});
    for (const { id, phase } of live.threads.values()) {
      if (!live.running || phase.type !== "called") continue;
      const inFlight = { threadId: id, token: phase.token };
      if (!phase.submitted) engine.unattended(call(engine, live, inFlight));
      else if (phase.childArn !== undefined) engine.background(askChild(engine, live, inFlight, phase.childArn));
    }
    engine.arm(live);
  }
}

/** A child whose parent stopped waiting for it as the process went down. */
function isOrphan(engine: Engine, { execution: { parent } }: LiveExecution): boolean {
  if (!parent?.waits) return false;
  const phase = engine.running(parent.executionArn)?.threads.get(parent.threadId)?.phase;
  return phase?.type !== "called" || phase.token !== parent.token;
}
