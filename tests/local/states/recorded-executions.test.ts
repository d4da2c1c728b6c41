import { expect, it } from "vitest";
import knownDifferences from "./known-differences.json" with { type: "json" };
import { readRecorded, recordedJsonata, replayAll } from "./replay.ts";

const recorded = readRecorded(recordedJsonata);
if (recorded.length === 0)
  console.warn("Skipped: the executions recorded on AWS (../shared/data/states-language) are not here.");

it.skipIf(recorded.length === 0)(
  "runs the executions recorded on AWS as AWS did, except for the known differences",
  async () => {
    const replayed = await replayAll(recorded);
    const differing = replayed.filter(({ difference }) => difference !== undefined);
    console.info(`Recorded executions passed: ${replayed.length - differing.length} of ${replayed.length}`);
    const unknown = differing.filter(({ id }) => !Object.hasOwn(knownDifferences, id));
    expect(unknown).toEqual([]);
    expect(differing.map(({ id }) => id).sort()).toEqual(Object.keys(knownDifferences).sort());
  },
);
