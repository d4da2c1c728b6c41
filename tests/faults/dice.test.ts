import { expect, it } from "vitest";
import { dice } from "./dice.ts";
import { fateOf, weatherOf } from "./weather.ts";

it("draws the same for the same words, and something else for others", () => {
  const draws = (...words: (string | number)[]) => {
    const drawn = dice(...words);
    return [drawn.next(), drawn.int(1, 1_000), drawn.shuffled([1, 2, 3, 4, 5])];
  };
  expect(draws(7, "move", 1)).toEqual(draws(7, "move", 1));
  expect(draws(7, "move", 1)).not.toEqual(draws(7, "move", 2));
  expect(draws(7, "move", 1)).not.toEqual(draws(8, "move", 1));
});

it("reaches both ends of a range, and nothing beyond", () => {
  const drawn = dice("range");
  const seen = new Set(Array.from({ length: 500 }, () => drawn.int(3, 6)));
  expect([...seen].sort()).toEqual([3, 4, 5, 6]);
});

it("shuffles without losing anything", () => {
  expect(dice("deck").shuffled([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
});

it("gives every kind of fault to some invocation within a few hundred seeds", () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 300; seed++) {
    for (const functionName of ["record-decision", "detect-page", "open-case"]) {
      const { fault, copy } = fateOf(weatherOf(seed), dice(seed, functionName), functionName);
      if (fault) kinds.add(fault.kind);
      if (copy) kinds.add(copy);
    }
  }
  const all = ["at once", "hold", "kill", "later", "lose the answer", "throttle on", "throttle once", "time out"];
  expect([...kinds].sort()).toEqual(all);
});
