import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { executionArn, machineArn, membersOf, openBench } from "./bench-of-machines.ts";
import { ask, call, machine, startAndAwait } from "./machines.ts";
import { killable, memoryStorage } from "./memory-storage.ts";

const caught = { Catch: [{ ErrorEquals: ["States.TaskFailed"], Next: "Caught" }], Next: "Done" };
const end = { Type: "Pass", End: true };

describe("a nested execution", () => {
  it("gives its description, with input and output as JSON, to the state that waits for it", async () => {
    const machines = { parent: machine({ Nest: startAndAwait("child") }), child: machine({ Double: call("double") }) };
    const functions = { double: (payload: unknown) => ({ twice: Number(membersOf(payload).n) * 2 }) };
    const bench = await openBench({ machines, functions });
    const arn = await bench.start("parent", { n: 21 });
    const output = membersOf(JSON.parse(String((await bench.describe(arn)).output)));
    expect(output).toMatchObject({
      Status: "SUCCEEDED",
      Input: { n: 21 },
      Output: { twice: 42 },
      StateMachineArn: machineArn("child"),
    });
    expect(await bench.eventTypes(arn)).toEqual([
      "ExecutionStarted",
      "TaskStateEntered",
      "TaskScheduled",
      "TaskStarted",
      "TaskSubmitted",
      "TaskSucceeded",
      "TaskStateExited",
      "ExecutionSucceeded",
    ]);
    expect(await bench.states.billedTransitions(arn)).toBe(1);
    expect(await bench.states.billedTransitions(arn, true)).toBe(2);
  });

  it("that fails fails the state as States.TaskFailed, its description in the cause", async () => {
    const child = machine({ No: { Type: "Fail", Error: "Refused", Cause: "no such document" } });
    const bench = await openBench({
      machines: { parent: machine({ Nest: startAndAwait("child", caught), Done: end, Caught: end }), child },
    });
    const arn = await bench.start("parent");
    const { Error: error, Cause: cause } = membersOf(JSON.parse(String((await bench.describe(arn)).output)));
    expect(error).toBe("States.TaskFailed");
    expect(JSON.parse(String(cause))).toMatchObject({ Status: "FAILED", Error: "Refused", Cause: "no such document" });
  });

  it("is stopped when its parent is stopped, or gives up waiting", async () => {
    const clock = new TurnedClock();
    const machines = {
      parent: machine({ Nest: startAndAwait("child", { TimeoutSeconds: 60, End: true }) }),
      child: machine({ Ask: ask() }),
    };
    const bench = await openBench({ machines, clock });
    const stopped = await bench.start("parent");
    await bench.call("StopExecution", { executionArn: stopped });
    const late = await bench.start("parent");
    await clock.advance(60_000);
    await bench.states.settled();
    expect(await bench.describe(late)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    const { executions } = await bench.call("ListExecutions", {
      stateMachineArn: machineArn("child"),
      statusFilter: "ABORTED",
    });
    expect(executions).toHaveLength(2);
  });

  it("runs on by itself when the parent only starts it", async () => {
    const start = {
      Type: "Task",
      Resource: "arn:aws:states:::states:startExecution",
      Arguments: {
        StateMachineArn: machineArn("child"),
        Name: "the-child",
        Input: { from: "{% $states.context.Execution.Name %}" },
      },
      Output: "{% $states.result.ExecutionArn %}",
      End: true,
    };
    const bench = await openBench({ machines: { parent: machine({ Start: start }), child: machine({ Ask: ask() }) } });
    const arn = await bench.start("parent", {}, "p");
    const child = executionArn("child", "the-child");
    expect(await bench.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: JSON.stringify(child) });
    expect(await bench.describe(child)).toMatchObject({ status: "RUNNING", input: '{"from":"p"}' });
  });

  it("wakes its parent after a crash and a restart, and neither is run twice", async () => {
    const storage = memoryStorage();
    const tokens: string[] = [];
    const machines = { parent: machine({ Nest: startAndAwait("child") }), child: machine({ Ask: ask() }) };
    const functions = { ask: (payload: unknown) => void tokens.push(String(membersOf(payload).token)) };
    const disk = killable(storage);
    const before = await openBench({ storage: disk, machines, functions });
    const arn = await before.start("parent");
    disk.kill();
    const after = await openBench({ storage, machines, functions });
    await after.call("SendTaskSuccess", { taskToken: tokens[0], output: '"answered"' });
    await after.states.settled();
    expect(JSON.parse(String((await after.describe(arn)).output))).toMatchObject({ Output: "answered" });
    expect(tokens).toHaveLength(1);
  });
});
