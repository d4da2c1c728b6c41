import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { TaskFailure } from "../../../local/states/states.ts";
import { membersOf, openBench } from "./bench-of-machines.ts";
import { ask, call, machine } from "./machines.ts";

const end = { Type: "Pass", End: true };
const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });
const broken = () => {
  throw new TaskFailure("Broken", null);
};

describe("a branch that fails", () => {
  it("aborts what the others wait for, each once, at any depth", async () => {
    const inner = { Type: "Parallel", Branches: [branch("Fails", call("broken")), branch("Asks", ask())], End: true };
    const outer = {
      Type: "Parallel",
      Branches: [branch("Inner", inner), branch("Waits", { Type: "Wait", Seconds: 60, End: true })],
      Catch: [{ ErrorEquals: ["Broken"], Next: "Caught" }],
      Next: "Done",
    };
    const tokens: unknown[] = [];
    const bench = await openBench({
      machines: { nested: machine({ Outer: outer, Done: end, Caught: end }) },
      functions: { broken, ask: (payload) => void tokens.push(membersOf(payload).token) },
    });
    const arn = await bench.start("nested");
    const types = await bench.eventTypes(arn);
    const ends = types.filter((type) => /Aborted|StateFailed|TaskFailed/.test(type));
    expect(ends).toEqual([
      "TaskFailed",
      "TaskStateAborted",
      "TaskStateAborted",
      "ParallelStateFailed",
      "WaitStateAborted",
      "ParallelStateFailed",
    ]);
    expect(await bench.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: '{"Error":"Broken","Cause":null}' });
    const late = bench.call("SendTaskSuccess", { taskToken: tokens[0], output: "1" });
    await expect(late).rejects.toMatchObject({ name: "TaskTimedOut" });
  });

  it("takes what it caught inside, and lets the others go on", async () => {
    const mended = call("broken", { Catch: [{ ErrorEquals: ["States.ALL"], Next: "Mend" }], End: true });
    const both = {
      Type: "Parallel",
      Branches: [
        { StartAt: "Fails", States: { Fails: mended, Mend: { ...end, Output: "mended" } } },
        branch("Works", call("echo")),
      ],
      End: true,
    };
    const bench = await openBench({ machines: { both: machine({ Both: both }) }, functions: { broken } });
    const { output } = await bench.describe(await bench.start("both", { a: 1 }));
    expect(output).toBe('["mended",{"a":1}]');
  });
});

describe("a function's payload", () => {
  it.each([
    ['"text"', { status: "SUCCEEDED", output: '"text"' }],
    ["text", { status: "FAILED", error: "Lambda.InvalidRequestContentException" }],
  ])("that is a string is JSON text already, as recorded on AWS: %s", async (payload, expected) => {
    const bench = await openBench({ machines: { echo: machine({ Echo: call("echo") }) } });
    expect(await bench.describe(await bench.start("echo", payload))).toMatchObject(expected);
  });
});

describe("iterations", () => {
  it("run as many at once as MaxConcurrency says, and answer in the order of their items", async () => {
    const atWork = new Set<unknown>();
    const most: number[] = [];
    const releases: (() => void)[] = [];
    const each = {
      Type: "Map",
      Items: "{% [1..6] %}",
      MaxConcurrency: 2,
      ItemSelector: { n: "{% $states.context.Map.Item.Value %}" },
      ItemProcessor: branch("Item", call("item")),
      End: true,
    };
    const item = async (payload: unknown) => {
      atWork.add(payload);
      most.push(atWork.size);
      await new Promise<void>((resolve) => releases.unshift(resolve));
      atWork.delete(payload);
      return Number(membersOf(payload).n) * 10;
    };
    const bench = await openBench({ machines: { each: machine({ Each: each }) }, functions: { item } });
    const arn = await bench.start("each");
    while (atWork.size > 0) {
      releases.shift()?.();
      await bench.states.settled();
    }
    expect(await bench.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: "[10,20,30,40,50,60]" });
    expect(Math.max(...most)).toBe(2);
  });

  it("still time out after an execution was redriven while an older call was under way", async () => {
    const clock = new TurnedClock();
    const releases: (() => void)[] = [];
    const work = () => new Promise<void>((resolve) => releases.push(resolve));
    const bench = await openBench({
      clock,
      machines: { slow: machine({ Work: call("work", { TimeoutSeconds: 60, End: true }) }) },
      functions: { work },
    });
    const arn = await bench.start("slow");
    await bench.call("StopExecution", { executionArn: arn });
    await bench.call("RedriveExecution", { executionArn: arn });
    await bench.states.settled();
    releases[0]?.();
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: "RUNNING" });
    await clock.advance(60_000);
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
  });
});
