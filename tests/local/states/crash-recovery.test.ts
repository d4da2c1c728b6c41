import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import type { Storage } from "../../../local/storage/storage.ts";
import { openStorage } from "../../../local/storage/storage.ts";
import { executionArn, machineArn, membersOf, openBench } from "./bench-of-machines.ts";
import { ask, call, machine, startAndAwait } from "./machines.ts";
import { killable, memoryStorage } from "./memory-storage.ts";

/** A bit of everything that waits: calls, a child, iterations two at a time, a timer, a person. */
const machines = {
  case: machine({
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Work", States: { Work: call("work") } },
        {
          StartAt: "Nest",
          States: { Nest: startAndAwait("child", { Output: "{% $states.result.Output %}", End: true }) },
        },
      ],
      Assign: { both: "{% $states.result %}" },
      Next: "Each",
    },
    Each: {
      Type: "Map",
      Items: [1, 2, 3],
      MaxConcurrency: 2,
      ItemProcessor: { StartAt: "Item", States: { Item: call("item") } },
      Next: "Cool",
    },
    Cool: { Type: "Wait", Seconds: 3_600, Next: "Ask" },
    Ask: ask({
      Output: { both: "{% $both %}", each: "{% $states.input %}", answer: "{% $states.result %}" },
      End: true,
    }),
  }),
  child: machine({ ChildWork: call("childWork") }),
};

const arn = executionArn("case", "case-1");

/** Runs, or runs on, until the end or until the process is dead. `tokens` are what the person was given, by this process or one before. */
async function runOn(storage: Storage, clock: TurnedClock, tokens: string[], dead: () => boolean) {
  const bench = await openBench({
    storage,
    clock,
    machines,
    functions: {
      work: () => "worked",
      item: (n) => Number(n) * 10,
      childWork: () => "child worked",
      ask: (payload) => void tokens.push(String(membersOf(payload).token)),
    },
  });
  // StartExecution is repeated as a client does that got no answer.
  void bench.call("StartExecution", { stateMachineArn: machineArn("case"), name: "case-1" }).catch(() => undefined);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
  for (let round = 0; round < 12 && !dead(); round += 1) {
    await pause();
    await clock.advance(600_000);
    await pause();
    const taskToken = tokens.at(-1);
    if (taskToken !== undefined)
      void bench.call("SendTaskSuccess", { taskToken, output: '"approved"' }).catch(() => undefined);
  }
  return bench;
}

