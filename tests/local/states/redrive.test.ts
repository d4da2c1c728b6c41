import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { TaskFailure } from "../../../local/states/states.ts";
import { membersOf, openBench } from "./bench-of-machines.ts";
import { ask, call, machine } from "./machines.ts";
import { memoryStorage } from "./memory-storage.ts";

/** Functions that fail the first time they are called. */
function failingOnce(name: string) {
  const calls: string[] = [];
  return {
    calls,
    fails: (answer: unknown) => {
      calls.push(name);
      if (calls.length === 1) throw new TaskFailure("Broken", "the first time");
      return answer;
    },
  };
}

describe("RedriveExecution", () => {
  it("takes a failed execution up at the state that failed; what succeeded is not run again", async () => {
    const second = failingOnce("second");
    const first: unknown[] = [];
    const bench = await openBench({
      machines: { two: machine({ First: call("first", { Next: "Second" }), Second: call("second") }) },
      functions: { first: () => first.push(1), second: second.fails },
    });
    const arn = await bench.start("two");
    expect(await bench.describe(arn)).toMatchObject({ status: "FAILED", redriveStatus: "REDRIVABLE", error: "Broken" });
    await bench.call("RedriveExecution", { executionArn: arn });
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: "1", redriveCount: 1 });
    expect(first).toHaveLength(1);
    const types = await bench.eventTypes(arn);
    expect(types.slice(types.indexOf("ExecutionFailed"))).toEqual([
      "ExecutionFailed",
      "ExecutionRedriven",
      "TaskScheduled",
      "TaskStarted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
  });

  it("runs only the branches and iterations that failed or were aborted", async () => {
    const broken = failingOnce("two");
    const ones: unknown[] = [];
    const each = {
      Type: "Map",
      Items: [1, 2, 3],
      MaxConcurrency: 1,
      ItemProcessor: { StartAt: "Item", States: { Item: call("item") } },
      End: true,
    };
    const functions = {
      item: (n: unknown) => {
        if (n === 2) return broken.fails("two");
        ones.push(n);
        return n;
      },
    };
    const storage = memoryStorage();
    const bench = await openBench({ storage, machines: { each: machine({ Each: each }) }, functions });
    const arn = await bench.start("each");
    expect(await bench.describe(arn)).toMatchObject({ status: "FAILED" });
    const after = await openBench({ storage, machines: { each: machine({ Each: each }) }, functions });
    await after.call("RedriveExecution", { executionArn: arn });
    await after.states.settled();
    expect(await after.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: '[1,"two",3]' });
    expect(ones).toEqual([1, 3]);
  });

  it("asks again, with a new token, where a pause was stopped or ran out of time", async () => {
    const clock = new TurnedClock();
    const tokens: string[] = [];
    const functions = { ask: (payload: unknown) => void tokens.push(String(membersOf(payload).token)) };
    const bench = await openBench({
      clock,
      machines: { paused: machine({ Ask: ask() }, { TimeoutSeconds: 60 }) },
      functions,
    });
    const stopped = await bench.start("paused");
    await bench.call("StopExecution", { executionArn: stopped });
    await bench.call("RedriveExecution", { executionArn: stopped });
    await bench.states.settled();
    await expect(bench.call("SendTaskSuccess", { taskToken: tokens[0], output: "1" })).rejects.toMatchObject({
      name: "TaskTimedOut",
    });
    await clock.advance(60_000);
    await bench.states.settled();
    expect(await bench.describe(stopped)).toMatchObject({ status: "TIMED_OUT" });
    await bench.call("RedriveExecution", { executionArn: stopped });
    await bench.states.settled();
    await bench.call("SendTaskSuccess", { taskToken: tokens[2], output: "1" });
    expect(await bench.describe(stopped)).toMatchObject({ status: "SUCCEEDED", redriveCount: 2 });
  });

  it("is refused while the execution runs, after it succeeded, and after 14 days", async () => {
    const clock = new TurnedClock();
    const machines = {
      paused: machine({ Ask: ask() }),
      short: machine({ Pass: { Type: "Pass", End: true } }),
      failing: machine({ Fail: { Type: "Fail" } }),
    };
    const bench = await openBench({ clock, machines });
    const [paused, short, failing] = [
      await bench.start("paused"),
      await bench.start("short"),
      await bench.start("failing"),
    ];
    await clock.advance(14 * 86_400_000 + 1);
    for (const executionArn of [paused, short, failing]) {
      await expect(bench.call("RedriveExecution", { executionArn })).rejects.toMatchObject({
        name: "ExecutionNotRedrivable",
      });
    }
  });
});
