import { expect, it } from "vitest";
import { flatUpTo, median, quartersOf } from "./flat.ts";

const series = (length: number, at: (index: number) => number) => Array.from({ length }, (_, index) => at(index));

it("takes the middle value, or the mean of the two", () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
});

it("compares the last quarter with the second, so that warming up counts for nothing", () => {
  const warm = quartersOf(series(100, (index) => (index < 25 ? 1_000 : 100)));
  expect(warm).toEqual({ second: 100, last: 100, growth: 1 });
});

it("sees what grows, and lets pass what sways", () => {
  expect(quartersOf(series(100, (index) => 100 + index)).growth).toBeGreaterThan(flatUpTo);
  expect(quartersOf(series(100, (index) => 100 + (index % 7))).growth).toBeLessThan(flatUpTo);
});
