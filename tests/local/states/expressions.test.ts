import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { answersTo, retryDelaySeconds } from "../../../local/states/engine/retry.ts";
import { membersOf, openBench } from "./bench-of-machines.ts";
import { call, machine } from "./machines.ts";

async function outputOf(states: object, input: unknown = {}) {
  const bench = await openBench({ machines: { m: machine({ ...states }) }, functions: { echo: (payload) => payload } });
  const description = await bench.describe(await bench.start("m", input, "e"));
  return description.output === undefined ? description : JSON.parse(String(description.output));
}
const pass = (Output: unknown) => ({ P: { Type: "Pass", Output, End: true } });

describe("an expression", () => {
  it.each([
    ["{% $partition([1..5], 2) %}", [[1, 2], [3, 4], [5]]],
    ["{% $range(0, 10, 5) %}", [0, 5, 10]],
    ["{% $hash('text', 'SHA-256') %}", "982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"],
    ["{% $parse('{\"a\":[1]}') %}", { a: [1] }],
    ["{% $random(7) = $random(7) and $random(7) < 1 %}", true],
    ["{% $length($uuid()) %}", 36],
    ["{% $now() %}", "2026-01-05T09:00:00.000Z"],
    ["{% $now('[Y]') %}", "2026"],
    ["{% $toMillis($now()) = $millis() %}", true],
  ])("has what Step Functions adds, on the clock of this machine: %s", async (expression, expected) => {
    expect(await outputOf(pass(expression))).toEqual(expected);
  });

  it.each([
    "{% $eval('1') %}",
    "{% $hash('a', 'CRC') %}",
    "{% $range(1, 5000, 1) %}",
    "{% 1 + 'a' %}",
    "{% $missing %}",
  ])("fails its state as States.QueryEvaluationError: %s", async (expression) => {
    expect(await outputOf(pass(expression))).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
  });

  it("sees the context: execution, machine, state, item", async () => {
    const each = {
      Type: "Map",
      Items: ["a", "b"],
      ItemProcessor: { StartAt: "P", States: pass("{% $states.context %}") },
      End: true,
    };
    const [, second] = await outputOf({ Each: each }, { from: "input" });
    expect(second).toMatchObject({
      Execution: { Name: "e", Input: { from: "input" }, StartTime: "2026-01-05T09:00:00.000Z", RedriveCount: 0 },
      StateMachine: { Name: "m" },
      State: { Name: "P", EnteredTime: "2026-01-05T09:00:00.000Z" },
      Map: { Item: { Index: 1, Value: "b" } },
    });
  });

  it("sees outer variables inside a branch, which cannot leak its own", async () => {
    const branches = [
      { StartAt: "In", States: { In: { Type: "Pass", Assign: { inner: 2 }, Output: "{% $outer %}", End: true } } },
    ];
    const output = await outputOf({
      Set: { Type: "Pass", Assign: { outer: 1 }, Next: "Both" },
      Both: { Type: "Parallel", Branches: branches, Output: { branches: "{% $states.result %}" }, Next: "After" },
      After: { Type: "Pass", Output: "{% $merge([$states.input, {'leaked': $exists($inner)}]) %}", End: true },
    });
    expect(output).toEqual({ branches: [1], leaked: false });
  });

  it("that fails in a Catch ends the state, instead of being caught by it", async () => {
    const states = {
      Work: call("none", {
        Arguments: { FunctionName: "{% $missing %}" },
        Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $missing %}", Next: "Done" }],
        Next: "Done",
      }),
      Done: { Type: "Succeed" },
    };
    expect(await outputOf(states)).toMatchObject({ status: "FAILED", error: "States.QueryEvaluationError" });
  });

  it("cannot reach a prototype through the data", async () => {
    const output = await outputOf(pass('{% $parse(\'{"__proto__":{"polluted":true}}\') %}'));
    expect(JSON.stringify(output)).toBe('{"__proto__":{"polluted":true}}');
    expect(membersOf({}).polluted).toBeUndefined();
  });
});

describe("a retry", () => {
  const retrier = { ErrorEquals: ["States.ALL"], MaxAttempts: 3, JitterStrategy: "NONE" as const };

  it("backs off by its rate, up to its longest delay, and jitter only shortens it", () => {
    const capped = { ...retrier, IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 };
    expect([0, 1, 2].map((attempt) => retryDelaySeconds(capped, attempt, 0))).toEqual([2, 6, 10]);
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, chance) => {
        const jittered = retryDelaySeconds({ ...capped, JitterStrategy: "FULL" }, attempt, chance);
        expect(jittered).toBeGreaterThanOrEqual(0);
        expect(jittered).toBeLessThanOrEqual(retryDelaySeconds(capped, attempt, 0));
      }),
    );
  });

  it("answers to States.ALL and States.TaskFailed as AWS does", () => {
    const failure = (error: string | null) => ({ error, cause: null });
    expect(answersTo(["States.ALL"], failure("States.Runtime"))).toBe(false);
    expect(answersTo(["States.Runtime"], failure("States.Runtime"))).toBe(false);
    expect(answersTo(["States.ALL"], failure("States.DataLimitExceeded"))).toBe(true);
    expect(answersTo(["States.ALL"], failure(null))).toBe(true);
    expect(answersTo(["States.TaskFailed"], failure("States.Timeout"))).toBe(false);
    expect(answersTo(["States.TaskFailed"], failure("Lambda.Unknown"))).toBe(true);
    expect(answersTo(["Lambda.Unknown"], failure("Lambda.ServiceException"))).toBe(false);
  });

  it("counts in the context and evaluates its arguments again", async () => {
    const clock = new TurnedClock();
    const seen: unknown[] = [];
    const work = call("work", {
      Arguments: { FunctionName: "work", Payload: "{% $states.context.State.RetryCount %}" },
      Retry: [{ ErrorEquals: ["Lambda.Unknown"], MaxAttempts: 2 }],
      End: true,
    });
    const functions = {
      work: (payload: unknown) => {
        seen.push(payload);
        throw new Error("not a TaskFailure");
      },
    };
    const bench = await openBench({ clock, machines: { m: machine({ Work: work }) }, functions });
    const arn = await bench.start("m");
    for (let second = 0; second < 4; second += 1) {
      await clock.advance(1_000);
      await bench.states.settled();
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(await bench.describe(arn)).toMatchObject({
      status: "FAILED",
      error: "Lambda.Unknown",
      cause: "not a TaskFailure",
    });
  });
});
