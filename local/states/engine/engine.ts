import { randomBytes } from "node:crypto";
import type { Clock, Timer } from "../../clock/clock.ts";
import type { Storage, Write } from "../../storage/storage.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { errorDetails } from "../failure.ts";
import { type Announcement, announcementSchema } from "./announcement.ts";
import { type CallPorts, makeCall } from "./call.ts";
import { childAnswer } from "./child.ts";
import { doWhatIsDue } from "./due.ts";
import { ExecutionStore } from "./execution-store.ts";
import { Journal } from "./journal.ts";
import type { LiveExecution } from "./live-execution.ts";
import { startChild } from "./nested.ts";
import { run } from "./perform.ts";
import { type MachineDeclaration, Programs } from "./programs.ts";
import { type ExecutionRecord, keys } from "./record.ts";
import { callAnswered, endTask } from "./task.ts";
import { type Effect, Turn } from "./turn.ts";

export interface EnginePorts extends CallPorts {
  readonly clock: Clock;
  readonly storage: Storage;
  readonly publishEvent: (event: Announcement) => Promise<void>;
}

/** Before an announcement that the bus refused is tried again. */
const announceAgainSeconds = 5;

/**
 * Runs executions. Each thing that happens to one is a turn: state changes in memory, one batch to disk, then what the turn asks
 * for. Nothing leaves the engine before it is on disk, so a killed process repeats calls, and loses or doubles no execution.
 */
