import { expect, it, onTestFinished, vi } from "vitest";
import * as z from "zod";
import { metrics } from "../../shared/aws/observation.ts";
import { maxExecutionDays } from "../../shared/contracts/limits.ts";
import { synthesize } from "../infra/synthesized.ts";
import { executionArn, machineArn } from "../local/states/bench-of-machines.ts";
import { caseId } from "../shared/case/builders.ts";
import { inMemoryAnnouncer } from "../shared/case/in-memory-ports.ts";
import { allStates, machineNames } from "../statemachines/definitions.ts";
import { aWholeCase } from "./a-whole-case.ts";

const hour = 60 * 60;
const day = 24 * hour;
/** Most events in the history of a Standard execution. @see Step Functions developer guide, "Quotas" */
const maxEvents = 25_000;
const stopped = { policy: { stopped: true } };

/** Names of the metrics that functions emitted from now on, until the test ends. */
function metricsEmitted(): readonly string[] {
  const names: string[] = [];
  const spy = vi.spyOn(metrics, "addMetric").mockImplementation((name) => {
    names.push(name);
    return metrics;
  });
  onTestFinished(() => spy.mockRestore());
  return names;
}

it("pitfall 1: nobody ever answers, and the case is asked for again on each rung, rings the alarm, and goes on when somebody does", async () => {
  const emitted = metricsEmitted();
  const waiting = await aWholeCase(stopped);
  const roles: (string | undefined)[] = [];
  for (const seconds of [8 * hour, day, 2 * day, 2 * day]) {
    roles.push((await waiting.waiting())?.role);
    expect(emitted.includes("ReviewUnanswered")).toBe(roles.at(-1) === "owner");
    await waiting.turn(seconds);
  }
  expect(roles).toEqual(["reviewer", "expert", "owner", "owner"]);
  expect(await waiting.execution()).toBe("RUNNING");
  expect((await waiting.answer("olga", { action: "approve" })).status).toBe(200);
  expect(await waiting.execution()).toBe("SUCCEEDED");
});

it("pitfall 1: somebody is told of a review that nobody answers, by an alarm on the very metric that open-review emits", async () => {
  const alarm = z.object({
    Namespace: z.string(),
    MetricName: z.literal("ReviewUnanswered"),
    Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
    AlarmActions: z.array(z.unknown()).min(1),
    Threshold: z.literal(0),
  });
  const alarms = (await synthesize()).ofType("AWS::CloudWatch::Alarm").map(({ Properties }) => Properties);
  const [unanswered] = alarms.flatMap((properties) => alarm.safeParse(properties).data ?? []);
  expect(unanswered?.Dimensions).toEqual([{ Name: "service", Value: "open-review" }]);
});

it("pitfall 5: a review that is opened twice under one name is one review, and the token that lives completes the case", async () => {
  // Stored, then the announcement fails: the state is tried again with a token of its own.
  const failing = inMemoryAnnouncer();
  failing.refuse();
  const again = await aWholeCase({ ...stopped, announcer: failing });
  await again.machines.turnSlowly(60);
  const tokens = again.machines.calls("OpenReview").map(({ taskToken }) => taskToken);
  expect([tokens.length, new Set(tokens).size]).toEqual([2, 2]);
  expect(await again.cases.reviewsOf(caseId)).toMatchObject([{ taskToken: tokens[1] }]);
  expect((await again.answer("rita", { action: "approve" })).status).toBe(200);
  expect(await again.execution()).toBe("SUCCEEDED");
});

it("pitfall 5: no round of a case takes a name that an earlier one had, nor any state of a machine another's", async () => {
  const rounds = await aWholeCase(stopped);
  await rounds.turn(8 * hour);
  await rounds.answer("eva", { action: "escalate", note: "Is this account known?" });
  const reviews = await rounds.cases.reviewsOf(caseId);
  expect(reviews.map(({ reviewId }) => reviewId)).toEqual([1, 2, 3].map((round) => `${caseId}-${round}`));
  expect(new Set(reviews.map(({ taskToken }) => taskToken)).size).toBe(3);
  for (const machine of machineNames) {
    const names = allStates.filter((one) => one.machine === machine).map(({ name }) => name);
    expect([machine, new Set(names).size]).toEqual([machine, names.length]);
  }
});

it("pitfall 12: nothing in an execution reminds anybody: a month of waiting leaves a few events a day, a year of it stays far from 25,000", async () => {
  const waiting = await aWholeCase(stopped);
  const eventsSoFar = async () => {
    const { bench } = waiting.machines;
    const { executions } = z
      .object({ executions: z.array(z.object({ executionArn: z.string() })) })
      .parse(await bench.call("ListExecutions", { stateMachineArn: machineArn("review") }));
    const arns = [executionArn("case", caseId), ...executions.map((one) => one.executionArn)];
    return Math.max(...(await Promise.all(arns.map(async (arn) => (await bench.history(arn)).length))));
  };
  await waiting.turn(8 * hour);
  await waiting.turn(day);
  await waiting.turn(2 * day);
  const before = await eventsSoFar();
  const days = 30;
  for (let turned = 0; turned < days; turned++) await waiting.turn(day);
  const perDay = ((await eventsSoFar()) - before) / days;
  expect(perDay).toBeGreaterThan(0);
  expect(before + perDay * maxExecutionDays).toBeLessThan(maxEvents / 2);
  expect(await waiting.execution()).toBe("RUNNING");
});
