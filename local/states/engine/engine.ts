import { randomBytes } from "node:crypto";
import type { Clock, Timer } from "../../clock/clock.ts";
import type { Storage, Write } from "../../storage/storage.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { errorDetails } from "../failure.ts";
import type { Announcement } from "./announcement.ts";
import type { CallPorts } from "./call.ts";
import { carryOut } from "./carry-out.ts";
import { doWhatIsDue } from "./due.ts";
import { ExecutionStore } from "./execution-store.ts";
import { Journal } from "./journal.ts";
import type { LiveExecution } from "./live-execution.ts";
import { run } from "./perform.ts";
import { type MachineDeclaration, Programs } from "./programs.ts";
import { type ExecutionRecord, keys } from "./record.ts";
import { type Left, leftOf, recover } from "./recover.ts";
import { Turn } from "./turn.ts";

export interface EnginePorts extends CallPorts {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly publishEvent: (event: Announcement) => Promise<void>;
}

/**
 * Runs executions. Each thing that happens to one is a turn: state changes in memory, one batch to disk, then what the turn asks
 * for. Nothing leaves the engine before it is on disk, so a killed process repeats calls, and loses or doubles no execution. A
 * disk that refuses a write ends the process (an unhandled rejection): memory must not run ahead of it.
 */
export class Engine {
  readonly ports: EnginePorts;
  readonly programs: Programs;
  readonly store: ExecutionStore;
  readonly #journal: Journal;
  readonly #live = new Map<string, LiveExecution>();
  readonly #timers = new Map<LiveExecution, Timer>();
  readonly #work = new Set<Promise<unknown>>();
  readonly #left: Left[] = [];
  #secret = Buffer.alloc(0);
  #closed = false;

  constructor(ports: EnginePorts) {
    this.ports = ports;
    this.#journal = new Journal(ports.storage);
    this.programs = new Programs(ports.storage, new Set(ports.integrations.keys()));
    this.store = new ExecutionStore(ports.storage, this.programs);
  }

  /** Signs task tokens; made once per store. */
  get secret(): Buffer {
    return this.#secret;
  }

  async open(machines: readonly MachineDeclaration[]): Promise<void> {
    await this.programs.declare(machines);
    const { storage } = this.ports;
    const stored = await storage.get(keys.secret);
    this.#secret = typeof stored === "string" ? Buffer.from(stored, "base64") : randomBytes(32);
    if (stored === undefined) await storage.write([{ key: keys.secret, value: this.#secret.toString("base64") }]);
    for await (const arn of this.store.running()) {
      const live = await this.store.load(arn);
      if (!live) continue;
      this.#live.set(arn, live);
      this.#left.push(leftOf(live));
    }
  }

  recover(): Promise<void> {
    return recover(this, this.#left.splice(0));
  }

  /** The execution as it stands, on disk. */
  async find(arn: string): Promise<ExecutionRecord | undefined> {
    const live = this.#live.get(arn);
    if (!live) return this.store.find(arn);
    await this.#journal.settled();
    return live.execution;
  }

  running(arn: string): LiveExecution | undefined {
    const live = this.#live.get(arn);
    return live?.running ? live : undefined;
  }

  /** Begins an execution, unless one of that name appeared meanwhile. Its first turn is on disk when this resolves. */
  async begin(live: LiveExecution, writes: readonly Write[], first: (turn: Turn) => Promise<void>): Promise<boolean> {
    if (this.#live.has(live.execution.arn)) return false;
    this.#live.set(live.execution.arn, live);
    await this.turn(live, first, writes);
    return true;
  }

  /**
   * One turn of an execution; resolves when it is on disk. `work` may throw an AwsError before it changes anything: the caller
   * gets it. Anything else it throws is a fault of the engine or a full history, and ends the execution as States.Runtime.
   */
  turn(live: LiveExecution, work: (turn: Turn) => Promise<void>, writes: readonly Write[] = []): Promise<void> {
    if (this.#closed)
      return Promise.reject(new AwsError("ServiceUnavailable", "The one-machine stack is stopping.", 503));
    return this.#track(this.#takeTurn(live, work, writes));
  }

  async #takeTurn(live: LiveExecution, work: (turn: Turn) => Promise<void>, writes: readonly Write[]): Promise<void> {
    const { turn, written } = await live.inTurn(async () => {
      const turn = new Turn(live, this.ports.clock.now(), this.#secret);
      try {
        await work(turn);
        await turn.drain((thread) => run(turn, thread));
      } catch (error) {
        if (error instanceof AwsError) throw error;
        failForGood(turn, error);
      }
      this.arm(live);
      return { turn, written: this.commit([...turn.writes(), ...writes]) };
    });
    await written;
    for (const effect of turn.effects) if (!this.#closed) carryOut(this, live, effect);
    if (!live.running && this.#live.get(live.execution.arn) === live) this.#live.delete(live.execution.arn);
  }

  /** Ends an execution from outside, if it still runs. */
  async stop(arn: string, reason: { error?: string | undefined; cause?: string | undefined }): Promise<void> {
    const live = this.running(arn);
    if (!live) return;
    const failure = { error: reason.error ?? null, cause: reason.cause ?? null };
    await this.turn(live, async (turn) => {
      if (!live.running) return;
      turn.log(undefined, "ExecutionAborted", errorDetails(failure), live.progress.lastEventId);
      turn.end("ABORTED", failure);
    });
  }

  /** One timer an execution, set to what falls due first. */
  arm(live: LiveExecution): void {
    this.#timers.get(live)?.cancel();
    this.#timers.delete(live);
    const dueAt = live.nextDueAt();
    if (dueAt === undefined || this.#closed) return;
    this.#timers.set(
      live,
      this.ports.clock.at(new Date(dueAt), () => this.background(this.turn(live, doWhatIsDue))),
    );
  }

  /** Not durable: what is put off until later must be found on disk after a crash. */
  later(seconds: number, work: () => void): void {
    const dueAt = new Date(this.ports.clock.now().getTime() + seconds * 1_000);
    this.ports.clock.at(dueAt, () => {
      if (!this.#closed) work();
    });
  }

  commit(writes: readonly Write[]): Promise<void> {
    return this.#journal.commit(writes);
  }

  /** Work that nobody waits for but `settled`. */
  background(work: Promise<unknown>): void {
    this.unattended(this.#track(work));
  }

  /** Work that nobody waits for: a function may take its time. A stopping engine forgets it; it is taken up after the next start. */
  unattended(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!this.#closed) throw error;
    });
  }

  /** Resolves when no turn, write or announcement is under way. Calls to functions that have not answered do not count. */
  async settled(): Promise<void> {
    do {
      await Promise.allSettled([...this.#work]);
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#work.size > 0);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers.values()) timer.cancel();
    await this.settled();
    await this.#journal.settled();
  }

  /** State transitions that AWS would bill: states entered, retries, redrives. */
  async billedTransitions(arn: string, withChildren: boolean): Promise<number> {
    const live = this.#live.get(arn);
    let billed = (live ? live.progress : await this.store.progressOf(arn)).billedTransitions;
    if (!withChildren) return billed;
    for await (const childArn of this.store.childrenOf(arn)) billed += await this.billedTransitions(childArn, true);
    return billed;
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#work.add(work);
    const done = () => this.#work.delete(work);
    work.then(done, done);
    return work;
  }
}

function failForGood(turn: Turn, error: unknown): void {
  const failure = { error: "States.Runtime", cause: error instanceof Error ? error.message : String(error) };
  turn.log(undefined, "ExecutionFailed", errorDetails(failure), turn.live.progress.lastEventId);
  turn.end("FAILED", failure);
}
