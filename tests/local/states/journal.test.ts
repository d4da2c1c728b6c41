import { describe, expect, it } from "vitest";
import { Journal } from "../../../local/states/engine/journal.ts";
import type { Storage, Write } from "../../../local/storage/storage.ts";
import { memoryStorage } from "./memory-storage.ts";

/** Storage that keeps the batches it got, and may refuse some. */
function recording(refuses: (batch: readonly Write[]) => boolean = () => false): Storage & { batches: string[][] } {
  const batches: string[][] = [];
  return {
    ...memoryStorage(),
    batches,
    write: async (batch) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (refuses(batch)) throw new Error("The disk is full.");
      batches.push(batch.map(({ key }) => key));
    },
  };
}

const put = (key: string): Write[] => [{ key, value: key }];

describe("the journal", () => {
  it("writes what arrives while a batch is under way as one further batch, in order", async () => {
    const storage = recording();
    const journal = new Journal(storage);
    const first = journal.commit(put("a"));
    await Promise.resolve();
    await Promise.resolve();
    const rest = ["b", "c", "d"].map((key) => journal.commit(put(key)));
    await Promise.all([first, ...rest]);
    expect(storage.batches).toEqual([["a"], ["b", "c", "d"]]);
  });

  it("resolves a commit only when it is on disk", async () => {
    const storage = recording();
    const journal = new Journal(storage);
    await journal.commit(put("a"));
    expect(storage.batches).toEqual([["a"]]);
    void journal.commit(put("b"));
    await journal.settled();
    expect(storage.batches).toEqual([["a"], ["b"]]);
  });

  it("takes nothing more after a failed write", async () => {
    const storage = recording((batch) => batch.some(({ key }) => key === "bad"));
    const journal = new Journal(storage);
    await expect(journal.commit(put("bad"))).rejects.toThrow("The disk is full.");
    await expect(journal.commit(put("good"))).rejects.toThrow("The disk is full.");
    expect(storage.batches).toEqual([]);
  });
});
