import { describe, expect, it } from "vitest";
import { executionArn, machineArn, openBench } from "./bench-of-machines.ts";
import { ask, call, machine } from "./machines.ts";

const machines = { paused: machine({ Ask: ask() }), short: machine({ Echo: call("echo") }) };
const paused = { stateMachineArn: machineArn("paused") };

describe("StartExecution", () => {
  it("answers the running execution when name and input are repeated", async () => {
    const bench = await openBench({ machines });
    const first = await bench.call("StartExecution", { ...paused, name: "case-1", input: '{"a": 1}' });
    const again = await bench.call("StartExecution", { ...paused, name: "case-1", input: '{"a":1}' });
    expect(again).toEqual(first);
    expect(first.executionArn).toBe(executionArn("paused", "case-1"));
  });

  it("starts one execution when the same name is started many times at once", async () => {
    const asked: unknown[] = [];
    const bench = await openBench({ machines, functions: { ask: (payload) => void asked.push(payload) } });
    const starts = Array.from({ length: 8 }, () => bench.call("StartExecution", { ...paused, name: "case-1" }));
    expect(new Set((await Promise.all(starts)).map(({ startDate }) => startDate)).size).toBe(1);
    await bench.states.settled();
    expect(asked).toHaveLength(1);
  });

  it("refuses a used name with another input, and after the execution ended", async () => {
    const bench = await openBench({ machines });
    await bench.start("paused", {}, "case-1");
    await bench.start("short", {}, "case-1");
    const other = bench.call("StartExecution", { ...paused, name: "case-1", input: "[]" });
    await expect(other).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
    const ended = bench.call("StartExecution", { stateMachineArn: machineArn("short"), name: "case-1" });
    await expect(ended).rejects.toMatchObject({ name: "ExecutionAlreadyExists" });
  });

  it.each(["", "with space", "a/b", "a:b", "a*", "x".repeat(81)])("refuses the name %j", async (name) => {
    const bench = await openBench({ machines });
    await expect(bench.call("StartExecution", { ...paused, name })).rejects.toMatchObject({ name: "InvalidName" });
  });

  it("takes a name of 80 characters, and makes one up where none is given", async () => {
    const bench = await openBench({ machines });
    const name = "x".repeat(80);
    expect((await bench.call("StartExecution", { ...paused, name })).executionArn).toBe(executionArn("paused", name));
    expect((await bench.call("StartExecution", paused)).executionArn).toMatch(/:paused:[\w-]{36}$/);
  });

  it("refuses an input that is not JSON or larger than 262,144 bytes, and a machine that is not there", async () => {
    const bench = await openBench({ machines });
    const start = (input: string) => bench.call("StartExecution", { ...paused, input });
    await expect(start("{")).rejects.toMatchObject({ name: "InvalidExecutionInput" });
    await expect(start(JSON.stringify("é".repeat(131_072)))).rejects.toMatchObject({ name: "ValidationException" });
    const unknown = bench.call("StartExecution", { stateMachineArn: machineArn("none") });
    await expect(unknown).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  });
});
