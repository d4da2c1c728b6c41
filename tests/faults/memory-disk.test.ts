import { expect, it } from "vitest";
import { MemoryDisk } from "./memory-disk.ts";

const quiet = { writing: () => undefined, written: () => undefined };
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

it("keeps what was written, in the order of its keys, for the next start", async () => {
  const disk = new MemoryDisk();
  const first = await disk.plug(quiet)("a");
  await first.write([{ key: "k/2", value: { n: 2 } }]);
  await first.write([
    { key: "k/1", value: 1 },
    { key: "other", value: 3 },
  ]);
  disk.pullPlug(() => true);
  const second = await disk.plug(quiet)("a");
  const found = [];
  for await (const entry of second.entries("k/")) found.push(entry);
  expect(found).toEqual([
    ["k/1", 1],
    ["k/2", { n: 2 }],
  ]);
});

it("tells nobody whether a write got through that was under way when the plug was pulled", async () => {
  for (const kept of [true, false]) {
    const disk = new MemoryDisk();
    const storage = await disk.plug(quiet)("a");
    let told = false;
    void storage.write([{ key: "k", value: 1 }]).then(() => {
      told = true;
    });
    disk.pullPlug(() => kept);
    await turn();
    expect(told).toBe(false);
    expect(await (await disk.plug(quiet)("a")).get("k")).toBe(kept ? 1 : undefined);
  }
});

it("never keeps a later write without the earlier ones", async () => {
  const disk = new MemoryDisk();
  const storage = await disk.plug(quiet)("a");
  for (const key of ["1", "2", "3"]) void storage.write([{ key, value: key }]);
  const keep = [true, false, true];
  disk.pullPlug(() => keep.shift() ?? true);
  const after = await disk.plug(quiet)("a");
  expect(await Promise.all(["1", "2", "3"].map((key) => after.get(key)))).toEqual(["1", undefined, undefined]);
});

it("takes nothing any more from who lost it", async () => {
  const disk = new MemoryDisk();
  const lost = await disk.plug(quiet)("a");
  disk.pullPlug(() => true);
  void lost.write([{ key: "late", value: 1 }]);
  disk.forget();
  await turn();
  expect(await (await disk.plug(quiet)("a")).get("late")).toBeUndefined();
});

it("begins again from an image", async () => {
  const disk = new MemoryDisk();
  const storage = await disk.plug(quiet)("a");
  await storage.write([{ key: "k", value: "before" }]);
  const image = disk.image();
  await storage.write([{ key: "k", value: "after" }]);
  disk.pullPlug(() => true);
  disk.restore(image);
  expect(await (await disk.plug(quiet)("a")).get("k")).toBe("before");
});
