import fc from "fast-check";
import { expect, it } from "vitest";
import { claimOf, heldAt } from "../../../shared/review/claim.ts";
import { recordDecision } from "../../../shared/review/record-decision.ts";
import { aClaim, aReview, aReviewDisposition, later, noon, reviewId } from "../case/builders.ts";
import { aDesk } from "./desk.ts";

const aTime = fc.integer({ min: -10_000, max: 10_000 }).map((seconds) => later(seconds));
const anyClaim = fc.option(fc.tuple(fc.constantFrom("rita", "ron"), aTime).map(([by, until]) => aClaim(by, until)));

it("a claim counts to the second: until then it does, from then on it does not", () => {
  fc.assert(
    fc.property(anyClaim, aTime, (claim, at) => {
      const counts = claim !== null && Date.parse(claim.until) > at.getTime();
      expect(heldAt({ claim }, at)).toEqual(counts ? claim : null);
    }),
  );
  expect(heldAt({ claim: aClaim("rita", noon) }, noon)).toBeNull();
});

it("a renewal never shortens what somebody holds; anybody else gets the policy's time from now", () => {
  fc.assert(
    fc.property(anyClaim, aTime, fc.integer({ min: 60, max: 86_400 }), (claim, at, seconds) => {
      const mine = claimOf({ personId: "rita", name: "Rita" }, { claim }, at, seconds);
      const lasts = later(seconds, at).toISOString();
      const own = heldAt({ claim }, at)?.by === "rita" ? claim?.until : undefined;
      expect(mine).toMatchObject({ by: "rita", until: own !== undefined && own > lasts ? own : lasts });
      expect(claimOf({ personId: "rita", name: "Rita" }, { claim: mine }, at, seconds)).toEqual(mine);
    }),
  );
});

it("stating what one sees does not cut short a review that was assigned for longer", async () => {
  const claim = aClaim("rita", later(86_400), { assignedBy: "Eva" });
  const record = { disposition: aReviewDisposition({ blind: true }) };
  const desk = aDesk({ record, reviews: [aReview({ blind: true, claim })] });
  const fields = { supplier: "Brandt GmbH", number: "1", issueDate: "2026-02-27", currency: "EUR", gross: "120.00" };
  await recordDecision(reviewId, "rita", { action: "correct", fields }, desk);
  expect((await desk.cases.findReview(reviewId))?.claim).toEqual(claim);
});
