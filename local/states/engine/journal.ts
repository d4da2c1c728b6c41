import type { Storage, Write } from "../../storage/storage.ts";

/**
 * Group commit: what arrives while a batch is on its way to disk goes into the next one, so that many executions share an fsync.
 * Batches keep their order. After a failed write nothing more is accepted: memory would run ahead of the disk.
 */
export class Journal {
  readonly #storage: Storage;
  #pending = new Map<string, Write>();
  #next: Promise<void> | undefined;
  #inFlight: Promise<void> = Promise.resolve();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Resolves when the writes are on disk, all of them in one batch. */
  commit(writes: readonly Write[]): Promise<void> {
    for (const write of writes) this.#pending.set(write.key, write);
    this.#next ??= this.#flushAfter(this.#inFlight);
    return this.#next;
  }

  /** Resolves when all that was committed so far is on disk. */
  settled(): Promise<void> {
    return this.#next ?? this.#inFlight;
  }

  #flushAfter(previous: Promise<void>): Promise<void> {
    const flushed = previous.then(() => {
      const writes = [...this.#pending.values()];
      this.#pending = new Map();
      this.#inFlight = flushed;
      this.#next = undefined;
      return this.#storage.write(writes);
    });
    // Whoever committed awaits the same promise and sees the failure; this keeps it from being reported as unhandled as well.
    flushed.catch(() => undefined);
    return flushed;
  }
}
