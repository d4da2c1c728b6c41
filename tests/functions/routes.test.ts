import { describe, expect, it } from "vitest";
import { createHandler as claimReview } from "../../functions/claim-review/handler.ts";
import { createHandler as getCase } from "../../functions/get-case/handler.ts";
import { createHandler as getMe } from "../../functions/get-me/handler.ts";
import { createHandler as getPage } from "../../functions/get-page/handler.ts";
import { createHandler as listReviews } from "../../functions/list-reviews/handler.ts";
import { createHandler as recordDecision } from "../../functions/record-decision/handler.ts";
import { createHandler as releaseReview } from "../../functions/release-review/handler.ts";
import { createHandler as submitCase } from "../../functions/submit-case/handler.ts";
import {
  decideResponse,
  getCaseResponse,
  listReviewsResponse,
  submitCaseResponse,
} from "../../shared/contracts/api.ts";
import { reviewSummary } from "../../shared/contracts/case.ts";
import { person } from "../../shared/contracts/people.ts";
import { aContext, anEvent, inMemoryIdempotency, read } from "../shared/aws/http/an-event.ts";
import { aPerson, aProposal, caseId, caseIdNumber, reviewId } from "../shared/case/builders.ts";
import { inMemoryPeople, inMemoryProposals, inMemorySubmissions } from "../shared/case/in-memory-ports.ts";
import { aDesk } from "../shared/review/desk.ts";

const everything = () => {
  const desk = aDesk({ record: { pages: 1 } });
  return {
    ...desk,
    idempotency: inMemoryIdempotency(),
    listing: desk.cases,
    departmentQueues: async () => [],
    proposals: inMemoryProposals({ [caseId]: aProposal() }),
    images: { address: async () => "https://evidence/1" },
    submissions: inMemorySubmissions(),
    uploads: { presign: async (key: string) => ({ url: `https://intake/${key}`, headers: {} }) },
  };
};
const onReview = (body?: unknown, key = "key-12345") =>
  anEvent({
    pathParameters: { reviewId },
    headers: { "idempotency-key": key },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const get = (pathParameters: Record<string, string>, claims = { sub: "rita" }) =>
  anEvent({ method: "GET", headers: {}, pathParameters, claims });

describe("the routes, from event to answer", () => {
  it("take a review, decide it, and answer a second decision with who and when", async () => {
    const ports = everything();
    const claimed = read(await claimReview(ports)(onReview(), aContext));
    expect(claimed.status).toBe(200);
    expect(reviewSummary.parse(claimed.body)).toEqual(claimed.body);
    const decide = recordDecision(ports);
    const decided = read(await decide(onReview({ action: "approve" }, "key-of-rita"), aContext));
    expect(decided.status).toBe(200);
    expect(decideResponse.parse(decided.body)).toEqual(decided.body);
    const second = anEvent({
      pathParameters: { reviewId },
      claims: { sub: "ron" },
      body: JSON.stringify({ action: "reject", note: "No." }),
    });
    expect(read(await decide(second, aContext))).toMatchObject({
      status: 409,
      body: { type: "urn:signoff:problem:already-decided", decidedBy: "Rita" },
    });
  });

  it("give a review back with 204", async () => {
    const ports = everything();
    await claimReview(ports)(onReview(), aContext);
    expect(await releaseReview(ports)(onReview(undefined, "key-67890"), aContext)).toMatchObject({ statusCode: 204 });
    expect((await ports.cases.findReview(reviewId))?.claim).toBeNull();
  });

  it("list reviews without tokens", async () => {
    const answer = read(await listReviews(everything())(anEvent({ method: "GET", headers: {} }), aContext));
    expect(answer.status).toBe(200);
    expect(listReviewsResponse.parse(answer.body)).toEqual(answer.body);
    expect(JSON.stringify(answer.body)).not.toContain("token");
  });

  it.each([
    ["an unknown status", { status: "all" }],
    ["a queue that cannot be", { queue: "Invoices/../x" }],
    ["a cursor that is too long", { cursor: "x".repeat(201) }],
  ])("refuse a listing with %s", async (_, query) => {
    const event = anEvent({ method: "GET", headers: {}, query });
    expect(read(await listReviews(everything())(event, aContext)).status).toBe(400);
  });

  it("show a case and its page to whoever may see it, and 404 to others", async () => {
    const ports = everything();
    const shown = read(await getCase(ports)(get({ caseId }), aContext));
    expect(getCaseResponse.parse(shown.body)).toEqual(shown.body);
    expect(read(await getPage(ports)(get({ caseId, page: "1" }), aContext)).status).toBe(200);
    for (const page of ["0", "2", "-1", "1.5", "x", "10000"]) {
      expect(read(await getPage(ports)(get({ caseId, page }), aContext)).status).toBe(404);
    }
    for (const event of [get({ caseId }, { sub: "mallory" }), get({ caseId: caseIdNumber(9) }), get({ caseId: "x" })]) {
      expect(read(await getCase(ports)(event, aContext)).status).toBe(404);
    }
  });

  it("say who somebody is, also somebody without any role", async () => {
    const ports = { people: inMemoryPeople(aPerson("rita")), now: () => new Date(0) };
    const known = read(await getMe(ports)(get({}), aContext)).body;
    expect(person.parse(known)).toEqual(aPerson("rita"));
    expect(read(await getMe(ports)(get({}, { sub: "mallory" }), aContext)).body).toMatchObject({ memberships: [] });
  });

  const submission = { workflow: "invoices", fileName: "a.pdf", sizeBytes: 1_000 };
  it("announce a document with 201, the same case for the same key", async () => {
    const ports = everything();
    const event = anEvent({ body: JSON.stringify(submission) });
    const first = read(await submitCase(ports)(event, aContext));
    expect(first.status).toBe(201);
    expect(submitCaseResponse.parse(first.body)).toEqual(first.body);
    ports.idempotency.remembered.clear();
    expect(read(await submitCase(ports)(event, aContext)).body.caseId).toBe(first.body.caseId);
  });

  it.each([
    ["another workflow", { workflow: "bills" }],
    ["no bytes", { sizeBytes: 0 }],
    ["more bytes than are read", { sizeBytes: 50 * 1024 * 1024 + 1 }],
    ["a due time that is none", { dueAt: "tomorrow" }],
    ["no name", { fileName: "" }],
  ])("refuse an announcement with %s", async (_, changes) => {
    const event = anEvent({ body: JSON.stringify({ ...submission, ...changes }) });
    expect(read(await submitCase(everything())(event, aContext)).status).toBe(400);
  });
});
