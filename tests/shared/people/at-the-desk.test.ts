import { describe, expect, it } from "vitest";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { claimReview, releaseReview } from "../../../shared/review/claim-review.ts";
import { recordDecision } from "../../../shared/review/record-decision.ts";
import { aMembership, aPerson, aReview, later, reviewId } from "../case/builders.ts";
import { aDesk } from "../review/desk.ts";

type Desk = ReturnType<typeof aDesk>;
const approve = { action: "approve" as const };
const steps: readonly (readonly [string, (desk: Desk) => Promise<unknown>])[] = [
  ["claims", (desk) => claimReview(reviewId, "rita", desk)],
  ["renews the claim", (desk) => claimReview(reviewId, "rita", desk)],
  ["gives it back", (desk) => releaseReview(reviewId, "rita", desk)],
  ["decides", (desk) => recordDecision(reviewId, "rita", approve, desk)],
];

describe("somebody whose membership was removed a minute ago", () => {
  it.each(steps)("no longer %s, although they hold the review", async (_, step) => {
    const desk = aDesk();
    await claimReview(reviewId, "rita", desk);
    desk.clock.now = later(60);
    desk.people.everybody.delete("rita");
    const before = await desk.cases.findReview(reviewId);
    await expect(step(desk)).rejects.toBeInstanceOf(NotAllowedError);
    expect(await desk.cases.findReview(reviewId)).toEqual(before);
  });
});

describe("somebody who covers for an absent colleague", () => {
  const covering = (memberships = [aMembership({ role: "expert" })]) =>
    aPerson("rita", {}, { covers: [{ personId: "eva", name: "Eva", until: later(60).toISOString(), memberships }] });
  const forExperts = () => aDesk({ people: [covering()], reviews: [aReview({ role: "expert" })] });

  it("decides in their place, and the decision says so", async () => {
    const desk = forExperts();
    await recordDecision(reviewId, "rita", approve, desk);
    expect((await desk.cases.findReview(reviewId))?.decision).toMatchObject({
      decidedBy: "rita",
      onBehalfOf: { personId: "eva", name: "Eva" },
    });
  });

  it("decides on their own authority where that is enough", async () => {
    const desk = aDesk({ people: [covering()] });
    await recordDecision(reviewId, "rita", approve, desk);
    expect((await desk.cases.findReview(reviewId))?.decision?.onBehalfOf).toBeNull();
  });

  it("no longer decides once the colleague is back", async () => {
    const desk = forExperts();
    await claimReview(reviewId, "rita", desk);
    desk.clock.now = later(60);
    await expect(recordDecision(reviewId, "rita", approve, desk)).rejects.toBeInstanceOf(NotAllowedError);
  });
});
