import { describe, expect, it } from "vitest";
import { recoveryRouting } from "../../../shared/case/case-input.ts";
import type { CaseRecord } from "../../../shared/case/case-record.ts";
import type { ExecutionStatus } from "../../../shared/case/executions.ts";
import { graceSeconds, reconcile, reconcileCase } from "../../../shared/case/reconcile.ts";
import {
  aCase,
  aDecision,
  aPass,
  aReview,
  aReviewDisposition,
  caseId,
  caseIdNumber,
  later,
  threeRungs,
} from "./builders.ts";
import { inMemoryCases } from "./in-memory-cases.ts";
import { inMemoryExecutions } from "./in-memory-ports.ts";

const anHouse = (record: Partial<CaseRecord>, status: ExecutionStatus) => {
  const cases = inMemoryCases();
  cases.given(aCase(record));
  const clock = { now: later(graceSeconds + 1) };
  const executions = inMemoryExecutions({ [record.executionName ?? caseId]: status });
  return { cases, openCases: cases, executions, clock, now: () => clock.now };
};

/** States a case can be in, with where it goes on when its execution is dead. */
const states = [
  ["opened", {}, "review", recoveryRouting("invoices"), 1],
  ["gated, to be reviewed", { disposition: aReviewDisposition() }, "review", threeRungs, 1],
  [
    "waiting in its second round",
    { status: "waiting", disposition: aReviewDisposition(), rounds: 2 },
    "review",
    threeRungs,
    3,
  ],
  ["passed", { status: "decided", disposition: aPass() }, "deliver", null, 1],
  [
    "passed, but a person was asked after all",
    { status: "waiting", disposition: aPass(), rounds: 1 },
    "review",
    recoveryRouting("invoices"),
    2,
  ],
  [
    "decided",
    { status: "decided", disposition: aReviewDisposition(), decision: aDecision(), rounds: 1 },
    "deliver",
    null,
    1,
  ],
] as const;

describe("a case whose execution has ended", () => {
  for (const ended of ["dead", "succeeded"] as const) {
    it.each(states)(`(${ended}) and that is %s goes on`, async (_, record, enterAt, routing, round) => {
      const house = anHouse(record, ended);
      expect(await reconcile(house)).toEqual({ recovered: [caseId], failed: [] });
      expect(house.executions.started).toMatchObject([
        { name: `${caseId}-e1`, input: { caseId, workflow: "invoices", enterAt, routing, round } },
      ]);
      expect(await house.cases.find(caseId)).toMatchObject({ executionName: `${caseId}-e1`, recoveries: 1 });
      expect(await house.cases.history(caseId)).toMatchObject([{ type: "CaseRecovered", details: { enterAt } }]);
    });
  }

  it("is left alone once it is closed", async () => {
    const house = anHouse({ status: "closed" }, "dead");
    expect(await reconcileCase(caseId, house)).toBe(false);
    expect((await reconcile(house)).recovered).toEqual([]);
  });
});

describe("a case whose execution runs", () => {
  it.each(states)("is left alone: %s", async (_, record) => {
    const house = anHouse(record, "running");
    expect(await reconcileCase(caseId, house)).toBe(false);
    expect(house.executions.started).toEqual([]);
    expect(await house.cases.history(caseId)).toEqual([]);
  });
});

describe("a case whose execution was never started", () => {
  it("is started under its first name, from the beginning", async () => {
    const house = anHouse({}, "unknown");
    expect((await reconcile(house)).recovered).toEqual([caseId]);
    expect(house.executions.started).toMatchObject([{ name: caseId, input: { enterAt: "automate", round: 1 } }]);
  });

  it("is started as its recovery, when the crash came between writing the recovery and starting it", async () => {
    const house = anHouse({}, "dead");
    const crash = { ...house, executions: { ...house.executions, start: () => Promise.reject(new Error("Crash.")) } };
    await expect(reconcileCase(caseId, crash)).rejects.toThrow("Crash.");
    expect(await reconcileCase(caseId, house)).toBe(true);
    expect(house.executions.started).toMatchObject([{ name: `${caseId}-e1`, input: { enterAt: "review", round: 1 } }]);
    expect(await house.cases.history(caseId)).toHaveLength(1);
  });

  it("is given five minutes to start by itself", async () => {
    const house = anHouse({}, "unknown");
    house.clock.now = later(graceSeconds);
    expect((await reconcile(house)).recovered).toEqual([]);
  });
});

describe("a case that dies again and again", () => {
  it("pitfall 9: is continued at ever longer intervals, from five minutes to a day, and never given up", async () => {
    const house = anHouse({}, "dead");
    const pauses: number[] = [];
    let last = house.clock.now;
    for (let recovery = 1; recovery <= 12; recovery++) {
      while (!(await reconcileCase(caseId, house))) house.clock.now = later(graceSeconds, house.clock.now);
      pauses.push((house.clock.now.getTime() - last.getTime()) / 60_000);
      last = house.clock.now;
      house.executions.become(`${caseId}-e${recovery}`, "dead");
    }
    expect(pauses).toEqual([0, 5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]);
  });
});

