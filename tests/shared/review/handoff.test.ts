import { describe, expect, it } from "vitest";
import { sendMessage } from "../../../shared/case/send-message.ts";
import { takeAnswer } from "../../../shared/case/take-answer.ts";
import { withdrawCase } from "../../../shared/case/withdraw-case.ts";
import type { Decision } from "../../../shared/contracts/decision.ts";
import { firstBroken } from "../../../shared/ledger/chain.ts";
import { software } from "../../../shared/ledger/event.ts";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { assignReview } from "../../../shared/review/assign-review.ts";
import { asksSomething } from "../../../shared/review/check-action.ts";
import { claimReview } from "../../../shared/review/claim-review.ts";
import {
  BlindAnswerGivenError,
  BlindAnswerNeededError,
  CaseAlreadyDecidedError,
  CaseNotWaitingError,
  EvidenceMissingError,
  ReviewAlreadyClaimedError,
  ReviewNotFoundError,
  ValueInvalidError,
} from "../../../shared/review/review-errors.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import {
  aDecision,
  aPass,
  aPerson,
  aReason,
  aReview,
  aReviewDisposition,
  caseId,
  caseIdNumber,
  noon,
  seen,
  threeRungs,
} from "../case/builders.ts";
import { aHandoff, house } from "./a-handoff.ts";

const approve: Decision = { action: "approve" };
const reject: Decision = { action: "reject", note: "Paid twice." };
const correct = (fields: Record<string, string>): Decision => ({ action: "correct", fields });
const fourEyes = { record: { disposition: aReviewDisposition({ fourEyes: true }) } };

describe("four eyes", () => {
  it("ask a second person, who does not see the first answer, and settle the case when both agree", async () => {
    const handoff = await aHandoff(fourEyes);
    await handoff.answer("rita", approve);
    expect(await handoff.record()).toMatchObject({ status: "waiting", decision: null });
    expect(await handoff.review()).toMatchObject({ cause: "second-look", role: "reviewer" });
    expect(await handoff.cases.findReview(`${caseId}-1`)).toMatchObject({ sealed: true });
    await handoff.answer("ron", correct({ gross: "120.00" }));
    expect(await handoff.record()).toMatchObject({ status: "decided", decision: { decidedBy: "ron" } });
    expect(await handoff.cases.findReview(`${caseId}-1`)).toMatchObject({ sealed: false });
  });

  it("do not come twice from one person", async () => {
    const handoff = await aHandoff(fourEyes);
    await handoff.answer("rita", approve);
    await expect(handoff.answer("rita", approve)).rejects.toBeInstanceOf(NotAllowedError);
  });

  it("that disagree go to an expert, who has answered neither and decides alone", async () => {
    const handoff = await aHandoff(fourEyes);
    await handoff.answer("rita", approve);
    await handoff.answer("eva", reject);
    expect(await handoff.review()).toMatchObject({ cause: "adjudication", role: "expert", priority: 2 });
    await expect(handoff.answer("ron", approve)).rejects.toBeInstanceOf(NotAllowedError);
    await expect(handoff.answer("eva", approve)).rejects.toBeInstanceOf(NotAllowedError);
    await handoff.answer("emil", correct({ gross: "119.00" }));
    expect(await handoff.record()).toMatchObject({ status: "decided", decision: { decidedBy: "emil" } });
    expect(firstBroken(await handoff.cases.history(caseId))).toBeNull();
  });

  it("are asked for where an answer changes a field that the policy names, or lets much through", async () => {
    const iban = await aHandoff();
    await iban.answer("rita", correct({ iban: "DE89370400440532013000" }));
    expect((await iban.review()).cause).toBe("second-look");
    const much = await aHandoff({
      policy: { fourEyes: { when: null, amountAbove: { EUR: 10_000 }, correctedFields: [] } },
    });
    await much.answer("rita", approve);
    expect((await much.review()).cause).toBe("second-look");
    const little = await aHandoff({
      policy: { fourEyes: { when: null, amountAbove: { EUR: 12_000 }, correctedFields: [] } },
    });
    await little.answer("rita", approve);
    expect((await little.record()).status).toBe("decided");
  });

  it("still count when the second look runs out of time and climbs", async () => {
    const handoff = await aHandoff(fourEyes);
    await handoff.answer("rita", approve);
    await handoff.timeOut();
    expect(await handoff.review()).toMatchObject({ cause: "time-out", role: "expert" });
    await handoff.answer("eva", reject);
    expect((await handoff.review()).cause).toBe("adjudication");
  });
});

