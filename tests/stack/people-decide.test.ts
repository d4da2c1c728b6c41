import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleLists } from "../../local/demo/samples/sample-lists.ts";
import { dynamoCaseStore } from "../../shared/aws/dynamodb/case-store.ts";
import type { GetCaseResponse } from "../../shared/contracts/api.ts";
import type { Decision } from "../../shared/contracts/decision.ts";
import { firstBroken } from "../../shared/ledger/chain.ts";
import { invoicePdf, invoiceThatDoesNotAddUp } from "./an-invoice.ts";
import { eventually } from "./api-client.ts";
import { startedLongAgo } from "./handoff-scenarios.ts";
import { invoke } from "./invoke.ts";
import { policiesInTurn } from "./policy-in-force.ts";
import { type DemoName, openTestStack, type TestStack } from "./test-stack.ts";
import { closed, waitingFor } from "./where-a-case-is.ts";

let test: TestStack;
let inForce: ReturnType<typeof policiesInTurn>;
let dropped = 0;
const hour = 3_600_000;

beforeAll(async () => {
  test = await openTestStack({ turned: true });
  inForce = policiesInTurn(test.dynamoDb, test.output("CaseTable"));
  const owner = await test.as("owner-1");
  for (const [list, csv] of Object.entries(sampleLists()))
    expect((await owner.post(`/api/workflows/invoices/lists/${list}`, { csv })).status).toBe(200);
});
afterAll(() => test?.close());

async function dropIt(pdf: Promise<Buffer>, submitter: string | null = null): Promise<string> {
  dropped += 1;
  return test.drop(`invoices/people-${dropped}.pdf`, await pdf, submitter === null ? {} : { submitter });
}

async function answer(name: DemoName, shown: GetCaseResponse, decision: Decision) {
  const review = shown.reviews.findLast(({ status }) => status === "waiting");
  return (await test.as(name)).post(`/api/reviews/${review?.reviewId}/decision`, decision);
}

async function ledgerHolds(caseId: string): Promise<void> {
  const tables = {
    client: test.dynamoDb,
    caseTable: test.output("CaseTable"),
    ledgerTable: test.output("LedgerTable"),
  };
  const store = dynamoCaseStore(tables);
  const record = await store.find(caseId);
  if (!record) throw new Error("The case is missing.");
  const last = { sequence: record.ledgerSequence, hash: record.ledgerHash };
  expect(firstBroken(await store.history(caseId), last)).toBeNull();
}

