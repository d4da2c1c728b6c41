import { describe, expect, it } from "vitest";
import { CaseNotFoundError } from "../../../shared/case/case-store.ts";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { claimReview, releaseReview } from "../../../shared/review/claim-review.ts";
import {
  ReviewAlreadyClaimedError,
  ReviewAlreadyDecidedError,
  ReviewExpiredError,
  ReviewNotFoundError,
} from "../../../shared/review/review-errors.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import { aClaim, aDecision, aPerson, aReview, caseId, later, reviewId } from "../case/builders.ts";
import { aDesk } from "./desk.ts";

const { claimSeconds } = invoices.policy;

const claims = async (desk: ReturnType<typeof aDesk>) =>
  (await desk.cases.history(caseId)).map(({ summary }) => summary);

describe("claiming a review", () => {
  it("takes it for a while, and the ledger says who did", async () => {
    const desk = aDesk();
    const review = await claimReview(reviewId, "rita", desk);
    expect(review.claim).toEqual(aClaim("rita", later(claimSeconds)));
    expect(await desk.cases.history(caseId)).toMatchObject([{ type: "ReviewClaimed", actor: { id: "rita" } }]);
  });

  it("is refused to others while it lasts, with who and until when", async () => {
    const desk = aDesk();
    await claimReview(reviewId, "rita", desk);
    desk.clock.now = later(claimSeconds - 1);
    const refused = await claimReview(reviewId, "ron", desk).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ReviewAlreadyClaimedError);
    expect(refused).toMatchObject({ claim: { byName: "Rita", until: later(claimSeconds).toISOString() } });
  });

  it("is open to others once it has run out, to the second", async () => {
    const desk = aDesk();
    await claimReview(reviewId, "rita", desk);
    desk.clock.now = later(claimSeconds);
    expect((await claimReview(reviewId, "ron", desk)).claim?.by).toBe("ron");
    await expect(claimReview(reviewId, "rita", desk)).rejects.toBeInstanceOf(ReviewAlreadyClaimedError);
  });

  it("is renewed by whoever holds it, which is no step of the case", async () => {
    const desk = aDesk();
    await claimReview(reviewId, "rita", desk);
    desk.clock.now = later(60);
    expect((await claimReview(reviewId, "rita", desk)).claim?.until).toBe(later(60 + claimSeconds).toISOString());
    expect(await claims(desk)).toEqual(["Took it to work on"]);
  });

  it("goes to one of two at once; the other learns who was faster", async () => {
    const desk = aDesk();
    const results = await Promise.allSettled(["rita", "ron"].map((person) => claimReview(reviewId, person, desk)));
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = results.find((result) => result.status === "rejected");
    expect(lost?.reason).toBeInstanceOf(ReviewAlreadyClaimedError);
    expect(await claims(desk)).toHaveLength(1);
  });

  it("is refused for a review that nobody opened, one that is decided, and one that went on", async () => {
    await expect(claimReview(`${caseId}-9`, "rita", aDesk())).rejects.toBeInstanceOf(ReviewNotFoundError);
    const decided = aDesk({ reviews: [aReview({ status: "decided", decision: aDecision() })] });
    await expect(claimReview(reviewId, "ron", decided)).rejects.toBeInstanceOf(ReviewAlreadyDecidedError);
    const expired = aDesk({ reviews: [aReview({ status: "expired" })] });
    await expect(claimReview(reviewId, "rita", expired)).rejects.toBeInstanceOf(ReviewExpiredError);
  });

  it("counts the membership of this moment: one that was taken away no longer helps", async () => {
    const desk = aDesk();
    await claimReview(reviewId, "rita", desk);
    desk.people.everybody.delete("rita");
    await expect(claimReview(reviewId, "rita", desk)).rejects.toBeInstanceOf(NotAllowedError);
  });

  it("fails for a review whose case is gone, and changes nothing", async () => {
    const desk = aDesk({ reviews: [aReview({ caseId: "z".repeat(26) })] });
    await expect(claimReview(`${"z".repeat(26)}-1`, "rita", desk)).rejects.toBeInstanceOf(CaseNotFoundError);
  });
});

describe("releasing a review", () => {
  it("gives it back, so that another can take it at once", async () => {
    const desk = aDesk();
    await claimReview(reviewId, "rita", desk);
    await releaseReview(reviewId, "rita", desk);
    expect((await claimReview(reviewId, "ron", desk)).claim?.by).toBe("ron");
    expect(await claims(desk)).toEqual(["Took it to work on", "Gave it back to the queue", "Took it to work on"]);
  });

  it("changes nothing for whoever does not hold it", async () => {
    const desk = aDesk();
    await releaseReview(reviewId, "rita", desk);
    expect(await desk.cases.history(caseId)).toEqual([]);
  });

  it("cannot take it from somebody else", async () => {
    const desk = aDesk();
    await claimReview(reviewId, "rita", desk);
    await expect(releaseReview(reviewId, "ron", desk)).rejects.toBeInstanceOf(ReviewAlreadyClaimedError);
  });
});

it("lets nobody touch a review above their role, of a foreign queue, or of their own document", async () => {
  const people = [aPerson("rita"), aPerson("quinn", { queues: ["invoices/it"] })];
  const above = aDesk({ people, reviews: [aReview({ role: "expert" })] });
  const own = aDesk({ people, record: { submitter: "Rita" } });
  for (const change of [claimReview, releaseReview]) {
    await expect(change(reviewId, "rita", above)).rejects.toBeInstanceOf(NotAllowedError);
    await expect(change(reviewId, "quinn", aDesk({ people }))).rejects.toBeInstanceOf(NotAllowedError);
    await expect(change(reviewId, "rita", own)).rejects.toBeInstanceOf(NotAllowedError);
  }
});
