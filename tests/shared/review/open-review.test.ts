import { describe, expect, it } from "vitest";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { openReview } from "../../../shared/review/open-review.ts";
import { recordDecision } from "../../../shared/review/record-decision.ts";
import { sweepOutbox } from "../../../shared/review/resume.ts";
import { aCase, anOpening, aReviewDisposition, caseId, later, noon, reviewId, threeRungs } from "../case/builders.ts";
import { aDesk } from "./desk.ts";

const approve: Decision = { action: "approve" };
const escalate: Decision = { action: "escalate", note: "Is this account known?" };
const untouched = () => aDesk({ record: { status: "opened", rounds: 0 }, reviews: [] });
const sweep = (desk: ReturnType<typeof aDesk>) => sweepOutbox({ outbox: desk.cases, resumer: desk.resumer });

describe("opening a review", () => {
  it("stores it with its token, its reasons and its due time, then announces it", async () => {
    const desk = untouched();
    await openReview(anOpening(), desk);
    expect(await desk.cases.findReview(reviewId)).toMatchObject({
      status: "waiting",
      role: "reviewer",
      taskToken: "token-1",
      dueAt: later(3_600).toISOString(),
      reasons: aReviewDisposition().reasons,
    });
    expect(await desk.cases.find(caseId)).toMatchObject({ status: "waiting", rounds: 1, pages: 1 });
    expect(desk.announcer.events).toMatchObject([{ type: "CaseWaiting", detail: { reviewId, role: "reviewer" } }]);
    expect(JSON.stringify(desk.announcer.events)).not.toContain("token");
  });

  it("pitfall 8: stores the token before anybody is told of the review", async () => {
    const desk = untouched();
    desk.announcer.refuse();
    await expect(openReview(anOpening(), desk)).rejects.toThrow("The bus is down.");
    expect((await desk.cases.findReview(reviewId))?.taskToken).toBe("token-1");
  });

  it("again only renews the token and announces it again: a crash between the two loses nothing", async () => {
    const desk = untouched();
    desk.announcer.refuse();
    await openReview(anOpening(), desk).catch(() => null);
    await openReview(anOpening({ attempt: 1, taskToken: "token-2" }), desk);
    expect(await desk.cases.reviewsOf(caseId)).toMatchObject([{ taskToken: "token-2", attempt: 1 }]);
    expect(await desk.cases.history(caseId)).toHaveLength(1);
    expect(desk.announcer.events).toHaveLength(1);
  });

  it("pitfall 10: by an older attempt does not take the token from a newer one", async () => {
    const desk = untouched();
    await openReview(anOpening({ attempt: 1, taskToken: "token-2" }), desk);
    await openReview(anOpening({ attempt: 0, taskToken: "token-1" }), desk);
    expect((await desk.cases.findReview(reviewId))?.taskToken).toBe("token-2");
  });

  it("is more urgent on each rung that nobody answered, and asks the rung's role", async () => {
    const desk = untouched();
    await openReview(anOpening({ routing: { ...threeRungs, priority: 3 }, rung: 2, cause: "time-out" }), desk);
    expect(await desk.cases.findReview(reviewId)).toMatchObject({ role: "owner", priority: 5 });
    const urgent = untouched();
    await openReview(anOpening({ routing: { ...threeRungs, priority: 9 }, rung: 2 }), urgent);
    expect((await urgent.cases.findReview(reviewId))?.priority).toBe(9);
  });

  it("is due when the sender says, where that is earlier", async () => {
    const desk = aDesk({ record: { rounds: 0, dueAt: later(60).toISOString() }, reviews: [] });
    await openReview(anOpening(), desk);
    expect((await desk.cases.findReview(reviewId))?.dueAt).toBe(later(60).toISOString());
    const patient = aDesk({ record: { rounds: 0, dueAt: later(99_999).toISOString() }, reviews: [] });
    await openReview(anOpening(), patient);
    expect((await patient.cases.findReview(reviewId))?.dueAt).toBe(later(3_600).toISOString());
  });

  it("expires the one before, so that one case waits in one place", async () => {
    const desk = untouched();
    await openReview(anOpening(), desk);
    await openReview(anOpening({ round: 2, rung: 1, cause: "time-out", taskToken: "token-of-round-2" }), desk);
    expect(await desk.cases.reviewsOf(caseId)).toMatchObject([
      { status: "expired", claim: null },
      { status: "waiting", role: "expert" },
    ]);
    expect(await desk.cases.find(caseId)).toMatchObject({ rounds: 2 });
  });

  it("for a round that is over, by a call that comes late, leaves the waiting one alone", async () => {
    const desk = untouched();
    await openReview(anOpening({ round: 2, taskToken: "token-of-round-2" }), desk);
    await openReview(anOpening({ round: 1 }), desk);
    expect(await desk.cases.reviewsOf(caseId)).toMatchObject([{ round: 2, status: "waiting" }]);
    expect(desk.announcer.events).toHaveLength(1);
  });

  it("always has a reason, also for a case that died before the gate", async () => {
    const desk = untouched();
    desk.cases.given(aCase());
    await openReview(anOpening({ cause: "recovery", pages: null }), desk);
    expect((await desk.cases.findReview(reviewId))?.reasons).toMatchObject([{ triggerId: "workflow-died" }]);
  });
});

