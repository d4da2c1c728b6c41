import { announcementSchema } from "./announcement.ts";
import { announce, askChild, type CallInFlight, call } from "./carry-out.ts";
import { doWhatIsDue } from "./due.ts";
import type { Engine } from "./engine.ts";
import type { LiveExecution } from "./live-execution.ts";
import { keys } from "./record.ts";

/** What a stopped process left of one execution. */
export interface Left {
  readonly live: LiveExecution;
  readonly calls: readonly (CallInFlight & { readonly submitted: boolean; readonly childArn: string | undefined })[];
}

/** Taken when the store is opened, so that calls made since are not taken for calls left behind. */
export function leftOf(live: LiveExecution): Left {
  const calls = [...live.threads.values()].flatMap(({ id, phase }) =>
    phase.type === "called"
      ? [{ threadId: id, token: phase.token, submitted: phase.submitted, childArn: phase.childArn }]
      : [],
  );
  return { live, calls };
}

/**
 * Takes up what a stopped process left: news is announced, what fell due meanwhile is done, calls under way are made again (same
 * token) unless they timed out, timers are armed.
 */
export async function recover(engine: Engine, left: readonly Left[]): Promise<void> {
  for await (const [key, value] of engine.ports.storage.entries(keys.announcements)) {
    announce(engine, key, announcementSchema.parse(value));
  }
  for (const { live, calls } of left) {
    if (isOrphan(engine, live)) await engine.stop(live.execution.arn, {});
    const dueAt = live.nextDueAt();
    if (dueAt !== undefined && dueAt <= engine.ports.clock.now().toISOString()) await engine.turn(live, doWhatIsDue);
    for (const { submitted, childArn, ...inFlight } of calls) {
      if (!submitted) engine.unattended(call(engine, live, inFlight));
      else if (childArn !== undefined) engine.background(askChild(engine, live, inFlight, childArn));
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
