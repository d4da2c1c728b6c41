import { describe, expect, it } from "vitest";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { firstBroken } from "../../../shared/ledger/chain.ts";
import { AboveAuthorityError, NotAllowedError } from "../../../shared/people/authority.ts";
import { claimReview } from "../../../shared/review/claim-review.ts";
import { recordDecision } from "../../../shared/review/record-decision.ts";
import { sweepOutbox } from "../../../shared/review/resume.ts";
import {
  ReviewAlreadyClaimedError,
  ReviewAlreadyDecidedError,
  ReviewExpiredError,
  ValueInvalidError,
} from "../../../shared/review/review-errors.ts";
import { aDecision, aPerson, aReview, caseId, later, noon, reviewId } from "../case/builders.ts";
import { aDesk, staff } from "./desk.ts";

const approve: Decision = { action: "approve" };
const reject: Decision = { action: "reject", note: "Paid twice." };
const escalate: Decision = { action: "escalate", note: "Is this account known?" };
const correct = (fields: Record<string, string | null>, more: { lines?: Record<string, string | null>[] } = {}) =>
  ({ action: "correct", fields, ...more }) satisfies Decision;

describe("a decision", () => {
  it("is stored with case, ledger and wake-up, and the workflow wakes at once with a reference", async () => {
    const desk = aDesk();
    const { decision: stored, unmasked } = await recordDecision(reviewId, "rita", approve, desk);
    expect(unmasked).toBe(false);
    expect(stored).toEqual(aDecision());
    expect(await desk.cases.find(caseId)).toMatchObject({ status: "decided", decision: stored });
    expect(await desk.cases.findReview(reviewId)).toMatchObject({ status: "decided", claim: null, decision: stored });
    expect(desk.tokens.woken).toEqual([
      { taskToken: "token-of-round-1", output: { caseId, reviewId, action: "approve", next: null } },
    ]);
    expect(desk.cases.wakeUps).toEqual([]);
    expect(firstBroken(await desk.cases.history(caseId))).toBeNull();
  });

  it("can be made without claiming first, but not while somebody else works on it", async () => {
    const desk = aDesk();
    await claimReview(reviewId, "ron", desk);
    await expect(recordDecision(reviewId, "rita", approve, desk)).rejects.toBeInstanceOf(ReviewAlreadyClaimedError);
    expect(desk.tokens.woken).toEqual([]);
  });

  it("pitfall 9: survives a workflow that cannot be woken: the sweeper wakes it", async () => {
    const desk = aDesk();
    desk.tokens.fail();
    await recordDecision(reviewId, "rita", approve, desk);
    expect(desk.failures).toHaveLength(1);
    expect(desk.cases.wakeUps).toHaveLength(1);
    const ports = { outbox: desk.cases, resumer: desk.resumer };
    desk.tokens.fail();
    expect(await sweepOutbox(ports)).toEqual({ woken: 0, failed: [expect.any(Error)] });
    expect(await sweepOutbox(ports)).toEqual({ woken: 1, failed: [] });
    expect(desk.tokens.woken).toHaveLength(1);
    expect(await sweepOutbox(ports)).toEqual({ woken: 0, failed: [] });
  });

  it("stands where nobody waits any more: the wake-up is done with", async () => {
    const desk = aDesk();
    desk.tokens.open.clear();
    await recordDecision(reviewId, "rita", approve, desk);
    expect(desk.cases.wakeUps).toEqual([]);
    expect((await desk.cases.find(caseId))?.status).toBe("decided");
  });

  it("is made on what is there now when somebody else changed the case meanwhile", async () => {
    const desk = aDesk();
    desk.cases.meanwhile(() => claimReview(reviewId, "rita", desk));
    expect((await recordDecision(reviewId, "rita", approve, desk)).decision.decision).toEqual(approve);
    expect((await desk.cases.history(caseId)).map(({ type }) => type)).toEqual(["ReviewClaimed", "ReviewDecided"]);
  });

  it("wakes with the token of the latest attempt", async () => {
    const desk = aDesk();
    desk.cases.meanwhile(() =>
      desk.cases.saveReview(aReview(), aReview({ taskToken: "token-of-attempt-1", attempt: 1 })),
    );
    desk.tokens.open.add("token-of-attempt-1");
    await recordDecision(reviewId, "rita", approve, desk);
    expect(desk.tokens.woken.map(({ taskToken }) => taskToken)).toEqual(["token-of-attempt-1"]);
  });

  it("is one when six people decide at the same moment; the others learn who and when", async () => {
    const people = ["rita", "ron", "ruth", "rob", "rosa", "raj"].map((name) => aPerson(name));
    const desk = aDesk({ people });
    const results = await Promise.allSettled(
      people.map(({ personId }) => recordDecision(reviewId, personId, reject, desk)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toBeInstanceOf(ReviewAlreadyDecidedError);
    }
    expect(desk.tokens.woken).toHaveLength(1);
  });
});

describe("a second answer", () => {
  const decided = async (first: Decision) => {
    const desk = aDesk();
    await recordDecision(reviewId, "rita", first, desk);
    desk.clock.now = later(60);
    return desk;
  };

  it("that is identical and by the same person is answered as the first was, and wakes nobody again", async () => {
    const desk = await decided(reject);
    expect((await recordDecision(reviewId, "rita", reject, desk)).decision).toEqual(aDecision({ decision: reject }));
    expect(desk.tokens.woken).toHaveLength(1);
    expect(await desk.cases.history(caseId)).toHaveLength(1);
  });

  it("that only writes the values another way is identical", async () => {
    const desk = await decided(correct({ gross: "1.482,40" }));
    expect((await recordDecision(reviewId, "rita", correct({ gross: "1482.40" }), desk)).decision).toMatchObject({
      decidedAt: noon.toISOString(),
    });
  });

  it.each([
    ["another action", "rita", approve],
    ["another note", "rita", { ...reject, note: "A typing error." }],
    ["values that no field takes", "rita", correct({ gross: "much" })],
    ["another person's identical answer", "ron", reject],
  ] as const)("that is different (%s) is refused with who, what and when", async (_, personId, answer) => {
    const desk = await decided(reject);
    const refused = await recordDecision(reviewId, personId, answer, desk).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ReviewAlreadyDecidedError);
    expect(refused).toMatchObject({ decision: { decidedByName: "Rita", decidedAt: noon.toISOString() } });
  });

  it("tells somebody without a role nothing of the first", async () => {
    const desk = await decided(reject);
    await expect(recordDecision(reviewId, "mallory", reject, desk)).rejects.toBeInstanceOf(NotAllowedError);
  });
});

