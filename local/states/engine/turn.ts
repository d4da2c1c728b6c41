import type { Write } from "../../storage/storage.ts";
import type { Failure } from "../failure.ts";
import { type Announcement, statusChange } from "./announcement.ts";
import { historyEvent, maxHistoryEvents } from "./history.ts";
import type { LiveExecution } from "./live-execution.ts";
import { type ExecutionStatus, type HistoryEvent, keys, type Thread } from "./record.ts";

/** What a turn asks for once it is on disk. */
export type Effect =
  | { readonly type: "call"; readonly threadId: string; readonly token: string }
  | { readonly type: "announce"; readonly key: string; readonly announcement: Announcement }
  | { readonly type: "stopChild"; readonly childArn: string }
  | { readonly type: "tellParent" };

/** The history is full: the execution fails, whatever it was about to do. */
class HistoryFullError extends Error {
  override readonly name = "HistoryFullError";

  constructor() {
    super(`The execution reached the maximum number of history events (${maxHistoryEvents}).`);
  }
}

/**
 * One run of an execution from something that happened (a start, an answer, a timer) until nothing moves any more. It collects
 * the events and the frames it changed; the engine writes them as one batch and then carries out the effects.
 */
export class Turn {
  readonly live: LiveExecution;
  /** The instant of the turn, for its events and due times. */
  readonly now: Date;
  readonly secret: Buffer;
  readonly effects: Effect[] = [];
  readonly #events: HistoryEvent[] = [];
  readonly #jobs: (Thread | (() => Promise<void>))[] = [];
  readonly #touched = new Set<string>();
  #executionTouched = false;

  constructor(live: LiveExecution, now: Date, secret: Buffer) {
    this.live = live;
    this.now = now;
    this.secret = secret;
  }

  get timestamp(): string {
    return this.now.toISOString();
  }

  /** Seconds from the turn's instant, as ISO 8601. */
  after(seconds: number): string {
    return new Date(this.now.getTime() + seconds * 1_000).toISOString();
  }

  /** Appends an event; the thread's next event follows it. Returns its id. */
  log(
    thread: Thread | undefined,
    type: string,
    details?: Readonly<Record<string, unknown>>,
    previousEventId?: number,
  ): number {
    const id = this.live.progress.lastEventId + 1;
    if (id >= maxHistoryEvents && !type.startsWith("Execution")) throw new HistoryFullError();
    this.live.progress.lastEventId = id;
    const head = {
      id,
      previousEventId: previousEventId ?? thread?.lastEventId ?? 0,
      timestamp: this.timestamp,
      type,
    };
    this.#events.push(historyEvent(head, details));
    if (thread) {
      thread.lastEventId = id;
      this.touch(thread);
    }
    return id;
  }

  /** The thread is written with the turn. */
  touch(thread: Thread): void {
    this.#touched.add(thread.id);
  }

  /** The execution's status changed: it is written, and EventBridge hears of it (from an outbox, so that a crash loses nothing). */
  statusChanged(): void {
    this.#executionTouched = true;
    const { execution, progress } = this.live;
    const key = keys.announcement(execution.arn, progress.lastEventId);
    this.effects.push({ type: "announce", key, announcement: statusChange(execution) });
  }

  add(thread: Thread): void {
    this.live.threads.set(thread.id, thread);
    this.touch(thread);
  }

  /** Removes a thread's branches or iterations, at any depth. */
  removeScopes(thread: Thread): void {
    for (const id of [...this.live.threads.keys()]) if (id.startsWith(`${thread.id}.`)) this.#remove(id);
  }

  #remove(id: string): void {
    this.live.threads.delete(id);
    this.#touched.add(id);
  }

  alive(thread: Thread): boolean {
    return this.live.running && this.live.threads.get(thread.id) === thread;
  }

  /** Later in this turn, after what is queued already. */
  queue(job: () => Promise<void>): void {
    this.#jobs.push(job);
  }

  /** The thread has a state to perform: it gets its go later in this turn. */
  wake(thread: Thread): void {
    this.#jobs.push(thread);
  }

  /** Until nothing moves any more. */
  async drain(run: (thread: Thread) => Promise<void>): Promise<void> {
    for (let job = this.#jobs.shift(); job && this.live.running; job = this.#jobs.shift()) {
      await (typeof job === "function" ? job() : run(job));
    }
  }

  /** Ends the execution. Unless it succeeded, its threads stay as they are, for a redrive. */
  end(status: ExecutionStatus, result: { output?: string } & Partial<Failure>): void {
    const { execution } = this.live;
    execution.status = status;
    execution.stoppedAt = this.timestamp;
    execution.output = result.output;
    execution.error = result.error ?? undefined;
    execution.cause = result.cause ?? undefined;
    this.statusChanged();
    for (const thread of this.live.threads.values()) this.stopChildOf(thread);
    if (status === "SUCCEEDED") for (const id of [...this.live.threads.keys()]) this.#remove(id);
    this.effects.push({ type: "tellParent" });
  }

  /** Nobody waits any more for the execution that the thread started. */
  stopChildOf({ phase }: Thread): void {
    if (phase.type === "called" && phase.childArn !== undefined) {
      this.effects.push({ type: "stopChild", childArn: phase.childArn });
    }
  }

  /** What the turn changed, as it stands now: copies, because the next turn may begin before these are on disk. */
  writes(): Write[] {
    const { threads } = this.live;
    const execution = { ...this.live.execution };
    const progress = { ...this.live.progress };
    const writes: Write[] = this.#events.map((event) => ({ key: keys.event(execution.arn, event.id), value: event }));
    for (const id of this.#touched) {
      const key = keys.thread(execution.arn, id);
      const thread = threads.get(id);
      // Variables and attempts are replaced, never changed in place; a phase is changed.
      writes.push(thread ? { key, value: { ...thread, phase: { ...thread.phase } } } : { key, delete: true });
    }
    if (this.#events.length > 0) writes.push({ key: keys.progress(execution.arn), value: progress });
    for (const effect of this.effects) {
      if (effect.type === "announce") writes.push({ key: effect.key, value: effect.announcement });
    }
    if (this.#executionTouched) {
      writes.push({ key: keys.execution(execution.arn), value: execution });
      writes.push({
        key: keys.listing(execution.machineArn, execution.startedAt, execution.arn),
        value: execution.status,
      });
      const running = keys.running(execution.arn);
      writes.push(this.live.running ? { key: running, value: true } : { key: running, delete: true });
    }
    return writes;
  }
}
