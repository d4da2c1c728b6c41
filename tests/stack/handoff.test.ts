import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { companies } from "../../local/demo/samples/company.ts";
import { sampleLists } from "../../local/demo/samples/sample-lists.ts";
import { listReviewsResponse } from "../../shared/contracts/api.ts";
import { reviewSummary } from "../../shared/contracts/case.ts";
import { invoicePdf, invoiceThatDoesNotAddUp } from "./an-invoice.ts";
import { apiClient } from "./api-client.ts";
import { openTestStack, type TestStack } from "./test-stack.ts";

let test: TestStack;
let dropped = 0;

beforeAll(async () => {
  test = await openTestStack();
  const owner = await test.as("owner-1");
  for (const [list, csv] of Object.entries(sampleLists())) {
    expect((await owner.post(`/api/workflows/invoices/lists/${list}`, { csv })).status).toBe(200);
  }
});
afterAll(() => test?.close());

/** Drops an invoice and waits until somebody is asked. */
async function waiting(pdf: Promise<Buffer>, metadata: Record<string, string> = {}) {
  dropped += 1;
  const caseId = await test.drop(`invoices/handoff-${dropped}.pdf`, await pdf, metadata);
  const answer = await test.caseWhen(caseId, ({ case: { status } }) => status === "waiting" || status === "closed");
  expect(answer.case.status).toBe("waiting");
  return { caseId, answer, decide: `/api/reviews/${caseId}-1/decision`, claim: `/api/reviews/${caseId}-1/claim` };
}

const closed = (caseId: string) => test.caseWhen(caseId, (answer) => answer.case.status === "closed");

