import { describe, expect, it } from "vitest";
import { TaskFailure } from "../../local/states/states.ts";
import { caseReference, detectPageInput, gateInput, openReviewInput } from "../../shared/contracts/payloads.ts";
import { caseId, type Running, run } from "./running.ts";

const routing = { queue: "invoices", priority: 0, ladder: [{ role: "reviewer", dueSeconds: 3_600 }] };
const pass = () => ({ disposition: "pass", routing: null });
const review = () => ({ disposition: "review", routing });
const readable = { ReadDocument: () => ({ pagesToDetect: [] }), ProposeInvoice: () => null };
const fails =
  (error: string, cause: string | null = null) =>
  () => {
    throw new TaskFailure(error, cause);
  };
const startCase = (running: Running, input: object = {}) =>
  running.bench.start(
    "case",
    { caseId, workflow: "invoices", enterAt: "automate", round: 1, routing: null, ...input },
    caseId,
  );

describe("the case machine", () => {
  it("decides a case by software alone, within twelve billed transitions", async () => {
    const running = await run({ ...readable, GateProposal: pass });
    const arn = await startCase(running);
    expect(await running.result(arn)).toMatchObject({ status: "SUCCEEDED", output: { caseId } });
    expect(gateInput.parse(running.calls("GateProposal")[0])).toEqual({ caseId, failure: null });
    expect(caseReference.parse(running.calls("DeliverOutcome")[0])).toEqual({ caseId });
    expect(running.calls("OpenReview")).toEqual([]);
    expect(await running.bench.states.billedTransitions(arn, true)).toBeLessThanOrEqual(12);
  });

  it("has every scanned page detected before it proposes", async () => {
    const running = await run({
      ...readable,
      ReadDocument: () => ({ pagesToDetect: [2, 5, 6, 7, 9] }),
      GateProposal: pass,
    });
    const arn = await startCase(running);
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
    const pages = running.calls("DetectPage").map((call) => detectPageInput.parse(call).page);
    expect(pages.sort()).toEqual([2, 5, 6, 7, 9]);
    expect(running.calls("ProposeInvoice")).toEqual([{ caseId }]);
  });

  it("detects the one page of a scan", async () => {
    const running = await run({ ...readable, ReadDocument: () => ({ pagesToDetect: [1] }), GateProposal: pass });
    await startCase(running);
    expect(running.calls("DetectPage")).toEqual([{ caseId, page: 1 }]);
  });

  it("asks a person when the gate says so, and delivers what they answered", async () => {
    const running = await run({ ...readable, GateProposal: review });
    const arn = await startCase(running);
    expect(openReviewInput.parse(running.calls("OpenReview")[0])).toMatchObject({
      caseId,
      round: 1,
      routing,
      cause: "gate",
    });
    expect(running.calls("DeliverOutcome")).toEqual([]);
    await running.answer("approve");
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
    expect(running.calls("DeliverOutcome")).toEqual([{ caseId }]);
  });

  it.each(["ReadDocument", "DetectPage", "ProposeInvoice"])(
    "tells the gate when %s fails, with error and cause",
    async (step) => {
      const running = await run({
        ReadDocument: () => ({ pagesToDetect: [1, 2] }),
        GateProposal: review,
        [step]: fails("DocumentEncryptedError", `{"errorMessage":"${"x".repeat(2_000)}"}`),
      });
      await startCase(running);
      const { failure } = gateInput.parse(running.calls("GateProposal")[0]);
      expect(failure?.error).toBe("DocumentEncryptedError");
      expect(failure?.cause).toMatch(/^\{"errorMessage":"x+$/);
      expect(failure?.cause).toHaveLength(1_000);
      expect(running.calls(step).length).toBeLessThanOrEqual(2);
      expect(running.calls("OpenReview")).toHaveLength(1);
    },
  );

  it("tells the gate of a failure without a cause", async () => {
    const running = await run({ ...readable, ReadDocument: fails("States.TaskFailed"), GateProposal: review });
    await startCase(running);
    expect(gateInput.parse(running.calls("GateProposal")[0]).failure).toEqual({
      error: "States.TaskFailed",
      cause: "",
    });
  });

  it("queues a throttled page for hours, and does not call it a failure", async () => {
    let throttled = 30;
    const running = await run({
      ...readable,
      ReadDocument: () => {
        if (throttled-- > 0) throw new TaskFailure("ThrottlingException", "Rate exceeded");
        return { pagesToDetect: [] };
      },
      GateProposal: pass,
    });
    const arn = await startCase(running);
    await running.turnSlowly(4 * 3_600);
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
    expect(gateInput.parse(running.calls("GateProposal")[0]).failure).toBeNull();
  });

  it.each([
    ["fails", fails("PolicyInvalidError", "cannot be compiled")],
    ["answers nothing it should", () => ({ disposition: "perhaps", routing: null })],
  ])("lets nothing through when the gate %s: the owner is asked", async (_, gate) => {
    const running = await run({ ...readable, GateProposal: gate });
    await startCase(running);
    await running.turnSlowly(120);
    const asked = openReviewInput.parse(running.calls("OpenReview").at(-1));
    expect(asked).toMatchObject({ cause: "recovery", round: 1, routing: { queue: "invoices", priority: 5 } });
    expect(asked.routing.ladder).toEqual([{ role: "owner", dueSeconds: 86_400 }]);
    expect(running.calls("DeliverOutcome")).toEqual([]);
  });

  it("asks a person of a workflow whose first pass it does not know", async () => {
    const running = await run({ GateProposal: review });
    await startCase(running, { workflow: "letters" });
    expect(gateInput.parse(running.calls("GateProposal")[0]).failure?.error).toBe("States.QueryEvaluationError");
    expect(running.calls("OpenReview")).toHaveLength(1);
  });

  it("continues at review, in a fresh round, where the reconciler says so", async () => {
    const running = await run({ GateProposal: pass });
    await startCase(running, { enterAt: "review", round: 7, routing });
    expect(openReviewInput.parse(running.calls("OpenReview")[0])).toMatchObject({
      round: 7,
      routing,
      cause: "recovery",
    });
    expect([running.calls("ReadDocument"), running.calls("GateProposal")]).toEqual([[], []]);
  });

  it("continues at delivery where the decision is stored", async () => {
    const running = await run();
    const arn = await startCase(running, { enterAt: "deliver" });
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
    expect(running.calls("DeliverOutcome")).toEqual([{ caseId }]);
    expect(running.calls("OpenReview")).toEqual([]);
  });

  it("goes on trying to deliver for hours", async () => {
    let broken = 14;
    const running = await run({
      DeliverOutcome: () => {
        if (broken-- > 0) throw new TaskFailure("AccessDenied", null);
      },
    });
    const arn = await startCase(running, { enterAt: "deliver" });
    await running.turnSlowly(8 * 3_600);
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
  });

  it("fails, for the reconciler to see, when the review's execution is stopped", async () => {
    const running = await run({ ...readable, GateProposal: review });
    const arn = await startCase(running);
    const { executions } = await running.bench.call("ListExecutions", {
      stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:review",
    });
    const [child] = Array.isArray(executions) ? executions : [];
    await running.bench.call("StopExecution", { executionArn: child.executionArn });
    await running.bench.states.settled();
    expect(await running.result(arn)).toMatchObject({ status: "FAILED", error: "ReviewLost" });
  });

  it("has an audited case reviewed after it was delivered, and then delivers what came of it", async () => {
    const audits = [{ round: 1, routing }, null];
    const running = await run({
      ...readable,
      GateProposal: () => ({ ...pass(), audited: true }),
      DeliverOutcome: () => ({ audit: audits.shift() ?? null }),
    });
    const arn = await startCase(running);
    expect(running.calls("DeliverOutcome")).toHaveLength(1);
    expect(running.calls("OpenReview")).toMatchObject([{ cause: "audit", round: 1, routing, caseExecution: caseId }]);
    await running.answer("correct");
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
    expect(running.calls("DeliverOutcome")).toHaveLength(2);
  });

  it("ends where an audit was settled meanwhile", async () => {
    const running = await run({
      ...readable,
      GateProposal: () => ({ ...pass(), audited: true }),
      DeliverOutcome: () => ({ audit: null }),
    });
    expect((await running.result(await startCase(running))).status).toBe("SUCCEEDED");
    expect(running.calls("OpenReview")).toEqual([]);
  });

  it("goes on with a case at the step where it was", async () => {
    const running = await run(readable);
    await startCase(running, { enterAt: "review", round: 7, routing, rung: 0, cause: "adjudication" });
    expect(running.calls("OpenReview")).toMatchObject([{ round: 7, rung: 0, cause: "adjudication" }]);
  });
});
