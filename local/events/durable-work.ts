import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Clock, Timer } from "../clock/clock.ts";
import type { Storage, Write } from "../storage/storage.ts";

/** Work that was accepted and is tried until it is done: on disk before `accept` resolves, taken up again by `recover`. */
export interface DurableWork<Item> {
  accept(item: Item): Promise<void>;
  /** Takes up what an earlier run of the stack left. Call once, when what `attempt` needs is there. */
  recover(): Promise<void>;
  /** Resolves when nothing is being attempted (work that waits for its retry does not count). */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

interface Attempt<Item> {
  readonly id: string;
  readonly item: Item;
  /** Attempts before this one. */
  readonly earlierAttempts: number;
  readonly acceptedAt: Date;
}

/** What an attempt came to. `done` also means given up: the attempt has put the item where failed items go. */
type AttemptResult = "done" | { readonly retryAfterSeconds: number };

export interface DurableWorkOptions<Item> {
  readonly storage: Storage;
  /** Starts the keys of this work in the storage, such as `lambda/`. */
  readonly prefix: string;
  readonly shape: z.ZodType<Item>;
  readonly clock: Clock;
  /** Attempts at the same time. */
  readonly maxConcurrent: number;
  attempt(attempt: Attempt<Item>): Promise<AttemptResult>;
  /** Told when `attempt` rejects: the item stays stored, and the next start of the stack takes it up. */
  onStuck(error: unknown, attempt: Attempt<Item>): void;
}

interface Entry<Item> extends Attempt<Item> {
  readonly key: string;
}

export function openDurableWork<Item>(options: DurableWorkOptions<Item>): DurableWork<Item> {
  const { storage, prefix, shape, clock, maxConcurrent, attempt } = options;
  const stored = z.object({
    item: shape,
    earlierAttempts: z.number(),
    acceptedAt: z.string(),
    dueAt: z.string(),
  });
  const write = groupedWrites(storage);
  const ready: Entry<Item>[] = [];
  const timers = new Set<Timer>();
  const running = new Set<Promise<void>>();
  let closed = false;

  const keep = (entry: Entry<Item>, dueAt: Date) =>
    write({
      key: entry.key,
      value: {
        item: entry.item,
        earlierAttempts: entry.earlierAttempts,
        acceptedAt: entry.acceptedAt.toISOString(),
        dueAt: dueAt.toISOString(),
      },
    });

  const work = async (entry: Entry<Item>) => {
    const result = await attempt(entry);
    if (result === "done") return write({ key: entry.key, delete: true });
    const next = { ...entry, earlierAttempts: entry.earlierAttempts + 1 };
    const dueAt = new Date(clock.now().getTime() + result.retryAfterSeconds * 1000);
    await keep(next, dueAt);
    wait(next, dueAt);
  };

  const next = () => {
    while (!closed && running.size < maxConcurrent) {
      const entry = ready.shift();
      if (!entry) return;
      const task = work(entry)
        .catch((error: unknown) => {
          if (!closed) options.onStuck(error, entry);
        })
        .finally(() => {
          running.delete(task);
          next();
        });
      running.add(task);
    }
  };

  const wait = (entry: Entry<Item>, dueAt: Date) => {
    if (closed) return;
    const timer = clock.at(dueAt, () => {
      timers.delete(timer);
      ready.push(entry);
      next();
    });
    timers.add(timer);
  };

  return {
    accept: async (item) => {
      const acceptedAt = clock.now();
      // Keys in order of acceptance, so that recovery keeps the order.
      const id = randomUUID();
      const entry = { id, key: `${prefix}${acceptedAt.toISOString()}/${id}`, item, earlierAttempts: 0, acceptedAt };
      await keep(entry, acceptedAt);
      ready.push(entry);
      next();
    },
    recover: async () => {
      for await (const [key, value] of storage.entries(prefix)) {
        const { item, earlierAttempts, acceptedAt, dueAt } = stored.parse(value);
        const id = key.split("/").at(-1) ?? key;
        wait({ id, key, item, earlierAttempts, acceptedAt: new Date(acceptedAt) }, new Date(dueAt));
      }
    },
    quiet: async () => {
      while (running.size > 0 || ready.length > 0) {
        await Promise.all(running);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close: async () => {
      closed = true;
      for (const timer of timers) timer.cancel();
      await Promise.all(running);
    },
  };
}

/** One fsync for all writes that are asked for while the disk is busy with the last one. */
export function groupedWrites(storage: Storage): (write: Write) => Promise<void> {
  let pending: { write: Write; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let busy = false;
  const flush = async () => {
    if (busy) return;
    busy = true;
    while (pending.length > 0) {
      const group = pending;
      pending = [];
      try {
        await storage.write(group.map(({ write }) => write));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    busy = false;
  };
  return (write) =>
    new Promise((resolve, reject) => {
      pending.push({ write, resolve, reject });
      void flush();
    });
}
