import { mkdirSync } from "node:fs";
import { ClassicLevel } from "classic-level";

export type Write = { key: string; value: unknown } | { key: string; delete: true };

/** Durable key-value state of one stand-in service: JSON values, keys in byte order. */
export interface Storage {
  /** All or nothing, and on disk (fsync) when it resolves. */
  write(writes: readonly Write[]): Promise<void>;
  get(key: string): Promise<unknown>;
  /** Entries whose key starts with `prefix`, in key order. */
  entries(prefix: string): AsyncIterable<[key: string, value: unknown]>;
  close(): Promise<void>;
}

export async function openStorage(directory: string): Promise<Storage> {
  mkdirSync(directory, { recursive: true });
  const level = new ClassicLevel<string, unknown>(directory, { valueEncoding: "json" });
  await level.open();
  return {
    write: (writes) =>
      level.batch(
        writes.map((write) =>
          "delete" in write
            ? { type: "del" as const, key: write.key }
            : { type: "put" as const, key: write.key, value: write.value },
        ),
        { sync: true },
      ),
    get: (key) => level.get(key),
    entries: (prefix) => level.iterator({ gte: prefix, lt: `${prefix}\uffff` }),
    close: () => level.close(),
  };
}
