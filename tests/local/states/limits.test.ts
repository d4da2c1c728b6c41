import { describe, expect, it } from "vitest";
import { membersOf, openBench } from "./bench-of-machines.ts";
import { ask, call, machine } from "./machines.ts";

const end = { Type: "Pass", End: true };

describe("a limit of AWS", () => {
  it("of 262,144 bytes fails a state whose output is larger, not one that just fits", async () => {
    const bench = await openBench({
      machines: { grow: machine({ Grow: { Type: "Pass", Output: "{% $pad('', $states.input, 'x') %}", End: true } }) },
    });
    const fits = await bench.start("grow", 262_142);
    const tooLarge = await bench.start("grow", 262_143);
    expect(await bench.describe(fits)).toMatchObject({ status: "SUCCEEDED" });
    expect(await bench.describe(tooLarge)).toMatchObject({ status: "FAILED", error: "States.DataLimitExceeded" });
  });

  it("of 262,144 bytes refuses a larger task output and leaves the task open", async () => {
    const tokens: unknown[] = [];
    const functions = { ask: (payload: unknown) => void tokens.push(membersOf(payload).token) };
    const bench = await openBench({ machines: { paused: machine({ Ask: ask() }) }, functions });
    const arn = await bench.start("paused");
    const send = bench.call("SendTaskSuccess", { taskToken: tokens[0], output: JSON.stringify("x".repeat(262_143)) });
    await expect(send).rejects.toMatchObject({ name: "ValidationException" });
    expect(await bench.describe(arn)).toMatchObject({ status: "RUNNING" });
  });

  it("of 25,000 events fails an execution that loops, and catches nothing", async () => {
    const loop = { Type: "Pass", Next: "Again" };
    const bench = await openBench({ machines: { loop: machine({ Again: loop, Never: end }) } });
    const arn = await bench.start("loop");
    expect(await bench.describe(arn)).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      cause: "The execution reached the maximum number of history events (25000).",
    });
    const { events } = await bench.call("GetExecutionHistory", {
      executionArn: arn,
      reverseOrder: true,
      maxResults: 1,
    });
    expect(events).toEqual([expect.objectContaining({ id: 25_000, type: "ExecutionFailed" })]);
  }, 30_000);

  it("that is not one: States.ALL does not catch States.Runtime", async () => {
    const wrong = {
      ...call("work"),
      Arguments: "{% {'Function': 'work'} %}",
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Caught" }],
    };
    const bench = await openBench({ machines: { wrong: machine({ Work: wrong, Caught: end }) } });
    expect(await bench.describe(await bench.start("wrong"))).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
    });
  });
});
