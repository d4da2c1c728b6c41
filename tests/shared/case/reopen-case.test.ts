import { describe, expect, it } from "vitest";
import { reopenCase } from "../../../shared/case/reopen-case.ts";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { CaseNotWaitingError } from "../../../shared/review/review-errors.ts";
import { aDesk } from "../review/desk.ts";
import { aDecision, aReview, caseId } from "./builders.ts";
import { inMemoryExecutions } from "./in-memory-ports.ts";

const closed = { status: "closed", decision: aDecision(), outcomes: 1, outcomeId: `${caseId}-o1`, rounds: 1 } as const;
const aClosedCase = (record = {}) => ({
  ...aDesk({ record: { ...closed, ...record }, reviews: [aReview({ status: "decided", decision: aDecision() })] }),
  executions: inMemoryExecutions({ [caseId]: "succeeded" }),
});

describe("reopening", () => {
  it("puts a closed case in front of people in an execution of its own; the outcome stays until another supersedes it", async () => {
    const house = aClosedCase();
    await reopenCase(caseId, "olga", "The supplier called.", house);
    expect(await house.cases.find(caseId)).toMatchObject({
      status: "waiting",
      decision: null,
      outcomeId: `${caseId}-o1`,
      firstRound: 2,
      question: { by: "olga", text: "The supplier called." },
    });
    expect(house.executions.started).toMatchObject([
      { name: `${caseId}-e1`, input: { enterAt: "review", round: 2, cause: "reopen" } },
    ]);
  });

  it("is for owners, and for closed cases", async () => {
    await expect(reopenCase(caseId, "eva", "x", aClosedCase())).rejects.toBeInstanceOf(NotAllowedError);
    const waiting = aClosedCase({ status: "waiting" });
    await expect(reopenCase(caseId, "olga", "x", waiting)).rejects.toBeInstanceOf(CaseNotWaitingError);
    expect(waiting.executions.started).toEqual([]);
  });

  it("is refused where the sender took the case back: an answer would have no effect", async () => {
    const withdrawal = { by: "sam", byName: "Sam", at: "2026-03-02T08:00:00.000Z", because: "Sent twice" };
    const house = aClosedCase({ decision: null, withdrawal });
    await expect(reopenCase(caseId, "olga", "x", house)).rejects.toThrow("took this case back");
    expect(await house.cases.find(caseId)).toMatchObject({ status: "closed" });
  });

  it("that crashed before it started the execution is taken up by the reconciler with the same input", async () => {
    const house = aClosedCase();
    const crash = { ...house, executions: { start: () => Promise.reject(new Error("Crash.")) } };
    await expect(reopenCase(caseId, "olga", "x", crash)).rejects.toThrow("Crash.");
    expect(await house.cases.find(caseId)).toMatchObject({ status: "waiting", executionName: `${caseId}-e1` });
  });
});