export class Engine {
  readonly programs: Programs;
  readonly store: ExecutionStore;
  readonly #ports: EnginePorts;
  readonly #journal: Journal;
  readonly #live = new Map<string, LiveExecution>();
  readonly #timers = new Map<string, Timer>();
  readonly #work = new Set<Promise<unknown>>();
  #secret = Buffer.alloc(0);
  #closed = false;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
    this.#journal = new Journal(ports.storage);
    this.programs = new Programs(ports.storage, new Set(ports.integrations.keys()));
    this.store = new ExecutionStore(ports.storage, this.programs);
  }

  get clock(): Clock {
    return this.#ports.clock;
  }

  get authorise(): EnginePorts["authorise"] {
    return this.#ports.authorise;
  }

  /** Signs task tokens; made once per store. */
  get secret(): Buffer {
    return this.#secret;
  }

  async open(machines: readonly MachineDeclaration[]): Promise<void> {
    await this.programs.declare(machines);
    const stored = await this.#ports.storage.get(keys.secret);
    this.#secret = typeof stored === "string" ? Buffer.from(stored, "base64") : randomBytes(32);
    if (stored === undefined) {
      await this.#ports.storage.write([{ key: keys.secret, value: this.#secret.toString("base64") }]);
    }
    for await (const arn of this.store.running()) {
      const live = await this.store.load(arn);
      if (live) this.#live.set(arn, live);
    }
  }

  /** Takes up what a stopped process left: calls under way are made again (same token), timers armed, news announced. */
  async recover(): Promise<void> {
    for await (const [key, value] of this.#ports.storage.entries(keys.announcementsPrefix)) {
      this.#carryOut(undefined, { type: "announce", key, announcement: announcementSchema.parse(value) });
    }
    for (const live of this.#live.values()) {
      await this.#stopOrphan(live);
      for (const thread of live.threads.values()) {
        if (thread.phase.type !== "called") continue;
        const { token, submitted, childArn } = thread.phase;
        if (!submitted) this.#carryOut(live, { type: "call", threadId: thread.id, token });
        else if (childArn !== undefined) this.#track(this.#askChild(live, thread.id, token, childArn));
      }
      this.#arm(live);
    }
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

  /** A new execution, or nothing when one of that name appeared meanwhile. Its first turn is on disk when this resolves. */
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
    return this.#track(this.#takeTurn(live, work, writes));
  }

  async #takeTurn(live: LiveExecution, work: (turn: Turn) => Promise<void>, writes: readonly Write[]): Promise<void> {
    const { turn, written } = await live.inTurn(async () => {
      const turn = new Turn(live, this.#ports.clock.now(), this.#secret);
      try {
        await work(turn);
        await turn.drain((thread) => run(turn, thread));
      } catch (error) {
        if (error instanceof AwsError) throw error;
        failForGood(turn, error);
      }
      this.#arm(live);
      return { turn, written: this.#journal.commit([...turn.writes(), ...writes]) };
    });
    await written;
    for (const effect of turn.effects) this.#carryOut(live, effect);
    if (!live.running && this.#live.get(live.execution.arn) === live) this.#live.delete(live.execution.arn);
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

  #arm(live: LiveExecution): void {
    const { arn } = live.execution;
    this.#timers.get(arn)?.cancel();
    this.#timers.delete(arn);
    const dueAt = live.nextDueAt();
    if (dueAt === undefined || this.#closed) return;
    const ring = () => {
      if (!this.#closed) void this.turn(live, doWhatIsDue);
    };
    this.#timers.set(arn, this.#ports.clock.at(new Date(dueAt), ring));
  }

  #carryOut(live: LiveExecution | undefined, effect: Effect): void {
    if (this.#closed) return;
    switch (effect.type) {
      case "announce":
        return void this.#track(this.#announce(effect.key, effect.announcement));
      case "stopChild":
        return void this.#track(this.stop(effect.childArn, {}));
      case "tellParent":
        if (live?.execution.parent) void this.#track(this.#tellParent(live.execution));
        return;
      case "call":
        // Not tracked: a function may take its time.
        if (live) void this.#call(live, effect.threadId, effect.token);
    }
  }

  async #call(live: LiveExecution, threadId: string, token: string): Promise<void> {
    const thread = live.threads.get(threadId);
    if (!live.running || thread?.phase.type !== "called" || thread.phase.token !== token) return;
    const state = live.stateOf(thread);
    if (state.Type !== "Task") return;
    const { role } = live.program;
    const answer =
      state.target.kind === "startExecution"
        ? await startChild(this, live, thread, state.target.pattern === "child")
        : await makeCall(state.target, thread.phase.arguments, role, this.#ports);
    if (this.#closed) return;
    await this.turn(live, async (turn) => {
      const current = live.threads.get(threadId);
      if (!live.running || current?.phase.type !== "called" || current.phase.token !== token) return;
      await callAnswered(turn, current, answer);
    });
    if ("childArn" in answer && answer.childArn !== undefined)
      await this.#askChild(live, threadId, token, answer.childArn);
  }

  /** A child may have ended before its parent knew that it had started, or while the process was down. */
  async #askChild(live: LiveExecution, threadId: string, token: string, childArn: string): Promise<void> {
    const child = await this.find(childArn);
    if (child && child.status !== "RUNNING") await this.#endCall(live, threadId, token, child);
  }

  async #tellParent(child: ExecutionRecord): Promise<void> {
    const { parent } = child;
    const live = parent?.waits ? this.#live.get(parent.executionArn) : undefined;
    if (live && parent) await this.#endCall(live, parent.threadId, parent.token, child);
  }

  #endCall(live: LiveExecution, threadId: string, token: string, child: ExecutionRecord): Promise<void> {
    return this.turn(live, async (turn) => {
      const thread = live.threads.get(threadId);
      if (!live.running || thread?.phase.type !== "called") return;
      if (thread.phase.token === token && thread.phase.childArn === child.arn)
        await endTask(turn, thread, childAnswer(child));
    });
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

  /** A child whose parent stopped waiting for it while the process went down. */
  async #stopOrphan(live: LiveExecution): Promise<void> {
    const { parent, arn } = live.execution;
    if (!parent?.waits) return;
    const phase = this.running(parent.executionArn)?.threads.get(parent.threadId)?.phase;
    if (phase?.type !== "called" || phase.token !== parent.token) await this.stop(arn, {});
  }

  async #announce(key: string, announcement: Announcement): Promise<void> {
    try {
      await this.#ports.publishEvent(announcement);
    } catch {
      const again = new Date(this.#ports.clock.now().getTime() + announceAgainSeconds * 1_000);
      this.#ports.clock.at(again, () => this.#carryOut(undefined, { type: "announce", key, announcement }));
      return;
    }
    await this.#journal.commit([{ key, delete: true }]);
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