describe("a question to the next role", () => {
  it("is answered and handed back to whoever asked, who keeps it for a day and decides", async () => {
    const handoff = await aHandoff();
    await handoff.answer("rita", { action: "escalate", note: "Is this account theirs?" });
    expect(await handoff.review()).toMatchObject({
      cause: "escalation",
      role: "expert",
      question: { by: "rita", text: "Is this account theirs?" },
    });
    await handoff.answer("eva", { action: "answer", note: "It is; they moved banks." });
    const back = await handoff.review();
    expect(back).toMatchObject({
      cause: "hand-back",
      role: "reviewer",
      question: { by: "eva", text: "It is; they moved banks." },
      claim: { by: "rita", assignedBy: "Eva" },
    });
    await expect(handoff.answer("ron", approve)).rejects.toBeInstanceOf(ReviewAlreadyClaimedError);
    await handoff.answer("rita", approve);
    expect((await handoff.record()).status).toBe("decided");
  });

  it("may be decided by whoever was asked", async () => {
    const handoff = await aHandoff();
    await handoff.answer("rita", { action: "escalate", note: "?" });
    await handoff.answer("eva", reject);
    expect((await handoff.record()).decision?.decidedBy).toBe("eva");
  });

  it("cannot be answered where none was asked, or twice", async () => {
    const handoff = await aHandoff();
    const answer: Decision = { action: "answer", note: "Yes." };
    await expect(handoff.answer("eva", answer)).rejects.toBeInstanceOf(CaseNotWaitingError);
    await handoff.answer("rita", { action: "escalate", note: "?" });
    await handoff.answer("eva", answer);
    await expect(handoff.answer("rita", answer)).rejects.toBeInstanceOf(CaseNotWaitingError);
  });

  it("is over once the case was decided: reopened, nobody is handed it back", async () => {
    const asked = aReview({ status: "decided", decision: aDecision({ decision: { action: "escalate", note: "?" } }) });
    expect(asksSomething({ firstRound: 2 }, [asked])).toBe(false);
    expect(asksSomething({ firstRound: 1 }, [asked])).toBe(true);
  });
});

describe("a case that nothing judged, because its first pass died", () => {
  it("is let through only with everything that its workflow requires", async () => {
    const handoff = await aHandoff({ record: { disposition: null, missingFields: [] } });
    const some = correct({ currency: "EUR", gross: "10.00" });
    await expect(handoff.answer("rita", some)).rejects.toBeInstanceOf(ValueInvalidError);
    await handoff.answer("rita", correct(seen));
    expect((await handoff.record()).status).toBe("decided");
  });
});

