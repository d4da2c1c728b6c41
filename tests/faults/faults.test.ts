import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bench, openBench } from "./bench.ts";
import { defects } from "./planted/defects.ts";
import { plant } from "./planted/plant.ts";

/** A fixed small share of `npm run faults -- --seeds 1000`. */
const share = [1, 2, 3, 4];
/** The seed that shows it first; interleavings vary, so those after it have their turn when it does not. */
const shownBy: Readonly<Record<string, number>> = {
  "skipped authority check": 2,
};
const fewSeeds = 12;

describe("whatever fails, nothing is lost, decided twice or stuck", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench();
  });
  afterAll(() => bench?.close());

  it.each(share)("seed %i", async (seed) => {
    const { violations, trace, cases } = await bench.play(seed);
    expect(violations, trace.join("\n")).toEqual([]);
    expect(cases).toBeGreaterThan(0);
  });
});

it.each(Object.keys(defects))("finds a planted defect within a few seeds: %s", async (name) => {
  const bench = await openBench(await plant(name));
  try {
    expect(await firstFailure(bench, shownBy[name] ?? 1), `no seed failed with the defect "${name}"`).not.toBeNull();
  } finally {
    await bench.close();
  }
});

async function firstFailure(bench: Bench, from: number): Promise<number | null> {
  for (let seed = from; seed < from + fewSeeds; seed++) {
    if ((await bench.play(seed)).violations.length > 0) return seed;
  }
  return null;
}
