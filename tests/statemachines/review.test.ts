import { describe, expect, it } from "vitest";
import { TaskFailure } from "../../local/states/states.ts";
import { openReviewInput, payloadVersion } from "../../shared/contracts/payloads.ts";
import { caseId, type Running, run } from "./running.ts";

const hour = 60 * 60;
const day = 24 * hour;
const routing = {
  queue: "invoices/sales",
  priority: 2,
  ladder: [
    { role: "reviewer", dueSeconds: hour },
    { role: "owner", dueSeconds: 2 * hour },
  ],
};
const startReview = (running: Running, input: object = {}) =>
  running.bench.start("review", {
    caseId,
    round: 1,
    routing,
    cause: "gate",
    caseExecution: "case-execution",
    ...input,
  });
const renders = { RenderPages: () => ({ pages: 3 }) };

describe("the review machine", () => {
  it("asks with everything that open-review takes, and answers with the decision", async () => {
    const running = await run(renders);
    const arn = await startReview(running);
    const [asked] = running.calls("OpenReview");
    expect(openReviewInput.parse(asked)).toEqual({
      caseId,
      round: 1,
      attempt: 0,
      routing,
      rung: 0,
      cause: "gate",
      pages: 3,
      taskToken: expect.any(String),
      version: payloadVersion,
      enteredAt: expect.any(String),
      caseExecution: "case-execution",
    });
    await running.answer("correct");
    expect(await running.result(arn)).toMatchObject({
      status: "SUCCEEDED",
      output: { caseId, reviewId: `${caseId}-1`, action: "correct", round: 1 },
    });
  });

  it("keeps a ladder of one rung a list", async () => {
    const running = await run(renders);
    await startReview(running, { routing: { ...routing, ladder: [{ role: "owner", dueSeconds: hour }] } });
    await running.turn(hour);
    await running.turn(day);
    for (const asked of running.calls("OpenReview")) openReviewInput.parse(asked);
    expect(running.calls("OpenReview")).toHaveLength(3);
  });

  it("asks the next role when nobody answers in time, in the next round", async () => {
    const running = await run(renders);
    await startReview(running);
    await running.turn(hour - 1);
    expect(running.calls("OpenReview")).toHaveLength(1);
    await running.turn(1);
    expect(running.calls("OpenReview").at(-1)).toMatchObject({ round: 2, rung: 1, cause: "time-out", attempt: 0 });
  });

  it("never stops asking the last role, a day apart or more, and says why each time", async () => {
    const running = await run(renders);
    const arn = await startReview(running);
    await running.turn(hour + 2 * hour);
    expect(running.calls("OpenReview").at(-1)).toMatchObject({ round: 3, rung: 1, cause: "time-out" });
    for (let asked = 4; asked < 34; asked++) {
      await running.turn(day);
      expect(running.calls("OpenReview").at(-1)).toMatchObject({ round: asked, rung: 1, cause: "time-out" });
    }
    expect((await running.result(arn)).status).toBe("RUNNING");
    await running.answer("approve");
    expect(await running.result(arn)).toMatchObject({ status: "SUCCEEDED", output: { round: 33, action: "approve" } });
  });

  it("tells open-review the due time that it will wait for", async () => {
    const running = await run(renders);
    await startReview(running);
    await running.turn(hour + 2 * hour);
    const { routing: asked } = openReviewInput.parse(running.calls("OpenReview").at(-1));
    expect(asked.ladder).toEqual([
      { role: "reviewer", dueSeconds: hour },
      { role: "owner", dueSeconds: day },
    ]);
    expect({ ...asked, ladder: routing.ladder }).toEqual(routing);
  });

  it("climbs a rung for who escalates, and stays on the last one", async () => {
    const running = await run(renders);
    const arn = await startReview(running);
    await running.answer("escalate");
    expect(running.calls("OpenReview").at(-1)).toMatchObject({ round: 2, rung: 1, cause: "escalation" });
    await running.answer("escalate");
    expect(running.calls("OpenReview").at(-1)).toMatchObject({ round: 3, rung: 1, cause: "escalation" });
    await running.answer("reject");
    expect((await running.result(arn)).output).toMatchObject({ action: "reject", round: 3 });
  });

  it("is opened without pictures when pages cannot be drawn", async () => {
    const running = await run({
      RenderPages: () => {
        throw new TaskFailure("DocumentEncryptedError", '{"errorMessage":"asks for a password"}');
      },
    });
    await startReview(running);
    expect(openReviewInput.parse(running.calls("OpenReview").at(-1))).toMatchObject({ pages: null, round: 1 });
  });

  it("counts attempts when opening fails, so that the newest token wins", async () => {
    let failures = 2;
    const running = await run({
      ...renders,
      OpenReview: () => {
        if (failures-- > 0) throw new TaskFailure("Lambda.ServiceException", null);
      },
    });
    await startReview(running);
    await running.turnSlowly(60);
    expect(running.calls("OpenReview").map(({ attempt }) => attempt)).toEqual([0, 1, 2]);
    expect(running.calls("OpenReview").map(({ round }) => round)).toEqual([1, 1, 1]);
  });

  it("waits an hour and opens the next round when opening keeps failing", async () => {
    let broken = true;
    const running = await run({
      ...renders,
      OpenReview: () => {
        if (broken) throw new TaskFailure("SomethingNewError", null);
      },
    });
    const arn = await startReview(running);
    await running.turnSlowly(5 * 60);
    expect(running.calls("OpenReview")).toHaveLength(4);
    broken = false;
    await running.turn(hour);
    expect(running.calls("OpenReview").at(-1)).toMatchObject({ round: 2, rung: 0, cause: "gate" });
    await running.answer("approve");
    expect((await running.result(arn)).status).toBe("SUCCEEDED");
  });

  it("goes on as an answer says: whose turn, where and why, in the next round", async () => {
    const running = await run(renders);
    const arn = await startReview(running);
    const elsewhere = { ...routing, queue: "invoices", ladder: [{ role: "expert", dueSeconds: hour }] };
    await running.answer("escalate", { cause: "adjudication", routing: elsewhere, rung: 0 });
    expect(openReviewInput.parse(running.calls("OpenReview").at(-1))).toMatchObject({
      round: 2,
      rung: 0,
      cause: "adjudication",
      routing: elsewhere,
    });
    await running.turn(hour);
    expect(running.calls("OpenReview").at(-1)).toMatchObject({
      round: 3,
      cause: "time-out",
      routing: { queue: "invoices" },
    });
    await running.answer("approve");
    expect(await running.result(arn)).toMatchObject({ status: "SUCCEEDED", output: { action: "approve", round: 3 } });
  });

  it("begins at the rung where a case goes on", async () => {
    const running = await run(renders);
    await startReview(running, { rung: 1, round: 5, cause: "second-look" });
    expect(running.calls("OpenReview")).toMatchObject([{ rung: 1, round: 5, cause: "second-look" }]);
  });
});