describe("a reviewer", () => {
  it("finds the case in the queue with its reasons, claims it, and approves it", async () => {
    const { caseId, decide, claim } = await waiting(invoiceThatDoesNotAddUp());
    const reviewer = await test.as("reviewer-1");
    const listed = listReviewsResponse.parse((await reviewer.get("/api/reviews?status=waiting")).body);
    const found = listed.reviews.find((review) => review.caseId === caseId);
    expect(found?.reasons.map(({ triggerId }) => triggerId)).toContain("totals");
    expect(reviewSummary.parse((await reviewer.post(claim)).body).claim?.byName).toBe("Reviewer 1");
    expect((await reviewer.post(decide, { action: "approve", note: "Called the supplier" })).status).toBe(200);
    await closed(caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({
      action: "pay",
      note: "Called the supplier",
      decidedBy: { kind: "person", name: "Reviewer 1", action: "approve" },
    });
  });

  it("corrects a field and the lines; the outcome holds what was corrected, written canonically", async () => {
    const { caseId, decide } = await waiting(invoiceThatDoesNotAddUp());
    const reviewer = await test.as("reviewer-1");
    const lines = [{ description: "Paper", quantity: "1", unitPrice: "200.00", amount: "200.00" }];
    const correction = { action: "correct", fields: { gross: "1.482,40", iban: companies.thistlecombe.iban }, lines };
    expect((await reviewer.post(decide, correction)).status).toBe(200);
    // A changed account is seen by a second pair of eyes, which states it in its own way.
    await test.caseWhen(caseId, ({ reviews }) => reviews.some(({ cause }) => cause === "second-look"));
    const second = await test.as("reviewer-2");
    const same = { ...correction, fields: { ...correction.fields, gross: "1482.40" } };
    expect((await second.post(`/api/reviews/${caseId}-2/decision`, same)).status).toBe(200);
    await closed(caseId);
    const outcome = await test.outcomeOf(caseId);
    expect(outcome?.fields).toMatchObject({ gross: "1482.40" });
    expect(outcome?.lines).toEqual(lines);
  });

  it("rejects with a note; upstream is told", async () => {
    const { caseId, decide } = await waiting(invoiceThatDoesNotAddUp());
    const reviewer = await test.as("reviewer-1");
    expect((await reviewer.post(decide, { action: "reject" })).problem).toBe("malformed-request");
    expect((await reviewer.post(decide, { action: "reject", note: "Not ours" })).status).toBe(200);
    await closed(caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({ action: "reject", note: "Not ours" });
  });

  it("escalates; the expert answers, and who escalated may not answer again", async () => {
    const { caseId, decide } = await waiting(invoiceThatDoesNotAddUp());
    const [reviewer, expert] = [await test.as("reviewer-1"), await test.as("expert-1")];
    expect((await reviewer.post(decide, { action: "escalate", note: "Is this a credit?" })).status).toBe(200);
    await test.caseWhen(caseId, ({ reviews }) => reviews.some((review) => review.reviewId === `${caseId}-2`));
    const second = `/api/reviews/${caseId}-2`;
    expect((await reviewer.post(`${second}/claim`)).problem).toBe("not-allowed");
    expect((await expert.post(`${second}/decision`, { action: "approve" })).status).toBe(200);
    const { timeline } = await closed(caseId);
    expect(timeline.map(({ type }) => type)).toEqual([
      "CaseOpened",
      "ProposalGated",
      "ReviewOpened",
      "ReviewDecided",
      "ReviewOpened",
      "ReviewDecided",
      "OutcomeDelivered",
    ]);
  });

  it("looks at the page's picture through an address that lasts for minutes", async () => {
    const { caseId } = await waiting(invoiceThatDoesNotAddUp());
    const reviewer = await test.as("reviewer-1");
    const { body, status } = await reviewer.get(`/api/cases/${caseId}/pages/1`);
    expect(status).toBe(200);
    const image = await fetch(z.object({ url: z.string() }).parse(body).url);
    expect(image.headers.get("content-type")).toMatch(/^image\/(png|jpeg)$/);
    expect((await reviewer.get(`/api/cases/${caseId}/pages/2`)).problem).toBe("not-found");
  });
});

describe("authority", () => {
  it("refuses an amount above the limit on approve and on correct, and lets it be escalated", async () => {
    const lines = [{ description: "Archive box, acid free", quantity: 3_000, unitPriceMinor: 215 }];
    const { decide, claim } = await waiting(invoiceThatDoesNotAddUp({ lines, misprintedGrossMinor: 7_000_00 }));
    const reviewer = await test.as("reviewer-1");
    expect((await reviewer.post(claim)).status).toBe(200);
    expect((await reviewer.post(decide, { action: "approve" })).problem).toBe("above-authority");
    const correction = { action: "correct", fields: { gross: "6000.00" } };
    expect((await reviewer.post(decide, correction)).problem).toBe("above-authority");
    expect((await reviewer.post(decide, { action: "escalate", note: "Above my limit" })).status).toBe(200);
  });

  it("lets nobody review what they submitted, on any route", async () => {
    const { claim, decide } = await waiting(invoiceThatDoesNotAddUp(), { submitter: "Reviewer 1" });
    const reviewer = await test.as("reviewer-1");
    expect((await reviewer.post(claim)).problem).toBe("not-allowed");
    expect((await reviewer.post(claim.replace("/claim", "/release"))).problem).toBe("not-allowed");
    expect((await reviewer.post(decide, { action: "approve" })).problem).toBe("not-allowed");
    expect((await (await test.as("reviewer-2")).post(decide, { action: "approve" })).status).toBe(200);
  });

  it("shows a person without membership nothing", async () => {
    const { caseId, claim } = await waiting(invoiceThatDoesNotAddUp());
    const outsider = await test.as("outsider");
    expect((await outsider.get(`/api/cases/${caseId}`)).problem).toBe("not-found");
    expect((await outsider.get(`/api/cases/${caseId}/pages/1`)).problem).toBe("not-found");
    expect((await outsider.post(claim)).problem).toBe("not-allowed");
    expect((await outsider.get("/api/reviews")).body).toEqual({ reviews: [], cursor: null });
    expect((await outsider.get("/api/reviews?queue=invoices")).problem).toBe("not-allowed");
    expect((await outsider.post("/api/workflows/invoices/lists/vendors", { csv: "name" })).problem).toBe("not-allowed");
  });

  it("lets only an owner replace a list, and names what is wrong with one", async () => {
    const path = "/api/workflows/invoices/lists/vendors";
    expect((await (await test.as("expert-1")).post(path, { csv: "name" })).problem).toBe("not-allowed");
    const answer = await (await test.as("owner-1")).post(path, { csv: "title\nAcme" });
    expect(answer).toMatchObject({ status: 422, problem: "value-invalid" });
  });
});

describe("two people at once", () => {
  it("tells the second who holds the review, and lets go when it is released", async () => {
    const { claim } = await waiting(invoiceThatDoesNotAddUp());
    const [first, second] = [await test.as("reviewer-1"), await test.as("reviewer-2")];
    expect((await first.post(claim)).status).toBe(200);
    const refused = await second.post(claim);
    expect(refused).toMatchObject({ status: 409, problem: "already-claimed", body: { claimedBy: "Reviewer 1" } });
    expect((await first.post(claim.replace("/claim", "/release"))).status).toBe(204);
    expect((await second.post(claim)).status).toBe(200);
  });

  it("takes one answer of two that race, and tells the other who was first and when", async () => {
    const { caseId, decide } = await waiting(invoiceThatDoesNotAddUp());
    const racers = [await test.as("reviewer-1"), await test.as("reviewer-2"), await test.as("expert-1")];
    const answers = await Promise.all(
      racers.map((racer, index) =>
        racer.post(decide, index === 0 ? { action: "approve" } : { action: "reject", note: "no" }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const refused of answers.filter(({ status }) => status !== 200)) {
      expect(refused).toMatchObject({ status: 409, problem: "already-decided" });
      expect(refused.body).toMatchObject({ decidedBy: expect.any(String), decidedAt: expect.any(String) });
    }
    const { timeline } = await closed(caseId);
    expect(timeline.filter(({ type }) => type === "ReviewDecided")).toHaveLength(1);
  });

  it("answers an identical decision as it was answered", async () => {
    const { caseId, decide } = await waiting(invoiceThatDoesNotAddUp());
    const reviewer = await test.as("reviewer-1");
    const first = await reviewer.post(decide, { action: "approve" }, { key: "same-intent-1" });
    expect(await reviewer.post(decide, { action: "approve" }, { key: "same-intent-1" })).toEqual(first);
    expect((await reviewer.post(decide, { action: "approve" })).body).toEqual(first.body);
    expect((await reviewer.post(decide, { action: "reject", note: "no" }, { key: "same-intent-1" })).problem).toBe(
      "idempotency-key-reused",
    );
    expect((await reviewer.post(decide, { action: "reject", note: "no" })).problem).toBe("already-decided");
    await closed(caseId);
  });
});

describe("a program", () => {
  it("announces a document, uploads it, and follows its case", async () => {
    const program = await test.asProgram();
    const pdf = await invoicePdf();
    const request = {
      workflow: "invoices",
      fileName: "../Rechnung März +1%.pdf",
      sizeBytes: pdf.length,
      reference: "SAP-1",
    };
    const announced = await program.post("/api/cases", request);
    expect(announced.status, JSON.stringify(announced.body)).toBe(201);
    const { caseId, upload } = z
      .object({ caseId: z.string(), upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }) })
      .parse(announced.body);
    const put = await fetch(upload.url, { method: "PUT", body: new Uint8Array(pdf), headers: upload.headers });
    expect(put.status, await put.text()).toBe(200);
    await closed(caseId);
    expect((await program.get(`/api/cases/${caseId}`)).body).toMatchObject({
      case: { reference: "SAP-1", fileName: "../Rechnung März +1%.pdf" },
    });
    expect(await test.outcomeOf(caseId)).toMatchObject({ reference: "SAP-1" });
    expect((await program.get("/api/reviews")).status).toBe(403);
  });
});

describe("bad requests", () => {
  it("refuses a forged token and none at all", async () => {
    const { token } = await test.as("reviewer-1");
    const forged = apiClient(test.stack).withToken(`${token.slice(0, -6)}AAAAAA`);
    expect((await forged.get("/api/me")).status).toBe(401);
    expect((await apiClient(test.stack).withToken("").get("/api/me")).status).toBe(401);
  });

  it("refuses malformed JSON, a missing idempotency key, an unknown review, an oversized body", async () => {
    const reviewer = await test.as("reviewer-1");
    const unknown = `/api/reviews/${"a".repeat(26)}-1/decision`;
    expect((await reviewer.post(unknown, undefined, { raw: "{" })).problem).toBe("malformed-request");
    expect((await reviewer.post(unknown, { action: "approve" }, { key: "" })).problem).toBe("missing-idempotency-key");
    expect((await reviewer.post(unknown, { action: "approve" })).problem).toBe("not-found");
    expect((await reviewer.post("/api/reviews/nonsense/decision", { action: "approve" })).problem).toBe("not-found");
    expect((await reviewer.post(unknown, { action: "approve", note: "x".repeat(5 * 1024 * 1024) })).problem).toBe(
      "body-too-large",
    );
    expect((await reviewer.post(unknown, { action: "approve", note: "x".repeat(11 * 1024 * 1024) })).status).toBe(413);
  });

  it("refuses a correction of a field that does not exist and of the wrong type, naming both", async () => {
    const { decide } = await waiting(invoiceThatDoesNotAddUp());
    const correction = { action: "correct", fields: { colour: "red", dueDate: "soon", supplier: null } };
    const answer = await (await test.as("reviewer-1")).post(decide, correction);
    expect(answer).toMatchObject({ status: 422, problem: "value-invalid" });
    const { errors } = z.object({ errors: z.array(z.object({ pointer: z.string() })) }).parse(answer.body);
    expect(errors.map(({ pointer }) => pointer)).toEqual(["/fields/colour", "/fields/dueDate", "/fields/supplier"]);
  });
});