describe("an answer that comes while time runs out", () => {
  it("wakes the workflow that waits in the next round, and asks nobody a second time", async () => {
    const desk = untouched();
    await openReview(anOpening(), desk);
    await recordDecision(reviewId, "rita", approve, desk);
    desk.tokens.open.add("token-of-round-2");
    await openReview(anOpening({ round: 2, rung: 1, cause: "time-out", taskToken: "token-of-round-2" }), desk);
    expect(await desk.cases.reviewsOf(caseId)).toHaveLength(1);
    await sweep(desk);
    expect(desk.tokens.woken).toEqual([
      { taskToken: "token-of-round-2", output: { caseId, reviewId, action: "approve", next: null } },
    ]);
  });

  it("is found also when it is stored between reading and opening", async () => {
    const desk = untouched();
    await openReview(anOpening(), desk);
    desk.cases.meanwhile(() => recordDecision(reviewId, "rita", approve, desk));
    await openReview(anOpening({ round: 2, rung: 1, cause: "time-out", taskToken: "token-of-round-2" }), desk);
    expect(desk.cases.wakeUps.map(({ taskToken }) => taskToken)).toEqual(["token-of-round-2"]);
    expect(await desk.cases.reviewsOf(caseId)).toHaveLength(1);
  });
});

describe("an answer that comes between two attempts of one round", () => {
  it.each([
    ["an approval", approve],
    ["an escalation", escalate],
  ])("wakes the newer attempt at once: %s", async (_, answer) => {
    const desk = untouched();
    desk.announcer.refuse();
    await openReview(anOpening(), desk).catch(() => null);
    await recordDecision(reviewId, "rita", answer, desk);
    desk.tokens.open.add("token-2");
    await openReview(anOpening({ attempt: 1, taskToken: "token-2" }), desk);
    await sweep(desk);
    expect(desk.tokens.woken).toMatchObject([
      { taskToken: "token-2", output: { caseId, reviewId, action: answer.action } },
    ]);
  });
});

it("asks the next role after an escalation", async () => {
  const desk = untouched();
  await openReview(anOpening(), desk);
  await recordDecision(reviewId, "rita", escalate, desk);
  await openReview(anOpening({ round: 2, rung: 1, cause: "escalation", taskToken: "token-of-round-2" }), desk);
  expect(await desk.cases.reviewsOf(caseId)).toMatchObject([
    { status: "decided", openedAt: noon.toISOString() },
    { status: "waiting", role: "expert", cause: "escalation" },
  ]);
});
