import { describe, expect, it } from "vitest";
import { keepWork, takeWork } from "../../../page/src/kept-work.ts";

function aStorage() {
  const held = new Map<string, string>();
  return {
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, value: string) => void held.set(key, value),
    removeItem: (key: string) => void held.delete(key),
  };
}
const work = {
  personId: "p",
  drafts: { "a-1": { fields: { gross: "1" }, lines: null, kept: ["net"], note: "n", marks: [], attachments: [] } },
  unsent: [{ reviewId: "a-1", title: "A", decision: { action: "approve" as const }, changes: 0, key: "k" }],
};

describe("kept work", () => {
  it("comes back once, to the same person", () => {
    const storage = aStorage();
    keepWork(storage, work);
    expect(takeWork(storage, "p")).toEqual(work);
    expect(takeWork(storage, "p")).toBeNull();
  });
  it("is not shown to another person, and is gone then", () => {
    const storage = aStorage();
    keepWork(storage, work);
    expect(takeWork(storage, "q")).toBeNull();
    expect(takeWork(storage, "p")).toBeNull();
  });
  it.each([
    "{",
    "null",
    "[]",
    '{"personId":"p","drafts":{"a":{"fields":{"x":1},"lines":null,"kept":[],"note":""}},"unsent":[]}',
  ])("ignores what it did not write: %s", (text) => {
    const storage = aStorage();
    storage.setItem("signoff.work", text);
    expect(takeWork(storage, "p")).toBeNull();
  });
});
