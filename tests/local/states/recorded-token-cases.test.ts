import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { membersOf, openBench } from "./bench-of-machines.ts";
import { type Twin, twins } from "./recorded-token-cases.ts";
import { readRecorded, recordedWaits } from "./replay.ts";

const recorded = new Map(readRecorded(recordedWaits).map(({ id, events }) => [id, events.map(({ type }) => type)]));
if (recorded.size === 0)
  console.warn(
    "Event sequences recorded on AWS (../shared/data/states-language) are not here; ends only are compared.",
  );

async function runTwin({ machine, input, work, happenings = [] }: Twin) {
  const clock = new TurnedClock();
  const tokens: string[] = [];
  const functions = {
    ask: (payload: unknown) => void tokens.push(String(membersOf(payload).token)),
    work: work ?? (() => ({})),
  };
  const bench = await openBench({ machines: { twin: machine }, functions, clock });
  const arn = await bench.start("twin", input ?? {});
  for (const happening of happenings) {
    if ("passSeconds" in happening) {
      for (let passed = 0; passed < happening.passSeconds; passed += 1) {
        await clock.advance(1_000);
        await bench.states.settled();
      }
    } else await bench.call(happening.send, { taskToken: tokens.at(-1), ...happening.members });
    await bench.states.settled();
  }
  const { status, error, output } = await bench.describe(arn);
  return { types: await bench.eventTypes(arn), status, error, output };
}

describe("the JSONata twin of an execution recorded on AWS", () => {
  it.each(twins)("ends as AWS does, by the same events: $recorded", async (twin) => {
    const ran = await runTwin(twin);
    expect(ran.status).toBe(twin.ends.status);
    expect(ran.error).toBe(twin.ends.error);
    if (twin.ends.output !== undefined) expect(JSON.parse(String(ran.output))).toEqual(twin.ends.output);
    if (recorded.size > 0) expect(ran.types).toEqual(recorded.get(twin.recorded));
  });
});
