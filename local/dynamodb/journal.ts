import type { Storage, Write } from "../storage/storage.ts";

/**
 * Writes in the order in which they were appended, several requests in one fsync when they come faster than the disk. A request
 * is never divided between two batches, so after a crash it is there wholly or not at all, and none before it is missing.
 */
export class Journal {
  readonly #storage: Storage;
  #waiting: Write[] = [];
  #next: Promise<void> | undefined;
  #current: Promise<void> = Promise.resolve();

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  /** Resolves when `writes` and all before them are on disk. Rejects, then and for ever after, once a write has failed. */
  append(writes: readonly Write[]): Promise<void> {
    this.#waiting.push(...writes);
    this.#next ??= this.#current.then(() => {
      const batch = this.#waiting;
      this.#waiting = [];
      this.#next = undefined;
      this.#current = this.#storage.write(batch);
      return this.#current;
    });
    return this.#next;
  }

  /**
   * Resolves when all that was appended so far is on disk. Whoever answers from memory waits for this first, so that nobody is
   * told what a crash could still undo.
   */
  settled(): Promise<void> {
    return this.#next ?? this.#current;
  }
}
