import { describe, expect, it } from "vitest";
import { decidedDraft } from "../../../../page/src/case/decided-draft.ts";
import { readEdits } from "../../../../page/src/decision/changes.ts";
import { aReview, aSubject } from "../sample.ts";

describe("decidedDraft", () => {
  it("shows a recorded correction as the change it was", () => {
    const subject = aSubject();
    const decision = { action: "correct", fields: { gross: "1482.40" } } as const;
    const review = {
      ...aReview(),
      decision: {
        reviewId: "x",
        decision,
        decidedBy: "p",
        decidedByName: "P",
        role: "reviewer" as const,
        decidedAt: "2026-11-24T12:00:00Z",
        onBehalfOf: null,
      },
    };
    expect(readEdits(subject, decidedDraft(subject, review)).changes).toEqual([
      { label: "Gross", from: "1\u00a0842.40", to: "1\u00a0482.40" },
    ]);
  });
});