describe("a correction", () => {
  it("is stored as its fields are written: amounts with a point, accounts without spaces, codes in capitals", async () => {
    const fields = { gross: "1 482,40", iban: "de89 3704 0044 0532 0130 00", currency: "eur", orderReference: " " };
    const { decision } = await recordDecision(reviewId, "rita", correct(fields), aDesk());
    expect(decision.decision).toMatchObject({
      fields: { gross: "1482.40", iban: "DE89370400440532013000", currency: "EUR", orderReference: null },
    });
  });

  it("names every value that its field does not take, by JSON pointer", async () => {
    const answer = correct(
      { gross: "much", issueDate: "31.02.2026", supplier: null, "a/b~c": "x" },
      { lines: [{ amount: "1.00" }, { quantity: "few", colour: "red" }] },
    );
    const refused = await recordDecision(reviewId, "rita", answer, aDesk()).catch((error: unknown) => error);
    if (!(refused instanceof ValueInvalidError)) throw refused;
    expect(refused.errors.map(({ pointer }) => pointer)).toEqual([
      "/fields/gross",
      "/fields/issueDate",
      "/fields/supplier",
      "/fields/a~1b~0c",
      "/lines/1/quantity",
      "/lines/1/colour",
    ]);
  });

  it("changes something", async () => {
    await expect(recordDecision(reviewId, "rita", correct({}), aDesk())).rejects.toBeInstanceOf(ValueInvalidError);
  });

  it("that is refused stores nothing and wakes nobody", async () => {
    const desk = aDesk();
    await expect(recordDecision(reviewId, "rita", correct({ gross: "?" }), desk)).rejects.toThrow();
    expect(await desk.cases.history(caseId)).toEqual([]);
    expect(desk.tokens.woken).toEqual([]);
  });

  it("leaves names, a fingerprint and no value in the ledger", async () => {
    const desk = aDesk();
    await recordDecision(reviewId, "rita", correct({ supplier: "Secret Ltd" }), desk);
    const [event] = await desk.cases.history(caseId);
    expect(event?.details).toMatchObject({ fields: ["supplier"], shown: ["totals"], documentHash: "d".repeat(64) });
    expect(event?.details.decisionHash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(event)).not.toContain("Secret");
  });
});

