import { availableParallelism } from "node:os";
import type { DeclaredFunction } from "./declared-function.ts";
import type { ExecutionEnvironment } from "./execution-environment.ts";
import type { Outcome } from "./outcome.ts";

export interface PoolLimits {
  /** Processes at once, of all functions together; each takes some 60 MB. @default 24: 1.5 GB */
  readonly processes: number;
  /** Processes that load at the same time: more would only slow each other down. @default 4 */
  readonly coldStarts: number;
  /** Processes of one function. @default one a core: more would share the cores, and each would warm up anew */
  readonly perFunction: number;
  /** An unused process is ended after this long. @default 600 */
  readonly idleSeconds: number;
}

export const defaultLimits: PoolLimits = {
  processes: 24,
  coldStarts: 4,
  perFunction: Math.max(2, availableParallelism()),
  idleSeconds: 600,
};

/** The stack is stopping; whatever was asked is not lost, since who asks asks again after the next start. */
export class LambdaStoppedError extends Error {
  override readonly name = "LambdaStoppedError";

  constructor() {
    super("The stack is stopping and takes no further invocation. Start it again.");
  }
}

export interface Pool {
  invoke(declared: DeclaredFunction, requestId: string, payload: string): Promise<Outcome & { milliseconds: number }>;
  processes(): number;
  close(): Promise<void>;
}

interface Waiting {
  readonly requestId: string;
  readonly payload: string;
  readonly since: number;
  readonly end: (outcome: Outcome & { milliseconds: number }) => void;
  readonly refuse: (error: Error) => void;
}

interface Fleet {
  readonly declared: DeclaredFunction;
  readonly waiting: Waiting[];
  /** Most recently used last: it is used first, so that the others grow old and are ended. */
  readonly idle: { environment: ExecutionEnvironment; since: number }[];
  readonly all: Set<ExecutionEnvironment>;
  starting: number;
}

/** Work that a busy process will take in a moment does not pay for a cold start of some 300 ms of a core. */
const patienceMilliseconds = 40;
const reapEveryMilliseconds = 30_000;

/** Hands each invocation to a process of its function, starts processes as work piles up and ends what nobody uses. */
export function openPool(limits: PoolLimits, start: (declared: DeclaredFunction) => ExecutionEnvironment): Pool {
  const fleets = new Map<string, Fleet>();
  let stopped = false;
  let impatient: NodeJS.Timeout | undefined;

  const total = () => [...fleets.values()].reduce((sum, { all }) => sum + all.size, 0);
  const starting = () => [...fleets.values()].reduce((sum, fleet) => sum + fleet.starting, 0);

  const run = async (fleet: Fleet, environment: ExecutionEnvironment, work: Waiting) => {
    const began = performance.now();
    const outcome = await environment.invoke(work.requestId, work.payload);
    const milliseconds = performance.now() - began;
    if (environment.usable()) fleet.idle.push({ environment, since: Date.now() });
    else discard(fleet, environment);
    if (stopped && !outcome.succeeded) work.refuse(new LambdaStoppedError());
    else work.end({ ...outcome, milliseconds });
    schedule();
  };

  const discard = (fleet: Fleet, environment: ExecutionEnvironment) => {
    fleet.all.delete(environment);
    void environment.kill();
  };

  const coldStart = async (fleet: Fleet) => {
    const environment = start(fleet.declared);
    fleet.all.add(environment);
    fleet.starting += 1;
    const began = performance.now();
    const failure = await environment.started;
    fleet.starting -= 1;
    if (stopped) return;
    if (failure === undefined) fleet.idle.push({ environment, since: Date.now() });
    else {
      discard(fleet, environment);
      fleet.waiting.shift()?.end({ succeeded: false, failure, milliseconds: performance.now() - began });
    }
    schedule();
  };

  /** Ends the process that has been unused for longest, to make room for one of another function. */
  const makeRoom = (): boolean => {
    const oldest = [...fleets.values()]
      .flatMap((fleet) => fleet.idle.slice(0, 1).map((entry) => ({ fleet, ...entry })))
      .sort((left, right) => left.since - right.since)[0];
    if (!oldest) return false;
    oldest.fleet.idle.shift();
    discard(oldest.fleet, oldest.environment);
    return true;
  };

  const mayStart = (fleet: Fleet, now: number): boolean => {
    const oldest = fleet.waiting[fleet.starting];
    if (!oldest || starting() >= limits.coldStarts) return false;
    const most = Math.min(limits.perFunction, fleet.declared.reservedConcurrency ?? Number.POSITIVE_INFINITY);
    if (fleet.all.size >= most) return false;
    if (fleet.all.size > 0 && now - oldest.since < patienceMilliseconds) {
      impatient ??= setTimeout(() => {
        impatient = undefined;
        schedule();
      }, patienceMilliseconds);
      return false;
    }
    return total() < limits.processes || makeRoom();
  };

  const schedule = () => {
    if (stopped) return;
    const now = Date.now();
    const inNeed = [...fleets.values()].filter(({ waiting }) => waiting.length > 0);
    inNeed.sort((left, right) => (left.waiting[0]?.since ?? 0) - (right.waiting[0]?.since ?? 0));
    for (const fleet of inNeed) {
      while (fleet.waiting.length > 0) {
        const free = fleet.idle.pop();
        if (!free) break;
        if (!free.environment.usable()) {
          discard(fleet, free.environment);
          continue;
        }
        const work = fleet.waiting.shift();
        if (work) void run(fleet, free.environment, work);
      }
      while (mayStart(fleet, now)) void coldStart(fleet);
    }
  };

  const reaper = setInterval(() => {
    const oldEnough = Date.now() - limits.idleSeconds * 1000;
    for (const fleet of fleets.values()) {
      for (let first = fleet.idle[0]; first && first.since < oldEnough; first = fleet.idle[0]) {
        fleet.idle.shift();
        discard(fleet, first.environment);
      }
    }
  }, reapEveryMilliseconds).unref();

  return {
    processes: total,
    invoke: (declared, requestId, payload) =>
      new Promise((end, refuse) => {
        if (stopped) return refuse(new LambdaStoppedError());
        let fleet = fleets.get(declared.arn);
        if (!fleet) {
          fleet = { declared, waiting: [], idle: [], all: new Set(), starting: 0 };
          fleets.set(declared.arn, fleet);
        }
        fleet.waiting.push({ requestId, payload, since: Date.now(), end, refuse });
        schedule();
      }),
    close: async () => {
      stopped = true;
      clearTimeout(impatient);
      clearInterval(reaper);
      for (const { waiting } of fleets.values())
        for (const { refuse } of waiting.splice(0)) refuse(new LambdaStoppedError());
      await Promise.all([...fleets.values()].flatMap(({ all }) => [...all].map((environment) => environment.kill())));
    },
  };
}
