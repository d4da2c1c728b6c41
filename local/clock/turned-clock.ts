import type { Clock, Timer } from "./clock.ts";

/** A clock that stands still until a test turns it; timers fire in order of their due time. */
export class TurnedClock implements Clock {
  readonly #timers = new Set<{ dueAt: number; callback: () => void }>();
  #now: number;

  constructor(start = new Date("2026-01-05T09:00:00.000Z")) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  at(dueAt: Date, callback: () => void): Timer {
    const timer = { dueAt: dueAt.getTime(), callback };
    this.#timers.add(timer);
    if (timer.dueAt <= this.#now) queueMicrotask(() => this.#timers.delete(timer) && callback());
    return { cancel: () => void this.#timers.delete(timer) };
  }

  /** Turns the clock forward and fires what falls due on the way, letting each callback's promises settle. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      await settle();
      const next = [...this.#timers].filter((timer) => timer.dueAt <= end).sort((a, b) => a.dueAt - b.dueAt)[0];
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.dueAt);
      next.callback();
    }
    this.#now = end;
    await settle();
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
