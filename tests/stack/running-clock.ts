import { TurnedClock } from "../../local/clock/turned-clock.ts";

/** Between two turns by itself, in milliseconds. */
const tick = 200;

/**
 * A clock that goes on by itself and can be turned besides. On one that stands still, whatever was throttled or is tried again
 * later would wait for ever.
 */
export function runningClock() {
  const turned = new TurnedClock(new Date());
  let turning = Promise.resolve();
  // One turn at a time: each ends at the time it set out for.
  const turn = (milliseconds: number): Promise<void> => {
    turning = turning.then(() => turned.advance(milliseconds));
    return turning;
  };
  let read = Date.now();
  const timer = setInterval(() => {
    const now = Date.now();
    void turn(now - read);
    read = now;
  }, tick);
  return { turned, turn, stop: () => clearInterval(timer) };
}
