import type { Storage } from "../../storage/storage.ts";
import { LiveExecution } from "./live-execution.ts";
import type { Programs } from "./programs.ts";
import {
  type ExecutionRecord,
  executionSchema,
  type HistoryEvent,
  historyEventSchema,
  keys,
  type Progress,
  progressSchema,
  type Thread,
  threadSchema,
} from "./record.ts";

/** Reads what the engine wrote. */
export class ExecutionStore {
  readonly #storage: Storage;
  readonly #programs: Programs;

  constructor(storage: Storage, programs: Programs) {
    this.#storage = storage;
    this.#programs = programs;
  }

  async find(arn: string): Promise<ExecutionRecord | undefined> {
    const stored = await this.#storage.get(keys.execution(arn));
    return stored === undefined ? undefined : executionSchema.parse(stored);
  }

  async progressOf(arn: string): Promise<Progress> {
    return progressSchema.parse(await this.#storage.get(keys.progress(arn)));
  }

  /** An execution with its threads, ready to run. */
  async load(arn: string): Promise<LiveExecution | undefined> {
    const execution = await this.find(arn);
    if (!execution) return undefined;
    const threads = new Map<string, Thread>();
    for await (const [, value] of this.#storage.entries(keys.threads(arn))) {
      const thread = threadSchema.parse(value);
      threads.set(thread.id, thread);
    }
    return new LiveExecution(
      execution,
      await this.progressOf(arn),
      threads,
      await this.#programs.of(execution.definitionId),
    );
  }

  async *running(): AsyncGenerator<string> {
    for await (const [key] of this.#storage.entries(keys.running(""))) yield key.slice(keys.running("").length);
  }

  async event(arn: string, id: number): Promise<HistoryEvent> {
    return historyEventSchema.parse(await this.#storage.get(keys.event(arn, id)));
  }

  /** ARNs of a machine's executions with the key of their place in the list, newest first. */
  async *listing(machineArn: string): AsyncGenerator<{ key: string; arn: string; status: unknown }> {
    const prefix = keys.listings(machineArn);
    for await (const [key, status] of this.#storage.entries(prefix)) {
      yield { key, arn: key.slice(key.indexOf("/", prefix.length) + 1), status };
    }
  }

  async *childrenOf(arn: string): AsyncGenerator<string> {
    const prefix = keys.children(arn);
    for await (const [key] of this.#storage.entries(prefix)) yield key.slice(prefix.length);
  }
}