describe("a question to the sender", () => {
  const sam = aPerson("sam", { role: "submitter" });
  const asking = async () => {
    const handoff = await aHandoff({ people: [...house, sam], record: { submitter: "sam" } });
    await handoff.answer("rita", { action: "ask", note: "Page two is missing." });
    return handoff;
  };

  it("takes the case out of the queue, and tells the sender until when", async () => {
    const handoff = await asking();
    const { reviewId, dueAt } = await handoff.review();
    expect(await handoff.record()).toMatchObject({
      senderAsked: true,
      messages: [{ from: "reviewer", byName: "Rita", text: "Page two is missing." }],
    });
    expect(handoff.announcer.events.at(-1)).toMatchObject({ type: "SenderAsked", detail: { until: dueAt } });
    await expect(claimReview(reviewId, "ron", handoff)).rejects.toBeInstanceOf(ReviewNotFoundError);
  });

  it("comes back to the role that asked with the sender's message", async () => {
    const handoff = await asking();
    const outbox = await sendMessage(caseId, "sam", "There is no page two.", handoff);
    if (outbox) await handoff.resumer.wake(outbox);
    await handoff.goOn();
    expect(await handoff.review()).toMatchObject({ cause: "sender", role: "reviewer" });
    expect((await handoff.record()).messages.map(({ text }) => text)).toEqual([
      "Page two is missing.",
      "There is no page two.",
    ]);
    await handoff.answer("rita", approve);
    expect((await handoff.record()).status).toBe("decided");
  });

  it("comes back without an answer when the sender's time is over, and later versions are none of its own", async () => {
    const handoff = await asking();
    const { source } = await handoff.record();
    expect(await handoff.cases.awaiting(source)).toBe(caseId);
    await handoff.timeOut();
    expect(await handoff.review()).toMatchObject({ cause: "sender", role: "reviewer" });
    expect(await handoff.record()).toMatchObject({ senderAsked: false });
    expect(await handoff.cases.awaiting(source)).toBeNull();
    await expect(sendMessage(caseId, "sam", "Sorry", handoff)).rejects.toBeInstanceOf(CaseNotWaitingError);
  });

  it("is answered by the next version of the same key: the case starts afresh with it, under the same id", async () => {
    const handoff = await asking();
    const { source } = await handoff.record();
    const again = { ...source, versionId: "v2", sizeBytes: 2_000 };
    const taken = await takeAnswer(again, handoff);
    expect(taken).toMatchObject({
      caseId,
      status: "opened",
      disposition: null,
      earlierVersions: ["v1"],
      firstRound: 3,
      executionName: `${caseId}-e1`,
    });
    expect(await takeAnswer(again, handoff)).toBeNull();
    expect(handoff.cases.wakeUps).toMatchObject([{ wakeUp: { next: null } }]);
  });

  it("is not answered by the version it is about, announced once more", async () => {
    const handoff = await asking();
    expect(await takeAnswer((await handoff.record()).source, handoff)).toBeNull();
  });

  it("lets only the sender answer", async () => {
    const handoff = await asking();
    await expect(sendMessage(caseId, "ron", "It is fine.", handoff)).rejects.toThrow("There is no case");
  });
});

describe("withdrawing", () => {
  const people = [...house, aPerson("sam", { role: "submitter" })];

  it("ends the waiting, once, and tells a late answer that the review is over", async () => {
    const handoff = await aHandoff({ people, record: { submitter: "sam" } });
    const outbox = await withdrawCase(caseId, "sam", "Sent by mistake.", handoff);
    expect(outbox?.wakeUp).toMatchObject({ next: null });
    expect(await handoff.record()).toMatchObject({ status: "decided", withdrawal: { byName: "Sam" } });
    expect(await withdrawCase(caseId, "sam", "Sent by mistake.", handoff)).toBeNull();
    await expect(handoff.answer("rita", approve)).rejects.toThrow("went on to the next role");
  });

  it("works under the id that a later version of the document gave, too", async () => {
    const handoff = await aHandoff({ people, record: { submitter: "sam" } });
    const before = await handoff.record();
    const entry = { type: "DocumentReplaced" as const, actor: software, summary: "Sent again", details: {} };
    await handoff.cases.commit({ before, after: before, entry, alias: caseIdNumber(7) }, noon);
    const outbox = await withdrawCase(caseIdNumber(7), "sam", "Sent by mistake.", handoff);
    expect(outbox).toMatchObject({ reviewId: `${caseId}-1` });
    expect((await handoff.cases.reviewsOf(caseId)).map(({ status }) => status)).toEqual(["expired"]);
  });

  it("comes too late once somebody decided", async () => {
    const handoff = await aHandoff({ people, record: { submitter: "sam" } });
    await handoff.answer("rita", approve);
    await expect(withdrawCase(caseId, "sam", "x", handoff)).rejects.toBeInstanceOf(CaseAlreadyDecidedError);
  });
});

