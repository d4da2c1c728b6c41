import { describe, expect, it } from "vitest";
import { createHandler as deliverOutcome } from "../../functions/deliver-outcome/handler.ts";
import { createHandler as gateProposal } from "../../functions/gate-proposal/handler.ts";
import { createHandler as openCase } from "../../functions/open-case/handler.ts";
import { createHandler as openReview } from "../../functions/open-review/handler.ts";
import { createHandler as reconcile } from "../../functions/reconcile/handler.ts";
import { createHandler as sweepOutbox } from "../../functions/sweep-outbox/handler.ts";
import { CasesUnreconciledError } from "../../shared/case/reconcile.ts";
import { gateOutput } from "../../shared/contracts/payloads.ts";
import { createCompiler } from "../../shared/policy/compile-once.ts";
import { invoices } from "../../shared/workflows/invoices/workflow.ts";
import { aContext } from "../shared/aws/http/an-event.ts";
import { aCase, anOpening, aPass, aProposal, caseId, later, noon, reviewId } from "../shared/case/builders.ts";
import { inMemoryCases } from "../shared/case/in-memory-cases.ts";
import {
  inMemoryAnnouncer,
  inMemoryExecutions,
  inMemoryOutcomes,
  inMemoryProposals,
  inMemorySubmissions,
  intakeWith,
} from "../shared/case/in-memory-ports.ts";
import { inMemoryPolicies } from "../shared/policy/in-memory-policies.ts";
import { aDesk } from "../shared/review/desk.ts";

describe("open-case", () => {
  const ports = () => ({
    cases: inMemoryCases(),
    intake: intakeWith(),
    submissions: inMemorySubmissions(),
    executions: inMemoryExecutions(),
    announcer: inMemoryAnnouncer(),
    now: () => noon,
  });
  const created = (key: string, size = 10) => ({
    "detail-type": "Object Created",
    detail: { bucket: { name: "intake" }, object: { key, size, "version-id": "v1", etag: "e" } },
  });

  it("takes the key as EventBridge gives it: not URL-encoded", async () => {
    const house = ports();
    await openCase(house)(created("invoices/50% off + more ü.pdf"), aContext);
    const id = house.executions.started[0]?.name ?? "";
    expect((await house.cases.find(id))?.source.key).toBe("invoices/50% off + more ü.pdf");
  });

  it("does nothing for a folder marker, and fails for what is no such event", async () => {
    const house = ports();
    await openCase(house)(created("invoices/", 0), aContext);
    expect(house.executions.started).toEqual([]);
    await expect(openCase(house)({ detail: {} }, aContext)).rejects.toThrow();
  });
});

describe("the steps of the machines", () => {
  it("gate-proposal answers as the machine expects", async () => {
    const cases = inMemoryCases();
    cases.given(aCase());
    const ports = {
      cases,
      proposals: inMemoryProposals({ [caseId]: aProposal() }),
      policies: inMemoryPolicies(),
      compile: createCompiler({ invoices: invoices.vocabulary }),
      draw: () => ({ pilot: 0.5, audit: 0.5, blind: 0.5 }),
      now: () => noon,
    };
    const answer = await gateProposal(ports)({ caseId, failure: null }, aContext);
    expect(gateOutput.parse(answer)).toEqual(answer);
  });

  it("refuse a payload that is not theirs, without a word of what it holds", async () => {
    const ports = {
      cases: inMemoryCases(),
      proposals: inMemoryProposals(),
      policies: inMemoryPolicies(),
      compile: createCompiler({ invoices: invoices.vocabulary }),
      draw: () => ({ pilot: 0.5, audit: 0.5, blind: 0.5 }),
      now: () => noon,
    };
    const refused = await gateProposal(ports)({ caseId: "Dear Ms Miller" }, aContext).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Error);
    expect(String(refused)).not.toContain("Miller");
  });

  it("open-review stores the review of its round", async () => {
    const desk = aDesk({ record: { rounds: 0 }, reviews: [] });
    await openReview(desk)(anOpening({ cause: "time-out", rung: 2 }), aContext);
    expect(await desk.cases.findReview(reviewId)).toMatchObject({ role: "owner" });
  });

  it("deliver-outcome closes the case", async () => {
    const cases = inMemoryCases();
    cases.given(aCase({ status: "decided", disposition: aPass() }));
    const ports = {
      cases,
      proposals: inMemoryProposals({ [caseId]: aProposal() }),
      policies: inMemoryPolicies(),
      outcomes: inMemoryOutcomes(),
      announcer: inMemoryAnnouncer(),
      workflows: { invoices },
      learn: async () => undefined,
      now: () => noon,
    };
    await deliverOutcome(ports)({ caseId }, aContext);
    expect((await cases.find(caseId))?.status).toBe("closed");
  });
});

describe("reconcile", () => {
  const died = (input: unknown) => ({
    "detail-type": "Step Functions Execution Status Change",
    detail: { status: "FAILED", input: JSON.stringify(input) },
  });
  const aHouse = () => {
    const cases = inMemoryCases();
    const other = "d".repeat(26);
    cases.given(aCase());
    cases.given(aCase({ caseId: other, executionName: other }));
    const executions = inMemoryExecutions({ [caseId]: "dead", [other]: "dead" });
    return { cases, openCases: cases, executions, now: () => later(600) };
  };
  const input = { caseId, workflow: "invoices", enterAt: "automate", round: 1, routing: null };

  it("continues the case whose execution died, and only that one", async () => {
    const house = aHouse();
    await reconcile(house)(died(input));
    expect(house.executions.started.map(({ name }) => name)).toEqual([`${caseId}-e1`]);
  });

  it("looks at every open case on its schedule, and at an event that names none", async () => {
    for (const event of [{ "detail-type": "Scheduled Event" }, { ...died(input), detail: { input: null } }]) {
      const house = aHouse();
      await reconcile(house)(event);
      expect(house.executions.started).toHaveLength(2);
    }
  });

  it("fails, so that the alarm rings, after it has continued all the others", async () => {
    const house = aHouse();
    const { statusOf } = house.executions;
    house.executions.statusOf = (name) => (name === caseId ? Promise.reject(new Error("Throttled.")) : statusOf(name));
    await expect(reconcile(house)({})).rejects.toBeInstanceOf(CasesUnreconciledError);
    expect(house.executions.started).toHaveLength(1);
  });
});

it("sweep-outbox wakes what was left, and goes on where one wake-up fails", async () => {
  const desk = aDesk();
  const row = (taskToken: string, ofCase: string) => ({
    caseId: ofCase,
    reviewId: `${ofCase}-1`,
    taskToken,
    wakeUp: { caseId: ofCase, reviewId: `${ofCase}-1`, action: "approve" as const, next: null },
    since: noon.toISOString(),
  });
  await desk.cases.enqueueWakeUp(row("one", "a".repeat(26)));
  await desk.cases.enqueueWakeUp(row("two", "b".repeat(26)));
  desk.tokens.open.add("one").add("two");
  desk.tokens.fail();
  const sweep = sweepOutbox({ outbox: desk.cases, resumer: desk.resumer });
  await sweep();
  expect([desk.tokens.woken.length, desk.cases.wakeUps.length]).toEqual([1, 1]);
  await sweep();
  expect([desk.tokens.woken.length, desk.cases.wakeUps.length]).toEqual([2, 0]);
});