describe("people decide", () => {
  it("with four eyes: the second does not see the first; they disagree, and an expert decides between them", async () => {
    await inForce({ fourEyes: { when: "true", amountAbove: {}, correctedFields: [] } });
    const caseId = await dropIt(invoiceThatDoesNotAddUp());
    const first = await waitingFor(test, caseId, "gate");
    expect((await answer("reviewer-1", first, { action: "approve" })).status).toBe(200);
    const second = await waitingFor(test, caseId, "second-look");
    expect(second.reviews[0]).toMatchObject({ status: "decided", decision: null });
    expect((await answer("reviewer-1", second, { action: "approve" })).problem).toBe("not-allowed");
    expect((await answer("reviewer-2", second, { action: "reject", note: "The sum is wrong." })).status).toBe(200);
    const both = await waitingFor(test, caseId, "adjudication");
    expect(both.reviews.map(({ decision }) => decision?.decision.action ?? null)).toEqual(["approve", "reject", null]);
    expect((await answer("expert-1", both, { action: "reject", note: "It is." })).status).toBe(200);
    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({ action: "reject", decidedBy: { name: "Subject expert" } });
    await ledgerHolds(caseId);
  });

  it("in time, or the next role does", async () => {
    await inForce({});
    const caseId = await dropIt(invoiceThatDoesNotAddUp());
    await waitingFor(test, caseId, "gate");
    await test.turn(9 * hour);
    const late = await waitingFor(test, caseId, "time-out");
    expect(late.reviews.at(-1)).toMatchObject({ role: "expert", priority: 1 });
    expect((await answer("reviewer-1", late, { action: "approve" })).problem).toBe("not-allowed");
    expect((await answer("expert-1", late, { action: "approve" })).status).toBe(200);
    await closed(test, caseId);
  });

  it("after asking an expert, who hands it back with an answer", async () => {
    await inForce({});
    const caseId = await dropIt(invoiceThatDoesNotAddUp());
    const shown = await waitingFor(test, caseId, "gate");
    await answer("reviewer-1", shown, { action: "escalate", note: "Is this a credit?" });
    const asked = await waitingFor(test, caseId, "escalation");
    expect(asked.reviews.at(-1)?.question?.text).toBe("Is this a credit?");
    await answer("expert-1", asked, { action: "answer", note: "No, a late fee." });
    const back = await waitingFor(test, caseId, "hand-back");
    expect((await answer("reviewer-2", back, { action: "approve" })).problem).toBe("already-claimed");
    expect((await answer("reviewer-1", back, { action: "approve" })).status).toBe(200);
    await closed(test, caseId);
    await ledgerHolds(caseId);
  });

  it("after asking the sender, whose next version of the document goes on with the same case", async () => {
    await inForce({});
    const key = "invoices/asked-again.pdf";
    const caseId = await test.drop(key, await invoiceThatDoesNotAddUp());
    const shown = await waitingFor(test, caseId, "gate");
    expect((await answer("reviewer-1", shown, { action: "ask", note: "The total is wrong." })).status).toBe(200);
    const asked = await test.caseWhen(
      caseId,
      (now) => now.case.senderAsked && now.reviews.at(-1)?.cause === "question",
    );
    expect(asked.case.messages).toMatchObject([{ from: "reviewer", text: "The total is wrong." }]);
    const alias = await test.drop(key, await invoicePdf());
    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({ action: "pay", decidedBy: { kind: "software" } });
    expect((await (await test.as("owner-1")).get(`/api/cases/${alias}`)).body).toMatchObject({ case: { caseId } });
    await ledgerHolds(caseId);
  });

  it("after the sender answered in words; and not at all where the sender takes it back", async () => {
    await inForce({});
    const program = await test.asProgram();
    const submitter = test.output("ProgramClientId");
    const caseId = await dropIt(invoiceThatDoesNotAddUp(), submitter);
    await answer("reviewer-1", await waitingFor(test, caseId, "gate"), { action: "ask", note: "Is the total right?" });
    await waitingFor(test, caseId, "question");
    expect((await program.post(`/api/cases/${caseId}/messages`, { text: "It is: a late fee." })).status).toBe(204);
    const back = await waitingFor(test, caseId, "sender");
    expect(back.case.messages.map(({ from }) => from)).toEqual(["reviewer", "sender"]);
    expect((await program.post(`/api/cases/${caseId}/messages`, { text: "?" })).problem).toBe("case-not-waiting");
    expect((await program.post(`/api/cases/${caseId}/withdraw`, { because: "Sent twice" })).status).toBe(204);
    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({ action: "withdraw", decidedBy: { kind: "sender" } });
    expect((await answer("reviewer-1", back, { action: "approve" })).problem).toBe("review-expired");
  });

  it("again, when an owner reopens the case: another answer supersedes the outcome", async () => {
    await inForce({});
    const caseId = await dropIt(invoiceThatDoesNotAddUp());
    await answer("reviewer-1", await waitingFor(test, caseId, "gate"), { action: "approve" });
    await closed(test, caseId);
    const reopen = { because: "The supplier called." };
    expect((await (await test.as("reviewer-2")).post(`/api/cases/${caseId}/reopen`, reopen)).problem).toBe(
      "not-allowed",
    );
    expect((await (await test.as("owner-1")).post(`/api/cases/${caseId}/reopen`, reopen)).status).toBe(204);
    const again = await waitingFor(test, caseId, "reopen");
    expect((await answer("reviewer-2", again, { action: "reject", note: "Paid twice." })).status).toBe(200);
    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({
      outcomeId: `${caseId}-o2`,
      supersedes: `${caseId}-o1`,
      action: "reject",
    });
    await ledgerHolds(caseId);
  });

  it("blind, what software let through: an audit that finds an error supersedes the outcome", async () => {
    await inForce({ audit: { share: 1, blindShare: 0, hold: false } });
    const caseId = await dropIt(invoicePdf());
    const blind = await eventually(async () => {
      const { body, status } = await (await test.as("reviewer-1")).get(`/api/cases/${caseId}`);
      return status === 200 && (body as GetCaseResponse).masked ? (body as GetCaseResponse) : null;
    }, "the audit");
    expect(blind).toMatchObject({ proposal: null, case: { disposition: null, outcomeId: null } });
    const first = await test.outcomeOf(caseId);
    expect(first).toMatchObject({ outcomeId: `${caseId}-o1`, decidedBy: { kind: "software" } });
    expect((await answer("reviewer-1", blind, { action: "approve" })).problem).toBe("blind-answer-needed");
    const { supplier = "", number = "", issueDate = "", currency = "" } = first?.fields ?? {};
    const seen = { supplier, number, issueDate, currency, gross: "1.00" };
    const audited = await answer("reviewer-1", blind, { action: "correct", fields: seen });
    expect(audited, JSON.stringify(audited.body)).toMatchObject({ status: 200, body: { unmasked: false } });
    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({ supersedes: `${caseId}-o1`, fields: { gross: "1.00" } });
    await ledgerHolds(caseId);
  });

  it("for a year and longer: the case goes on in another execution, and the answer still counts", async () => {
    await inForce({});
    const caseId = await dropIt(invoiceThatDoesNotAddUp());
    await waitingFor(test, caseId, "gate");
    await startedLongAgo(test, caseId);
    await invoke(test, "Reconcile");
    const owner = await test.as("owner-1");
    const shown = await eventually(async () => {
      const { body } = await owner.get(`/api/cases/${caseId}`);
      const now = body as GetCaseResponse;
      const continued = now.timeline?.some(({ type }) => type === "CaseContinued");
      return continued && now.reviews.some(({ status, cause }) => status === "waiting" && cause === "recovery")
        ? now
        : null;
    }, "the continued case");
    expect((await answer("owner-1", shown, { action: "approve" })).status).toBe(200);
    await closed(test, caseId);
    await ledgerHolds(caseId);
  });
});
