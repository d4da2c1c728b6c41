import { describe, expect, it } from "vitest";
import type { CaseRecord } from "../../../shared/case/case-record.ts";
import { CaseNotFoundError } from "../../../shared/case/case-store.ts";
import { getCase } from "../../../shared/case/get-case.ts";
import { getPage } from "../../../shared/case/get-page.ts";
import { getCaseResponse } from "../../../shared/contracts/api.ts";
import { claimReview } from "../../../shared/review/claim-review.ts";
import { aDesk } from "../review/desk.ts";
import {
  aDecision,
  aPass,
  aPerson,
  aProposal,
  aReview,
  aReviewDisposition,
  caseId,
  caseIdNumber,
  later,
  reviewId,
} from "./builders.ts";
import { inMemoryPeople, inMemoryProposals } from "./in-memory-ports.ts";

const people = [
  aPerson("rita"),
  aPerson("sam", { role: "submitter" }),
  aPerson("sue", { role: "submitter" }),
  aPerson("una", { role: "owner", unlimited: true }),
  aPerson("lim", { limits: {} }),
];
const aLibrary = (submitter: string | null = "sam") => {
  const desk = aDesk({ people, record: { submitter, pages: 2 } });
  return {
    ...desk,
    people: inMemoryPeople(...people),
    proposals: inMemoryProposals({ [caseId]: aProposal() }),
    images: { address: async (id: string, page: number) => `https://evidence/${id}/${page}` },
  };
};

describe("a case", () => {
  it("is shown with proposal, reviews and timeline as the contract says, and without any token", async () => {
    const library = aLibrary();
    await claimReview(reviewId, "rita", library);
    const shown = await getCase(caseId, "rita", library);
    expect(getCaseResponse.parse(shown)).toEqual(shown);
    expect(shown.timeline).toMatchObject([{ sequence: 1, actor: "Rita", summary: "Took it to work on" }]);
    expect(shown.proposal?.action).toBe("pay");
    expect(JSON.stringify(shown)).not.toContain("token");
  });

  it("is shown to whoever submitted it, and to no other submitter", async () => {
    expect((await getCase(caseId, "sam", aLibrary())).guidance.authority).toEqual([
      "You may follow this case, not decide it.",
    ]);
    await expect(getCase(caseId, "sue", aLibrary())).rejects.toBeInstanceOf(CaseNotFoundError);
  });

  it("that is not there and one that is not yours look the same", async () => {
    const absent = await getCase(caseIdNumber(9), "rita", aLibrary()).catch((error: Error) => error);
    const foreign = await getCase(caseId, "mallory", aLibrary()).catch((error: Error) => error);
    expect(absent).toBeInstanceOf(CaseNotFoundError);
    expect(foreign).toBeInstanceOf(CaseNotFoundError);
    const sentence = (error: unknown) => String(error).replaceAll(/[a-z]{26}/g, "…");
    expect(sentence(absent)).toBe(sentence(foreign));
  });

  it("says what the reader may let through", async () => {
    const authority = async (personId: string) => (await getCase(caseId, personId, aLibrary())).guidance.authority[0];
    expect(await authority("rita")).toBe("You may approve up to 10\u202f000.00 EUR; above that, escalate.");
    expect(await authority("una")).toBe("You may approve any amount.");
    expect(await authority("lim")).toBe("You may reject and escalate, not approve.");
  });

  it("is shown without a proposal while there is none", async () => {
    const library = { ...aLibrary(), proposals: inMemoryProposals() };
    expect((await getCase(caseId, "rita", library)).proposal).toBeNull();
  });
});

describe("a page", () => {
  it("has an address for five minutes", async () => {
    expect(await getPage(caseId, 2, "rita", aLibrary())).toEqual({
      url: `https://evidence/${caseId}/2`,
      expiresAt: later(300).toISOString(),
    });
  });

  it("that is opened while a review waits is noted for who opened it", async () => {
    const library = aLibrary();
    await getPage(caseId, 2, "rita", library);
    expect(await library.openings.of(caseId, 1, "rita")).toEqual([2]);
    expect(await library.openings.of(caseId, 1, "una")).toEqual([]);
    expect((await getCase(caseId, "rita", library)).guidance.openedPages).toEqual([2]);
  });

  it("that the case does not have, or of a case that is not yours, is not found", async () => {
    await expect(getPage(caseId, 3, "rita", aLibrary())).rejects.toBeInstanceOf(CaseNotFoundError);
    await expect(getPage(caseId, 1, "sue", aLibrary())).rejects.toBeInstanceOf(CaseNotFoundError);
  });
});

describe("what a blind review hides", () => {
  const blindly = (record: Partial<CaseRecord>) => {
    const library = aDesk({
      people,
      record: { pages: 2, rounds: 1, ...record },
      reviews: [aReview({ blind: true, cause: record.audit === "due" ? "audit" : "gate" })],
    });
    return getCase(caseId, "rita", library);
  };

  it("is all that the software found, and whether a rule fired at all: an audit looks like any other", async () => {
    const triggered = await blindly({ disposition: aReviewDisposition({ blind: true }) });
    const audited = await blindly({
      status: "auditing",
      audit: "due",
      outcomes: 1,
      disposition: aPass({ audited: true }),
    });
    expect(audited).toEqual(triggered);
    expect(getCaseResponse.parse(audited)).toEqual(audited);
    expect(audited).toMatchObject({ masked: true, proposal: null, case: { disposition: null, outcomeId: null } });
    expect(JSON.stringify(audited)).not.toMatch(/Brandt|12000|audit/);
    expect(audited.guidance.actions).not.toContain("approve");
  });

  it("is shown once the person has stated what they see", async () => {
    const library = aDesk({ people, reviews: [aReview({ blind: true, blindAnswer: aDecision() })] });
    expect((await getCase(caseId, "rita", library)).masked).toBe(false);
  });
});

describe("an answer that waits for a second pair of eyes", () => {
  it("is shown to nobody, neither its values nor in the history", async () => {
    const given = aDecision({ decision: { action: "correct", fields: { gross: "77.00" } } });
    const first = aReview({ status: "decided", decision: given, sealed: true });
    const library = aDesk({
      people,
      record: { rounds: 2 },
      reviews: [first, aReview({ round: 2, cause: "second-look" })],
    });
    const entry = {
      type: "ReviewDecided" as const,
      actor: { kind: "person" as const, id: "rita", name: "Rita" },
      summary: "Corrected gross",
      details: { reviewId },
    };
    const before = await library.cases.find(caseId);
    if (!before) throw new Error("The case is missing.");
    await library.cases.commit({ before, after: before, entry }, later(0));
    const shown = await getCase(caseId, "una", library);
    expect(shown.reviews[0]).toMatchObject({ status: "decided", decision: null });
    expect(shown.timeline.map(({ summary }) => summary)).toEqual(["Answered"]);
    expect(JSON.stringify(shown)).not.toContain("77.00");
  });
});

describe("what a person may do with the open review", () => {
  it("is what their role, the policy and the review allow", async () => {
    const actions = async (personId: string) => (await getCase(caseId, personId, aLibrary())).guidance.actions;
    expect(await actions("rita")).toEqual(["approve", "correct", "reject", "escalate", "ask"]);
    expect(await actions("sam")).toEqual([]);
  });
});
