import type { Clock } from "../../local/clock/clock.ts";

interface Entry {
  readonly dueAt: number;
  readonly callback: () => void;
}

/**
 * Time for a whole machine with threads: it stands until it is turned, and threads read it from shared memory. Each start of a
 * stack gets a view of its own, whose timers die with that stack.
 */
export class SteppedClock {
  /** Milliseconds since 1970, a BigInt64 for Atomics. */
  readonly shared = new SharedArrayBuffer(8);
  readonly #time = new BigInt64Array(this.shared);
  #timers = new Set<Entry>();
  /** Timers that fall due this much later, in milliseconds, never fire. For a planted defect. */
  losesTimersBeyond = Number.POSITIVE_INFINITY;

  constructor(start: Date) {
    this.set(start.getTime());
  }

  now(): number {
    return Number(Atomics.load(this.#time, 0));
  }

  /** Puts the clock anywhere, without firing a timer. */
  set(milliseconds: number): void {
    Atomics.store(this.#time, 0, BigInt(milliseconds));
  }

  view(): { readonly clock: Clock; die(): void } {
    let alive = true;
    const own = new Set<Entry>();
    const at: Clock["at"] = (dueAt, callback) => {
      const entry = {
        dueAt: dueAt.getTime(),
        callback: () => {
          own.delete(entry);
          if (alive) callback();
        },
      };
      const cancel = () => {
        own.delete(entry);
        this.#timers.delete(entry);
      };
      if (!alive || entry.dueAt - this.now() > this.losesTimersBeyond) return { cancel };
      own.add(entry);
      this.#timers.add(entry);
      if (entry.dueAt <= this.now()) queueMicrotask(() => this.#timers.delete(entry) && entry.callback());
      return { cancel };
    };
    const die = () => {
      alive = false;
      for (const entry of own) this.#timers.delete(entry);
    };
    return { clock: { now: () => new Date(this.now()), at }, die };
  }

  /** When the next timer falls due, at most `limit`. */
  nextDue(limit: number): number | undefined {
    return this.#next(limit)?.dueAt;
  }

  /** Turns forward as time passes for a machine that is awake: what falls due fires at its time, and has its effect before the next. */
  async advance(milliseconds: number, effect: () => Promise<void>): Promise<void> {
    const end = this.now() + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.set(Math.max(this.now(), next.dueAt));
      this.#fire(next);
      await effect();
    }
    this.set(Math.max(end, this.now()));
  }

  /** Turns forward at once, as for a machine that slept: all that fell due meanwhile fires now, earliest first. */
  leap(milliseconds: number): void {
    this.set(this.now() + milliseconds);
    const due = [...this.#timers].filter(({ dueAt }) => dueAt <= this.now()).sort((a, b) => a.dueAt - b.dueAt);
    for (const entry of due) this.#fire(entry);
  }

  #next(limit: number): Entry | undefined {
    let next: Entry | undefined;
    for (const entry of this.#timers) if (entry.dueAt <= limit && (!next || entry.dueAt < next.dueAt)) next = entry;
    return next;
  }

  #fire(entry: Entry): void {
    if (this.#timers.delete(entry)) entry.callback();
  }
}