describe("a pass over all open cases", () => {
  it("is not held up by one that cannot be looked at", async () => {
    const house = anHouse({}, "dead");
    const [broken, healthy] = [caseIdNumber(5), caseIdNumber(6)];
    house.cases.given(aCase({ caseId: broken, executionName: broken, openedAt: later(-60).toISOString() }));
    house.cases.given(aCase({ caseId: healthy, executionName: healthy }));
    house.executions.become(healthy, "dead");
    const executions = {
      ...house.executions,
      statusOf: (name: string) =>
        name === broken ? Promise.reject(new Error("Throttled.")) : house.executions.statusOf(name),
    };
    const { recovered, failed } = await reconcile({ ...house, executions });
    expect(recovered).toEqual([caseId, healthy]);
    expect(failed.map((failure) => failure.caseId)).toEqual([broken]);
  });
});

it("yields to whoever moved the case on meanwhile", async () => {
  const house = anHouse({ status: "waiting", rounds: 1 }, "dead");
  const review = aReview();
  house.cases.given(aCase({ status: "waiting", rounds: 1 }), review);
  house.cases.meanwhile(async () => {
    const before = await house.cases.find(caseId);
    if (!before) throw new Error("The case is missing.");
    const after = { ...before, status: "decided" as const, decision: aDecision() };
    const entry = {
      type: "ReviewDecided" as const,
      actor: { kind: "person" as const, id: "rita", name: "Rita" },
      summary: "Approved it",
      details: {},
    };
    await house.cases.commit({ before, after, entry }, later(0));
  });
  expect(await reconcileCase(caseId, house)).toBe(false);
  expect(house.executions.started).toEqual([]);
  expect(await reconcileCase(caseId, house)).toBe(true);
  expect(house.executions.started).toMatchObject([{ input: { enterAt: "deliver" } }]);
});

it("ignores a case that does not exist", async () => {
  expect(await reconcileCase(caseIdNumber(9), anHouse({}, "dead"))).toBe(false);
});

describe("a case goes on at the step where it was", () => {
  const step = { cause: "adjudication" as const, routing: threeRungs, rung: 1 };

  it("with its rung and what it is about", async () => {
    const house = anHouse({ status: "waiting", disposition: aReviewDisposition(), rounds: 4, step }, "dead");
    await reconcile(house);
    expect(house.executions.started[0]?.input).toMatchObject({
      enterAt: "review",
      round: 5,
      rung: 1,
      cause: "adjudication",
    });
  });

  it("or at the one that the latest answer asks for, where that was not opened yet", async () => {
    const next = { cause: "second-look" as const, routing: threeRungs, rung: 0 };
    const house = anHouse({ status: "waiting", disposition: aReviewDisposition(), rounds: 1, step, next }, "dead");
    await reconcile(house);
    expect(house.executions.started[0]?.input).toMatchObject({ round: 2, rung: 0, cause: "second-look" });
  });

  it("at its audit, where the outcome is out already", async () => {
    const next = { cause: "audit" as const, routing: threeRungs, rung: 0 };
    const record = {
      status: "auditing",
      audit: "due",
      outcomes: 1,
      disposition: aPass({ audited: true }),
      next,
    } as const;
    const house = anHouse(record, "dead");
    await reconcile(house);
    expect(house.executions.started[0]?.input).toMatchObject({ enterAt: "review", round: 1, cause: "audit" });
  });
});

describe("an execution that gets too old to go on", () => {
  const old = later(-331 * 86_400).toISOString();
  const waits = { status: "waiting", disposition: aReviewDisposition(), rounds: 3, executionStartedAt: old } as const;

  it("is replaced by another that enters at review, and is stopped", async () => {
    const house = anHouse(waits, "running");
    expect(await reconcileCase(caseId, house)).toBe(true);
    expect(house.executions.started).toMatchObject([{ name: `${caseId}-e1`, input: { enterAt: "review", round: 4 } }]);
    expect(house.executions.stopped).toEqual([caseId]);
    expect(await house.cases.history(caseId)).toMatchObject([{ type: "CaseContinued" }]);
    expect(await reconcileCase(caseId, house)).toBe(false);
  });

  it("is left to finish what is no wait", async () => {
    const house = anHouse({ ...waits, status: "decided", decision: aDecision() }, "running");
    expect(await reconcileCase(caseId, house)).toBe(false);
  });
});

it("does not wait between two recoveries when somebody says that the cause is mended", async () => {
  const house = anHouse({}, "dead");
  await reconcileCase(caseId, house);
  house.executions.become(`${caseId}-e1`, "dead");
  expect(await reconcileCase(caseId, house)).toBe(false);
  expect(await reconcileCase(caseId, house, { ignorePause: true })).toBe(true);
});
