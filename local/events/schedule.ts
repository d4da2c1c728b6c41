import * as z from "zod";
import type { Clock, Timer } from "../clock/clock.ts";
import type { Storage } from "../storage/storage.ts";

class ScheduleNotImitatedError extends Error {
  override readonly name = "ScheduleNotImitatedError";
}

const unitSeconds: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** Seconds between two firings of `rate(n minutes)`. @throws {ScheduleNotImitatedError} for cron() and at() */
export function ratePeriodSeconds(expression: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const seconds = Number(count) * (unitSeconds[unit ?? ""] ?? 0);
  if (seconds > 0) return seconds;
  throw new ScheduleNotImitatedError(
    `The schedule ${expression} is not imitated on one machine. Use rate(n minutes), rate(n hours) or rate(n days).`,
  );
}

const noteShape = z.object({ lastAt: z.iso.datetime() });

export interface Schedule {
  /** Resolves when a firing that is under way has ended. */
  close(): Promise<void>;
}

/**
 * Fires every `periodSeconds` of the clock. The last firing is stored, so that a stack that is restarted more often than the
 * period still fires; firings missed while it was down come once, not many times.
 */
export async function startSchedule(
  ruleArn: string,
  periodSeconds: number,
  { storage, clock, fire }: { storage: Storage; clock: Clock; fire(at: Date): Promise<void> },
): Promise<Schedule> {
  const key = `schedule/${ruleArn}`;
  const note = noteShape.safeParse(await storage.get(key));
  let timer: Timer;
  let closed = false;
  let underway = Promise.resolve();

  const firing = async (dueAt: Date) => {
    await storage.write([{ key, value: { lastAt: clock.now().toISOString() } }]);
    await fire(dueAt);
  };
  const arm = (dueAt: Date) => {
    timer = clock.at(dueAt, () => {
      if (closed) return;
      arm(new Date(Math.max(dueAt.getTime() + periodSeconds * 1000, clock.now().getTime())));
      // A firing that fails is missed, as on AWS; the next one comes in a period.
      underway = firing(dueAt).catch(() => undefined);
    });
  };

  if (!note.success) await storage.write([{ key, value: { lastAt: clock.now().toISOString() } }]);
  const lastAt = note.success ? new Date(note.data.lastAt) : clock.now();
  arm(new Date(Math.max(lastAt.getTime() + periodSeconds * 1000, clock.now().getTime())));
  return {
    close: () => {
      closed = true;
      timer.cancel();
      return underway;
    },
  };
}
