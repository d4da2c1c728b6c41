import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { TaskFailure } from "../../../local/states/states.ts";
import { openBench } from "./bench-of-machines.ts";
import { ask, call, machine } from "./machines.ts";
import { killable, memoryStorage } from "./memory-storage.ts";

const daySeconds = 86_400;
const end = { Type: "Pass", End: true };

describe("a wait", () => {
  it("of thirty days plays in one turn of the clock, not a day earlier", async () => {
    const clock = new TurnedClock();
    const bench = await openBench({
      clock,
      machines: { slow: machine({ Wait: { Type: "Wait", Seconds: 30 * daySeconds, End: true } }) },
    });
    const arn = await bench.start("slow");
    await clock.advance(29 * daySeconds * 1_000);
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: "RUNNING" });
    await clock.advance(daySeconds * 1_000);
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: "SUCCEEDED" });
  });

  it("until a timestamp ends at that instant", async () => {
    const clock = new TurnedClock(new Date("2026-01-05T09:00:00.000Z"));
    const until = { Type: "Wait", Timestamp: "{% $states.input.until %}", End: true };
    const bench = await openBench({ clock, machines: { until: machine({ Wait: until }) } });
    const arn = await bench.start("until", { until: "2026-01-05T12:00:00+02:00" });
    await clock.advance(2 * 3_600_000);
    await bench.states.settled();
    expect((await bench.describe(arn)).stopDate).toBe(Date.parse("2026-01-05T10:00:00Z") / 1_000);
  });

  it("for a person ends with the time-out, caught, after thirty days", async () => {
    const clock = new TurnedClock();
    const escalate = {
      TimeoutSeconds: "{% $states.input.days * 86400 %}",
      Catch: [{ ErrorEquals: ["States.Timeout"], Next: "Escalate" }],
    };
    const bench = await openBench({
      clock,
      machines: { review: machine({ Ask: ask({ ...escalate, Next: "Done" }), Done: end, Escalate: end }) },
    });
    const arn = await bench.start("review", { days: 30 });
    await clock.advance(30 * daySeconds * 1_000);
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: '{"Error":"States.Timeout","Cause":""}',
    });
  });

  it("for a heartbeat can be caught as States.HeartbeatTimeout, too", async () => {
    const clock = new TurnedClock();
    const caught = { HeartbeatSeconds: 10, Catch: [{ ErrorEquals: ["States.HeartbeatTimeout"], Next: "Silent" }] };
    const bench = await openBench({
      clock,
      machines: { watched: machine({ Ask: ask({ ...caught, Next: "Done" }), Done: end, Silent: end }) },
    });
    const arn = await bench.start("watched");
    await clock.advance(10_000);
    await bench.states.settled();
    expect(await bench.eventTypes(arn)).toContain("TaskTimedOut");
    expect(await bench.describe(arn)).toMatchObject({ status: "SUCCEEDED" });
  });

  it("of the whole execution ends it as TIMED_OUT", async () => {
    const clock = new TurnedClock();
    const bench = await openBench({ clock, machines: { limited: machine({ Ask: ask() }, { TimeoutSeconds: 60 }) } });
    const arn = await bench.start("limited");
    await clock.advance(60_000);
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: "TIMED_OUT" });
    expect((await bench.eventTypes(arn)).at(-1)).toBe("ExecutionTimedOut");
  });

  it("for a retry survives a crash: the call is made when it was due, and not before", async () => {
    const clock = new TurnedClock();
    const storage = memoryStorage();
    const retried = { Retry: [{ ErrorEquals: ["Throttled"], IntervalSeconds: 3_600, MaxAttempts: 1 }], End: true };
    const machines = { patient: machine({ Work: call("work", retried) }) };
    const throttled = () => {
      throw new TaskFailure("Throttled", null);
    };
    const before = killable(storage);
    const bench = await openBench({ clock, storage: before, machines, functions: { work: throttled } });
    const arn = await bench.start("patient");
    before.kill();
    const calls: unknown[] = [];
    const after = await openBench({ clock, storage, machines, functions: { work: () => calls.push(1) } });
    await clock.advance(3_599_000);
    await after.states.settled();
    expect(calls).toHaveLength(0);
    await clock.advance(1_000);
    await after.states.settled();
    expect(calls).toHaveLength(1);
    expect(await after.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: "1" });
    expect(await after.states.billedTransitions(arn)).toBe(2);
  });
});
