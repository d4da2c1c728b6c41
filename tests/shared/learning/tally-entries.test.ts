import { describe, expect, it } from "vitest";
import type { CaseRecord, ReviewRecord } from "../../../shared/case/case-record.ts";
import { tallyEntry } from "../../../shared/contracts/tally.ts";
import {
  type AnsweredStep,
  answeredEntry,
  deliveredEntry,
  gatedEntry,
  harmEntry,
} from "../../../shared/learning/tally-entries.ts";
import { effectOf } from "../../../shared/outcome/effect.ts";
import { outcomeOf } from "../../../shared/outcome/outcome-of.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import {
  aCase,
  aDecision,
  aPass,
  aProposal,
  aReason,
  aReview,
  aReviewDisposition,
  caseId,
  later,
  noon,
  reviewId,
} from "../case/builders.ts";

describe("a judged case", () => {
  it("is counted under each trigger once", () => {
    const disposition = aReviewDisposition({ reasons: [aReason(), aReason({ triggerId: "new-supplier" }), aReason()] });
    const entry = gatedEntry(aCase(), disposition, noon);
    expect(tallyEntry.parse(entry)).toEqual(entry);
    expect(entry).toMatchObject({
      kind: "review",
      sampled: "triggered",
      triggers: ["totals", "new-supplier"],
      amountMinor: 12_000,
    });
  });

  it("that passes is counted as passed, and as audited when it was drawn", () => {
    expect(gatedEntry(aCase(), aPass(), noon)).toMatchObject({ kind: "pass", sampled: null, triggers: [] });
    expect(gatedEntry(aCase(), aPass({ audited: true }), noon)).toMatchObject({ kind: "pass", sampled: "audited" });
  });

  it("says why it was not let pass although no rule fired", () => {
    const shadow = aReviewDisposition({ sampled: "shadow", reasons: [aReason({ triggerId: "autonomy" })] });
    expect(gatedEntry(aCase(), shadow, noon)).toMatchObject({ sampled: "shadow", triggers: ["autonomy"] });
  });
});

const answered = (changes: Partial<AnsweredStep> & { readonly record?: CaseRecord } = {}) => {
  const review = changes.review ?? aReview();
  return answeredEntry({
    record: aCase({ status: "waiting", disposition: aReviewDisposition() }),
    review,
    reviews: [review],
    proposal: aProposal(),
    decision: aDecision(),
    final: true,
    definition: invoices,
    at: later(100),
    ...changes,
  });
};

describe("an answer", () => {
  it("is counted whole, as the schema has it", () => {
    const decision = aDecision({
      decision: { action: "correct", fields: { gross: "100.00" }, marks: ["wrong-queue", "wrong-queue"] },
    });
    const entry = answered({ decision });
    expect(tallyEntry.parse(entry)).toEqual(entry);
    expect(entry).toMatchObject({
      caseId,
      reviewId,
      action: "correct",
      wrong: true,
      costMinor: 2_000,
      marks: ["wrong-queue"],
      final: true,
      blind: false,
      sampled: "triggered",
    });
  });

  it("is blind until a blind answer is kept", () => {
    const blind = aReview({ blind: true });
    expect(answered({ review: blind, final: false }).blind).toBe(true);
    expect(answered({ review: { ...blind, blindAnswer: aDecision() } }).blind).toBe(false);
  });

  const reopened = aReview({ round: 2, cause: "reopen" });
  it.each<[string, CaseRecord, ReviewRecord[], string]>([
    ["by a rule", aCase({ disposition: aReviewDisposition() }), [], "triggered"],
    ["in shadow", aCase({ disposition: aReviewDisposition({ sampled: "shadow" }) }), [], "shadow"],
    ["for an audit", aCase({ disposition: aPass({ audited: true }), audit: "due" }), [], "audited"],
    ["after it died before the gate", aCase(), [], "triggered"],
    ["after it passed and died", aCase({ disposition: aPass() }), [], "triggered"],
    [
      "reopened by an owner",
      aCase({ disposition: aReviewDisposition({ sampled: "shadow" }) }),
      [reopened],
      "triggered",
    ],
    [
      "reopened after an audit",
      aCase({ disposition: aPass({ audited: true }), audit: "upheld" }),
      [reopened],
      "triggered",
    ],
  ])("says how the case came before people: %s", (_, record, earlier, expected) => {
    expect(answered({ record, reviews: [...earlier, aReview()] }).sampled).toBe(expected);
  });

  it("is timed from the opening of the first review, to its first claim and to the answer", () => {
    const reviews = [
      aReview({ round: 1, status: "expired", openedAt: noon.toISOString() }),
      aReview({ round: 2, openedAt: later(50).toISOString(), firstClaimedAt: later(60).toISOString() }),
      aReview({ round: 3, openedAt: later(70).toISOString(), firstClaimedAt: later(80).toISOString() }),
    ];
    const review = reviews[2] ?? aReview();
    expect(answered({ review, reviews })).toMatchObject({ firstClaimSeconds: 60, resolutionSeconds: 100 });
  });

  it("is timed afresh once the case was reopened, and has no first claim when nobody claimed", () => {
    const reviews = [
      aReview({ round: 1, firstClaimedAt: noon.toISOString() }),
      aReview({ round: 2, cause: "reopen", openedAt: later(90).toISOString() }),
    ];
    const review = reviews[1] ?? aReview();
    const record = aCase({ disposition: aPass(), firstRound: 2 });
    expect(answered({ record, review, reviews })).toMatchObject({ firstClaimSeconds: null, resolutionSeconds: 10 });
  });

  it("never took less than no time, whatever the clocks say", () => {
    const review = aReview({ openedAt: later(200).toISOString(), firstClaimedAt: later(150).toISOString() });
    expect(answered({ review })).toMatchObject({ firstClaimSeconds: 0, resolutionSeconds: 0 });
  });
});

it("an outcome is counted with who decided it, and how long it took", () => {
  const record = aCase({ status: "decided", disposition: aPass() });
  const effect = effectOf(aProposal(), null, invoices.actions);
  const outcome = { ...outcomeOf(record, effect, "Somebody"), supersedes: `${caseId}-o0` };
  const entry = deliveredEntry(record, outcome, later(30));
  expect(tallyEntry.parse(entry)).toEqual(entry);
  expect(entry).toMatchObject({ action: "pay", decidedBy: "software", supersedes: `${caseId}-o0`, caseSeconds: 30 });
});

it("harm is counted as it was reported", () => {
  const report = {
    harmId: "h",
    amountMinor: 5,
    currency: "EUR",
    source: "A letter",
    date: "2026-03-01",
    decidedBy: "software" as const,
  };
  const entry = harmEntry(aCase(), report, noon);
  expect(tallyEntry.parse(entry)).toEqual(entry);
});
