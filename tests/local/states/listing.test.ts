import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { machineArn, membersOf, openBench } from "./bench-of-machines.ts";
import { ask, machine } from "./machines.ts";
import { memoryStorage } from "./memory-storage.ts";

const machines = {
  paused: machine({ Ask: ask() }),
  short: machine({ Pass: { Type: "Pass", End: true } }),
};

describe("a list", () => {
  it("of executions is newest first, page by page, filtered by status", async () => {
    const clock = new TurnedClock();
    const bench = await openBench({ clock, machines });
    for (const name of ["a", "b", "c", "d", "e"]) {
      await bench.start("paused", {}, name);
      await clock.advance(1_000);
    }
    await bench.call("StopExecution", {
      executionArn: String(
        (await bench.call("StartExecution", { stateMachineArn: machineArn("paused"), name: "f" })).executionArn,
      ),
    });
    const pages: unknown[][] = [];
    let nextToken: unknown;
    do {
      const page = await bench.call("ListExecutions", {
        stateMachineArn: machineArn("paused"),
        statusFilter: "RUNNING",
        maxResults: 2,
        ...(nextToken === undefined ? {} : { nextToken }),
      });
      pages.push((Array.isArray(page.executions) ? page.executions : []).map((execution) => membersOf(execution).name));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(pages).toEqual([["e", "d"], ["c", "b"], ["a"]]);
  });

  it("of events is read forwards, backwards, page by page, and without data", async () => {
    const bench = await openBench({ machines });
    const executionArn = await bench.start("short", { secret: "text" });
    const page = await bench.call("GetExecutionHistory", { executionArn, maxResults: 3 });
    const rest = await bench.call("GetExecutionHistory", { executionArn, maxResults: 3, nextToken: page.nextToken });
    const ids = [page, rest].map(({ events }) => (Array.isArray(events) ? events.map(({ id }) => id) : []));
    expect(ids).toEqual([[1, 2, 3], [4]]);
    expect(rest.nextToken).toBeUndefined();
    const backwards = await bench.call("GetExecutionHistory", { executionArn, reverseOrder: true });
    expect(Array.isArray(backwards.events) ? backwards.events.map(({ type }) => type) : []).toEqual([
      "ExecutionSucceeded",
      "PassStateExited",
      "PassStateEntered",
      "ExecutionStarted",
    ]);
    const bare = await bench.call("GetExecutionHistory", { executionArn, includeExecutionData: false });
    expect(JSON.stringify(bare)).not.toContain("secret");
  });

  it("of machines names each, with its definition on request; what is not there is said so", async () => {
    const bench = await openBench({ machines });
    const { stateMachines } = await bench.call("ListStateMachines", {});
    expect(stateMachines).toEqual(
      Object.keys(machines).map((name) => expect.objectContaining({ name, type: "STANDARD" })),
    );
    await expect(bench.call("DescribeExecution", { executionArn: "arn:none" })).rejects.toMatchObject({
      name: "ExecutionDoesNotExist",
    });
    await expect(bench.call("StartSyncExecution", {})).rejects.toMatchObject({ name: "NotImplemented" });
    await expect(bench.call("DescribeExecution", { executionArn: 1 })).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});

describe("the bus", () => {
  it("hears of every change of status, in AWS's shape", async () => {
    const bench = await openBench({ machines });
    const arn = await bench.start("short", { a: 1 }, "s");
    expect(bench.events.map(({ detail }) => membersOf(detail).status)).toEqual(["RUNNING", "SUCCEEDED"]);
    expect(bench.events[1]).toEqual({
      source: "aws.states",
      detailType: "Step Functions Execution Status Change",
      resources: [arn],
      detail: {
        executionArn: arn,
        stateMachineArn: machineArn("short"),
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        name: "s",
        status: "SUCCEEDED",
        startDate: Date.parse("2026-01-05T09:00:00.000Z"),
        stopDate: Date.parse("2026-01-05T09:00:00.000Z"),
        input: '{"a":1}',
        inputDetails: { included: true },
        output: '{"a":1}',
        outputDetails: { included: true },
        error: null,
        cause: null,
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: "NOT_REDRIVABLE",
        redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
      },
    });
  });

  it("hears what it refused again later, also after a restart", async () => {
    const clock = new TurnedClock();
    const storage = memoryStorage();
    const publishEvent = async () => {
      throw new Error("The bus is down.");
    };
    const down = await openBench({ clock, storage, machines, publishEvent });
    await down.start("short");
    await down.states.close();
    const up = await openBench({ clock, storage, machines });
    await up.states.settled();
    expect(up.events.map(({ detail }) => membersOf(detail).status).sort()).toEqual(["RUNNING", "SUCCEEDED"]);
    const again = await openBench({ clock, storage, machines });
    await again.states.settled();
    expect(again.events).toEqual([]);
  });
});