describe("the amount", () => {
  const withAmount = (amountMinor: number | null, currency: string | null, limits: Record<string, number> = {}) =>
    aDesk({
      people: [aPerson("rita", { limits: { EUR: 10_000, KWD: 10_000, ...limits } }), ...staff.slice(1)],
      record: { headline: { title: "Brandt", subtitle: "", amountMinor, currency } },
    });

  it("is let through up to the limit, to the cent", async () => {
    await recordDecision(reviewId, "rita", approve, withAmount(10_000, "EUR"));
    await expect(recordDecision(reviewId, "rita", approve, withAmount(10_001, "EUR"))).rejects.toBeInstanceOf(
      AboveAuthorityError,
    );
  });

  it("is the corrected one where it was corrected, up or down", async () => {
    await recordDecision(reviewId, "rita", correct({ gross: "99.00" }), withAmount(5_000_000, "EUR"));
    await expect(
      recordDecision(reviewId, "rita", correct({ gross: "100.01" }), withAmount(100, "EUR")),
    ).rejects.toBeInstanceOf(AboveAuthorityError);
  });

  it("stays as it is written when only its currency is corrected: 1000 JPY in EUR are 1000.00, not 10.00", async () => {
    const answer = correct({ currency: "EUR" });
    await expect(recordDecision(reviewId, "rita", answer, withAmount(1_000, "JPY"))).rejects.toBeInstanceOf(
      AboveAuthorityError,
    );
    await recordDecision(reviewId, "rita", answer, withAmount(100, "JPY"));
    await expect(
      recordDecision(reviewId, "rita", correct({ currency: "KWD" }), withAmount(10_000, "EUR")),
    ).rejects.toBeInstanceOf(AboveAuthorityError);
  });

  it("in a currency without a limit is refused", async () => {
    await expect(recordDecision(reviewId, "rita", approve, withAmount(1, "USD"))).rejects.toThrow(
      "nothing through in USD",
    );
  });

  it("that nobody could read is refused to everybody, also to whoever has no limit, until it is entered", async () => {
    for (const person of ["rita", "olga"]) {
      await expect(recordDecision(reviewId, person, approve, withAmount(null, null))).rejects.toBeInstanceOf(
        AboveAuthorityError,
      );
    }
    await recordDecision(reviewId, "olga", correct({ gross: "10", currency: "EUR" }), withAmount(null, null));
  });

  it("needs no authority to reject or to escalate", async () => {
    await recordDecision(reviewId, "rita", reject, withAmount(99_999_999, "USD"));
    await recordDecision(reviewId, "rita", escalate, withAmount(null, null));
  });
});

describe("an escalation", () => {
  it("wakes the workflow for the next role and leaves the case undecided", async () => {
    const desk = aDesk();
    await recordDecision(reviewId, "rita", escalate, desk);
    expect(await desk.cases.find(caseId)).toMatchObject({ status: "waiting", decision: null });
    expect(desk.tokens.woken).toMatchObject([{ output: { action: "escalate" } }]);
  });

  it("on the last rung leaves the case answerable, also where one person stands there alone", async () => {
    const escalated = aReview({ status: "decided", decision: aDecision({ decidedBy: "olga", decision: escalate }) });
    const again = aReview({ round: 2, role: "owner", rung: 2 });
    const desk = aDesk({ reviews: [escalated, again] });
    await recordDecision(again.reviewId, "olga", approve, desk);
    expect((await desk.cases.find(caseId))?.status).toBe("decided");
  });
});

it("is refused to whoever gave an answer in an earlier review of the case", async () => {
  const earlier = aReview({ status: "decided", decision: aDecision() });
  const second = aReview({ round: 2 });
  const desk = aDesk({ reviews: [earlier, second] });
  await expect(recordDecision(second.reviewId, "rita", approve, desk)).rejects.toBeInstanceOf(NotAllowedError);
  await recordDecision(second.reviewId, "ron", approve, desk);
});

it("is refused when the review went on to the next role", async () => {
  const desk = aDesk({ reviews: [aReview({ status: "expired" }), aReview({ round: 2, role: "expert" })] });
  await expect(recordDecision(reviewId, "rita", approve, desk)).rejects.toBeInstanceOf(ReviewExpiredError);
});
