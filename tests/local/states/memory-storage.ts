import type { Storage } from "../../../local/storage/storage.ts";

/** Storage that outlives its service, not the process: dropping the service without closing it is a crash. */
export function memoryStorage(): Storage {
  const entries = new Map<string, string>();
  return {
    async write(writes) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const write of writes) {
        if ("delete" in write) entries.delete(write.key);
        else entries.set(write.key, JSON.stringify(write.value));
      }
    },
    async get(key) {
      const text = entries.get(key);
      return text === undefined ? undefined : JSON.parse(text);
    },
    async *entries(prefix) {
      for (const key of [...entries.keys()].sort()) {
        const text = entries.get(key);
        if (key.startsWith(prefix) && text !== undefined) yield [key, JSON.parse(text)];
      }
    },
    async close() {},
  };
}

/**
 * The storage as one process sees it until it is killed: from then on nothing it writes arrives or is answered. Killed by
 * `kill()`, or by itself once `writes` batches are on disk.
 */
export function killable(
  storage: Storage,
  writes = Number.POSITIVE_INFINITY,
): Storage & { kill(): void; dead(): boolean } {
  let left = writes;
  const forever = () => new Promise<never>(() => undefined);
  return {
    ...storage,
    kill: () => {
      left = 0;
    },
    dead: () => left <= 0,
    write: async (batch) => {
      if (left <= 0) return forever();
      left -= 1;
      await storage.write(batch);
      if (left <= 0) return forever();
    },
  };
}
