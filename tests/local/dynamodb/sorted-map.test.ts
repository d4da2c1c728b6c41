import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Range, SortedMap } from "../../../local/dynamodb/sorted-map.ts";

const keys = fc.string({ unit: fc.constantFrom("a", "b", "c", "/", "~"), maxLength: 3 });
const bounds: fc.Arbitrary<Range> = fc.record(
  { gt: keys, gte: keys, lt: keys, lte: keys, reverse: fc.boolean() },
  { requiredKeys: [] },
);

/** The same map, sorted anew each time. */
const model = (map: ReadonlyMap<string, number>, { gt, gte, lt, lte, reverse }: Range) => {
  const found = [...map]
    .filter(([key]) => (gt === undefined || key > gt) && (gte === undefined || key >= gte))
    .filter(([key]) => (lt === undefined || key < lt) && (lte === undefined || key <= lte))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return reverse ? found.reverse() : found;
};

const filled = (count: number) => {
  const sorted = new SortedMap<number>();
  for (let index = 0; index < count; index += 1) sorted.set(String((index * 7919) % count).padStart(6, "0"), index);
  return sorted;
};

describe("a sorted map", () => {
  it("answers every range as a sorted list would, after any writes", () => {
    const writes = fc.array(fc.tuple(keys, fc.option(fc.nat())), { maxLength: 60 });
    fc.assert(
      fc.property(writes, bounds, (changes, range) => {
        const sorted = new SortedMap<number>();
        const plain = new Map<string, number>();
        for (const [key, value] of changes) {
          if (value === null) {
            sorted.delete(key);
            plain.delete(key);
          } else {
            sorted.set(key, value);
            plain.set(key, value);
          }
        }
        expect([...sorted.entries(range)]).toEqual(model(plain, range));
        expect(sorted.size).toBe(plain.size);
        for (const [key] of changes) expect(sorted.get(key)).toBe(plain.get(key));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps order over many chunks, and through deleting most of them", () => {
    const sorted = filled(5000);
    const inOrder = [...sorted.entries()].map(([key]) => key);
    expect(inOrder).toEqual([...inOrder].sort());
    for (const key of inOrder.slice(100)) sorted.delete(key);
    expect([...sorted.entries({ reverse: true })].map(([key]) => key)).toEqual(inOrder.slice(0, 100).reverse());
  });

  it("goes on from where it was when it changes while it is read", () => {
    const sorted = filled(2000);
    const seen: string[] = [];
    for (const [key] of sorted.entries()) {
      seen.push(key);
      sorted.delete(key);
      sorted.set(`${key}-`, 0); // behind the key just read: comes next
      if (seen.length === 10) break;
    }
    expect(seen.slice(0, 4)).toEqual(["000000", "000000-", "000000--", "000000---"]);
    expect(sorted.size).toBe(2000);
  });
});