describe("a killed process", () => {
  it("leaves an execution that runs on to the same end, by the same events, wherever it was killed", async () => {
    const whole = await runOn(memoryStorage(), new TurnedClock(), [], () => false);
    const events = await whole.eventTypes(arn);
    const { output } = await whole.describe(arn);
    expect(JSON.parse(String(output))).toEqual({
      both: ["worked", "child worked"],
      each: [10, 20, 30],
      answer: "approved",
    });

    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 3, max: 14 }), { minLength: 1, maxLength: 3 }), async (kills) => {
        const disk = memoryStorage();
        const clock = new TurnedClock();
        const tokens: string[] = [];
        for (const writes of kills) {
          const dying = killable(disk, writes);
          await runOn(dying, clock, tokens, dying.dead);
          dying.kill();
        }
        const last = await runOn(disk, clock, tokens, () => false);
        await last.states.settled();
        expect(await last.describe(arn)).toMatchObject({ status: "SUCCEEDED", output });
        expect((await last.eventTypes(arn)).sort()).toEqual([...events].sort());
        const children = await last.call("ListExecutions", { stateMachineArn: machineArn("child") });
        expect(children.executions).toHaveLength(1);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  it("makes a call under way again with the same token, and no call that was submitted", async () => {
    const disk = memoryStorage();
    const first = killable(disk);
    const pausedMachines = { paused: machine({ Ask: ask() }) };
    const tokens: string[] = [];
    const keep = (payload: unknown) => void tokens.push(String(membersOf(payload).token));
    const before = await openBench({
      storage: first,
      machines: pausedMachines,
      functions: {
        ask: (payload) => {
          keep(payload);
          return new Promise(() => undefined);
        },
      },
    });
    await before.start("paused", {}, "p");
    first.kill();
    const second = killable(disk);
    const again = await openBench({ storage: second, machines: pausedMachines, functions: { ask: keep } });
    await again.states.settled();
    expect(tokens).toHaveLength(2);
    expect(tokens[1]).toBe(tokens[0]);
    second.kill();
    const after = await openBench({ storage: disk, machines: pausedMachines, functions: { ask: keep } });
    await after.states.settled();
    expect(tokens).toHaveLength(2);
    await after.call("SendTaskSuccess", { taskToken: tokens[0], output: "1" });
    expect(await after.describe(executionArn("paused", "p"))).toMatchObject({ status: "SUCCEEDED" });
  });

  it("does not ask again, under a dead token, what timed out while it was down", async () => {
    const disk = memoryStorage();
    const first = killable(disk);
    const clock = new TurnedClock();
    const pausedMachines = { paused: machine({ Ask: ask({ TimeoutSeconds: 60, End: true }) }) };
    const asked: unknown[] = [];
    const never = (payload: unknown) => {
      asked.push(payload);
      return new Promise(() => undefined);
    };
    const before = await openBench({ storage: first, clock, machines: pausedMachines, functions: { ask: never } });
    const paused = await before.start("paused");
    first.kill();
    const later = new TurnedClock(new Date(clock.now().getTime() + 60_000));
    const after = await openBench({ storage: disk, clock: later, machines: pausedMachines, functions: { ask: never } });
    await after.states.settled();
    expect(await after.describe(paused)).toMatchObject({ status: "FAILED", error: "States.Timeout" });
    expect(asked).toHaveLength(1);
  });

  it("makes no call twice that was made between opening and recovering", async () => {
    const disk = memoryStorage();
    const first = killable(disk);
    const pausedMachines = { paused: machine({ Ask: ask({ Next: "Call" }), Call: call("work") }) };
    const tokens: string[] = [];
    const work: unknown[] = [];
    const functions = {
      ask: (payload: unknown) => void tokens.push(String(membersOf(payload).token)),
      work: (payload: unknown) => {
        work.push(payload);
        return new Promise(() => undefined);
      },
    };
    const before = await openBench({ storage: first, machines: pausedMachines, functions });
    await before.start("paused");
    first.kill();
    const after = await openBench({ storage: disk, machines: pausedMachines, functions, recovers: false });
    await after.call("SendTaskSuccess", { taskToken: tokens[0], output: "1" });
    await after.call("StartExecution", { stateMachineArn: machineArn("paused") });
    await after.states.recover();
    await after.states.settled();
    expect(work).toEqual([1]);
    expect(tokens).toHaveLength(2);
  });

  it("keeps an answer that was acknowledged, and takes no second one", async () => {
    const disk = memoryStorage();
    const first = killable(disk);
    const pausedMachines = { paused: machine({ Ask: ask({ Next: "Call" }), Call: call("slow") }) };
    const tokens: string[] = [];
    const functions = {
      ask: (payload: unknown) => void tokens.push(String(membersOf(payload).token)),
      slow: (): unknown => new Promise(() => undefined),
    };
    const before = await openBench({ storage: first, machines: pausedMachines, functions });
    const paused = await before.start("paused");
    await before.call("SendTaskSuccess", { taskToken: tokens[0], output: '{"approved":true}' });
    first.kill();
    const after = await openBench({
      storage: disk,
      machines: pausedMachines,
      functions: { ...functions, slow: (payload) => payload },
    });
    await after.states.settled();
    const again = after.call("SendTaskSuccess", { taskToken: tokens[0], output: '{"approved":false}' });
    await expect(again).rejects.toMatchObject({ name: "TaskTimedOut" });
    expect(await after.describe(paused)).toMatchObject({ status: "SUCCEEDED", output: '{"approved":true}' });
  });

  it("loses no execution on a real disk when it gets SIGKILL amid its work", async () => {
    const directory = mkdtempSync(join(tmpdir(), "signoff-states-"));
    const acknowledged = await startUntilKilled(directory, 40);
    const storage = await openStorage(directory);
    const bench = await openBench({ storage, machines: { echo: machine({ Echo: call("echo") }) } });
    await bench.states.settled();
    for (const name of acknowledged) {
      expect(await bench.describe(executionArn("echo", name))).toMatchObject({ status: "SUCCEEDED" });
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(40);
    await bench.states.close();
    await storage.close();
    rmSync(directory, { recursive: true });
  }, 30_000);
});

/** Starts executions in a process of their own, and kills it once `enough` starts were answered. Returns the names answered. */
function startUntilKilled(directory: string, enough: number): Promise<string[]> {
  const script = fileURLToPath(new URL("start-until-killed.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, directory], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let heard = "";
  child.stdout.on("data", (chunk) => {
    heard += chunk;
    if (heard.split("\n").length > enough) child.kill("SIGKILL");
  });
  return new Promise((resolve) => child.on("close", () => resolve(heard.split("\n").slice(0, -1))));
}