describe("a blind review", () => {
  const blind = { record: { disposition: aReviewDisposition({ blind: true }) } };

  it("of a case that a rule stopped is answered twice: first by what is seen, then knowing the reasons", async () => {
    const handoff = await aHandoff(blind);
    await expect(handoff.answer("rita", approve)).rejects.toBeInstanceOf(BlindAnswerNeededError);
    await expect(handoff.answer("rita", correct({ gross: "120.00" }))).rejects.toThrow("values are not");
    expect((await handoff.answer("rita", correct(seen))).unmasked).toBe(true);
    expect(await handoff.record()).toMatchObject({ status: "waiting", decision: null });
    expect(await handoff.review()).toMatchObject({ blindAnswer: { decidedBy: "rita" }, claim: { by: "rita" } });
    // The same request sent twice is the blind answer once more, never the decision.
    expect((await handoff.answer("rita", correct(seen))).unmasked).toBe(true);
    await expect(handoff.answer("rita", approve)).rejects.toBeInstanceOf(BlindAnswerGivenError);
    await handoff.answer("rita", { action: "approve", knowing: true });
    expect((await handoff.record()).status).toBe("decided");
    expect(handoff.cases.tally.map((entry) => entry.type === "answered" && [entry.blind, entry.final])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it("of an audit is settled by the one answer", async () => {
    const disposition = aPass({ audited: true, routing: threeRungs });
    const handoff = await aHandoff({
      record: {
        status: "auditing",
        audit: "due",
        outcomes: 1,
        disposition,
        next: { cause: "audit", routing: threeRungs, rung: 0 },
      },
    });
    expect(await handoff.review()).toMatchObject({ cause: "audit", blind: true, reasons: [] });
    expect((await handoff.answer("rita", correct({ ...seen, gross: "12.00" }))).unmasked).toBe(false);
    expect(await handoff.record()).toMatchObject({ status: "decided", audit: "due" });
  });

  it("does not let the sender be asked, which would tell an audit from the others", async () => {
    const handoff = await aHandoff(blind);
    await expect(handoff.answer("rita", { action: "ask", note: "?" })).rejects.toBeInstanceOf(BlindAnswerNeededError);
  });

  it("stays blind for whoever is asked instead", async () => {
    const handoff = await aHandoff(blind);
    await handoff.answer("rita", { action: "escalate", note: "I cannot read this." });
    expect((await handoff.review()).blind).toBe(true);
  });
});

describe("evidence that a reason asks for", () => {
  const evidence = [
    { id: "pages", label: "Every page", kind: "open" as const, reasons: ["totals"] },
    { id: "call", label: "Note of the call", kind: "attach" as const, reasons: ["bank-account"] },
  ];

  it("has to be there before the case is let through, by the person who answers", async () => {
    const handoff = await aHandoff({ policy: { evidence } });
    await handoff.openings.add(caseId, 1, "ron", 1);
    await expect(handoff.answer("rita", approve)).rejects.toMatchObject({
      errors: [{ pointer: "/evidence/pages", detail: "Every page: open page 1 first." }],
    });
    await handoff.openings.add(caseId, 1, "rita", 1);
    await handoff.answer("rita", approve);
    const [decided] = (await handoff.cases.history(caseId)).slice(-1);
    expect(decided?.details).toMatchObject({ openedPages: [1] });
  });

  it("is not asked of a rejection, and an attachment must exist", async () => {
    const reasons = [aReason({ triggerId: "bank-account" })];
    const given = { policy: { evidence }, record: { disposition: aReviewDisposition({ reasons }) } };
    const attached = "a".repeat(26);
    const handoff = await aHandoff(given);
    await expect(handoff.answer("rita", { action: "approve", attachments: [attached] })).rejects.toBeInstanceOf(
      EvidenceMissingError,
    );
    const file = { fileName: "call.txt", contentType: "text/plain", bytes: Buffer.from("called") };
    await handoff.attachments.keep(caseId, attached, file);
    await handoff.answer("rita", { action: "approve", attachments: [attached] });
    await (await aHandoff(given)).answer("rita", reject);
  });
});

describe("assigning", () => {
  it("gives a review to somebody who may answer it, whoever held it before", async () => {
    const handoff = await aHandoff();
    const { reviewId } = await handoff.review();
    await claimReview(reviewId, "rita", handoff);
    expect((await assignReview(reviewId, { personId: "eva", to: "ron" }, handoff)).claim).toMatchObject({
      by: "ron",
      assignedBy: "Eva",
    });
    await expect(handoff.answer("rita", approve)).rejects.toBeInstanceOf(ReviewAlreadyClaimedError);
    await handoff.answer("ron", approve);
  });

  it("is for experts and owners, and never to somebody who may not answer", async () => {
    const handoff = await aHandoff({ record: { submitter: "ron" } });
    const { reviewId } = await handoff.review();
    const assign = (personId: string, to: string) => assignReview(reviewId, { personId, to }, handoff);
    await expect(assign("rita", "rita")).rejects.toBeInstanceOf(NotAllowedError);
    await expect(assign("eva", "ron")).rejects.toThrow("submitted this case");
    await expect(assign("eva", "nobody")).rejects.toBeInstanceOf(NotAllowedError);
  });
});

describe("the machine and the answer at the same moment", () => {
  it("an answer that asks for another step than the time-out is told to the machine, which then opens that", async () => {
    const handoff = await aHandoff();
    handoff.tokens.open.clear();
    await handoff.answer("rita", { action: "ask", note: "?" });
    await handoff.timeOut();
    expect(handoff.cases.wakeUps).toMatchObject([
      { taskToken: "token-of-round-2", wakeUp: { next: { cause: "question" } } },
    ]);
    expect(await handoff.cases.findReview(`${caseId}-2`)).toBeNull();
  });

  it("a definition of version 1, which knows no next step, opens the one that is stored", async () => {
    const handoff = await aHandoff(fourEyes);
    await handoff.answer("rita", approve);
    const { next } = await handoff.record();
    expect(next).toBeNull();
    expect(handoff.tokens.woken[0]).toMatchObject({ output: { action: "escalate" } });
    const old = await aHandoff(fourEyes);
    old.tokens.open.clear();
    await old.answer("rita", approve);
    await old.open({ version: 1, round: 3, rung: 1, cause: "escalation", taskToken: "of-version-1" });
    expect(await old.cases.findReview(`${caseId}-3`)).toMatchObject({
      cause: "second-look",
      role: "reviewer",
      taskToken: "of-version-1",
    });
  });

  it("an execution that lost the case to another is woken and ends", async () => {
    const handoff = await aHandoff({ record: { executionName: "new" } });
    await handoff.open({ round: 2, caseExecution: "old", taskToken: "of-the-old-one" });
    expect(handoff.cases.wakeUps).toMatchObject([{ taskToken: "of-the-old-one", wakeUp: { next: null } }]);
  });

  it("a redriven state's token counts, though it counts its attempts from 0 again", async () => {
    const handoff = await aHandoff();
    const at = (second: string) => `2026-03-02T12:00:${second}.000Z`;
    await handoff.open({ attempt: 2, enteredAt: at("01"), taskToken: "second-retry" });
    await handoff.open({ attempt: 0, enteredAt: at("30"), taskToken: "redriven" });
    await handoff.open({ attempt: 3, enteredAt: at("01"), taskToken: "late" });
    expect((await handoff.review()).taskToken).toBe("redriven");
  });
});

it("a claim is renewed without a step in the ledger, and an assignment is not cut short by it", async () => {
  const handoff = await aHandoff();
  const { reviewId } = await handoff.review();
  await assignReview(reviewId, { personId: "eva", to: "rita" }, handoff);
  const steps = (await handoff.cases.history(caseId)).length;
  const first = await claimReview(reviewId, "rita", handoff);
  handoff.later(60);
  const renewed = await claimReview(reviewId, "rita", handoff);
  expect(renewed.claim?.until).toBe(first.claim?.until);
  expect(await handoff.cases.history(caseId)).toHaveLength(steps + 1);
  expect(invoices.policy.claimSeconds).toBeLessThan(86_400);
});
