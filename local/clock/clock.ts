/** Time as the one machine sees it. Every timer of the stand-in services runs on this port, so tests can turn it. */
export interface Clock {
  now(): Date;
  /** Calls back once, at `dueAt` or as soon as possible after it. Not durable: whoever needs that stores the time and asks again at boot. */
  at(dueAt: Date, callback: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}
