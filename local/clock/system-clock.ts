import type { Clock, Timer } from "./clock.ts";

/** Longest delay that setTimeout takes: 2^31 - 1 ms, some 24.8 days. A longer wait is taken in steps. */
const maxDelayMilliseconds = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => new Date(),
  at: (dueAt, callback) => {
    let handle: NodeJS.Timeout;
    const arm = () => {
      const delayMilliseconds = Math.max(0, dueAt.getTime() - Date.now());
      handle =
        delayMilliseconds > maxDelayMilliseconds
          ? setTimeout(arm, maxDelayMilliseconds)
          : setTimeout(callback, delayMilliseconds);
    };
    arm();
    return { cancel: () => clearTimeout(handle) } satisfies Timer;
  },
};
