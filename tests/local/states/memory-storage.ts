import type { Storage } from "../../../local/storage/storage.ts";

/** Storage that outlives its service, not the process: dropping the service without closing it is a crash. */
export function memoryStorage(): Storage & { writes: number } {
  const entries = new Map<string, string>();
  return {
    writes: 0,
    async write(writes) {
      this.writes += 1;
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
