import { deflateSync } from "node:zlib";
import { encode as encodeJpeg } from "jpeg-js";
import PDFDocument from "pdfkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoPeople } from "../../local/demo/people.ts";
import { maxBodyBytes as maxGatewayBytes } from "../../local/http-api/http-api.ts";
import type { Disposition } from "../../shared/contracts/disposition.ts";
import { getPolicyResponse } from "../../shared/contracts/policy.ts";
import { invoicePdf, invoiceThatDoesNotAddUp } from "./an-invoice.ts";
import { openTestStack, type TestStack } from "./test-stack.ts";
import { uploadLists } from "./upload-lists.ts";

let test: TestStack;
let healthy: Buffer;

beforeAll(async () => {
  test = await openTestStack();
  healthy = await invoicePdf();
});
afterAll(() => test?.close());

/** Drops a file and answers the reasons with which a person sees it; the stack goes on meanwhile. */
async function reasonsFor(key: string, body: Uint8Array | string, metadata: Record<string, string> = {}) {
  const caseId = await test.drop(key, body, metadata);
  const answer = await test.caseWhen(caseId, ({ case: { status } }) => status === "waiting" || status === "closed");
  expect(answer.case.status).toBe("waiting");
  return { ...answer.case, reasons: reasonsOf(answer.case.disposition), pages: answer.case.pages };
}

const reasonsOf = (disposition: Disposition | null) => (disposition?.kind === "review" ? disposition.reasons : []);
const messages = (found: { reasons: { message: string }[] }) => found.reasons.map(({ message }) => message);

function pdfWith(draw: (pdf: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  return new Promise((resolve) => {
    const pdf = new PDFDocument(options);
    const parts: Buffer[] = [];
    pdf.on("data", (part: Buffer) => parts.push(part));
    pdf.on("end", () => resolve(Buffer.concat(parts)));
    draw(pdf);
    pdf.end();
  });
}

const jpeg = () => {
  const [width, height] = [400, 600];
  return encodeJpeg({ width, height, data: Buffer.alloc(width * height * 4, 0xff) }, 80).data;
};

describe("a file that cannot be read ends in front of a person, with its reason", () => {
  it("an empty file", async () => {
    expect(messages(await reasonsFor("invoices/empty.pdf", ""))).toContain("The file is empty");
  });

  it("a PDF without pages", async () => {
    const none =
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    const told = messages(await reasonsFor("invoices/no-pages.pdf", none));
    expect(["The PDF has no pages", "The file is damaged"]).toContain(told[0]);
  });

  it("an encrypted PDF", async () => {
    const locked = await pdfWith((pdf) => pdf.text("Invoice"), { userPassword: "secret", pdfVersion: "1.7" });
    expect(messages(await reasonsFor("invoices/locked.pdf", locked))).toContain("The PDF is locked with a password");
  });

  it("a truncated PDF", async () => {
    const half = healthy.subarray(0, Math.floor(healthy.length / 3));
    const { reasons } = await reasonsFor("invoices/half.pdf", half);
    expect(reasons.length).toBeGreaterThan(0);
  });

  it("a corrupt JPEG", async () => {
    const broken = Buffer.concat([jpeg().subarray(0, 300), Buffer.alloc(500, 0x5a)]);
    expect(messages(await reasonsFor("invoices/broken.jpg", broken))).toContain("The file is damaged");
  });

  it("a file of 60 MB", async () => {
    const told = messages(await reasonsFor("invoices/large.pdf", Buffer.alloc(60 * 1024 * 1024, 0x20)));
    expect(told).toContain("The file is too large to be read");
  });

  it("a page of a million points a side", async () => {
    const huge = await pdfWith((pdf) => pdf.text("x"), { size: [1_000_000, 1_000_000] });
    expect(messages(await reasonsFor("invoices/huge.pdf", huge))).toContain("The file is too large to be read");
  });

  it("a PDF bomb: 400 KB that unpack to 400 MB of drawing", async () => {
    const drawing = deflateSync(Buffer.alloc(400 * 1024 * 1024, "0 0 m 9 9 l S "));
    const bomb = Buffer.concat([
      Buffer.from(
        `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n4 0 obj<</Filter/FlateDecode/Length ${drawing.length}>>stream\n`,
      ),
      drawing,
      Buffer.from("\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"),
    ]);
    const told = messages(await reasonsFor("invoices/bomb.pdf", bomb));
    expect(told).toContain("The file takes too much time or memory to read");
  });

  it("something that is neither PDF nor picture", async () => {
    const told = messages(await reasonsFor("invoices/notes.pdf", "just words"));
    expect(told).toContain("This kind of file cannot be read");
  });

  it("an embedded e-invoice that declares entities", async () => {
    const xml = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><CrossIndustryInvoice>&a;</CrossIndustryInvoice>`;
    const hostile = await pdfWith((pdf) => {
      pdf.text("Invoice 1");
      pdf.file(Buffer.from(xml), { name: "factur-x.xml", type: "text/xml" });
    });
    const found = await reasonsFor("invoices/entities.pdf", hostile);
    expect(messages(found)).toContain("The embedded data declares entities, which is how attacks look");
    expect(found.pages).toBe(1);
  });
});

describe("a drop that is odd is a case all the same", () => {
  it("a JPEG named .pdf is read as the picture it is", async () => {
    const { reasons, pages } = await reasonsFor("invoices/picture.pdf", jpeg());
    expect(pages).toBe(1);
    expect(reasons.map(({ triggerId }) => triggerId)).not.toContain("first-pass-failed");
  });

  it("a folder that names no workflow", async () => {
    expect(messages(await reasonsFor("invoises/typo.pdf", healthy))).toContain("The folder names no workflow");
  });

  it("a file in no folder", async () => {
    expect(messages(await reasonsFor("lost.pdf", healthy))).toContain("The file lies in no workflow's folder");
  });

  it.each([
    "Rechnung März 2026 – Überweisung €.pdf",
    "a b  c.pdf",
    "100%.pdf",
    "1+1=2.pdf",
    "../../../etc/passwd",
    "请求书.pdf",
  ])("a file named %s keeps its name and harms nobody", async (name) => {
    const { fileName } = await reasonsFor(`invoices/${name}`, healthy);
    expect(fileName).toBe(name.split("/").at(-1));
  });

  it("metadata that cannot be read, so that nobody knows who submitted", async () => {
    await test.drop("invoices/side.pdf.meta.json", "{ not json");
    expect(messages(await reasonsFor("invoices/side.pdf", healthy))).toContain("The drop's metadata cannot be read");
  });

  it("a sidecar that names submitter, reference and due time", async () => {
    const dueAt = new Date(Date.now() + 3_600_000).toISOString();
    await test.drop("invoices/told.pdf.meta.json", JSON.stringify({ submitter: "a@b.c", reference: "R-9", dueAt }));
    expect(await reasonsFor("invoices/told.pdf", healthy)).toMatchObject({
      submitter: "a@b.c",
      reference: "R-9",
      dueAt,
    });
  });
});

it("the stack went on through all of it: a good invoice is still read", async () => {
  const { reasons } = await reasonsFor("invoices/after-all.pdf", await invoicePdf());
  expect(reasons.map(({ triggerId }) => triggerId)).not.toContain("first-pass-failed");
});

describe("a request that is wrong is refused by its name, and nothing of it is stored", () => {
  const person = (username: string) =>
    `/api/workflows/invoices/people/${demoPeople.find((one) => one.username === username)?.sub}`;
  // Without its lists nobody below an expert may decide anything: each refusal here is to be for its own reason.
  beforeAll(() => uploadLists(test));
  const waiting = async (key: string) => {
    const caseId = await test.drop(key, await invoiceThatDoesNotAddUp());
    await test.caseWhen(caseId, ({ case: { status } }) => status === "waiting");
    return { caseId, decide: `/api/reviews/${caseId}-1/decision`, claim: `/api/reviews/${caseId}-1/claim` };
  };
  const untouched = async (caseId: string) => {
    const { case: found, reviews, timeline } = await test.caseWhen(caseId, () => true);
    expect([found.status, found.decision, reviews.map(({ decision, claim }) => [decision, claim])]).toEqual([
      "waiting",
      null,
      [[null, null]],
    ]);
    expect(timeline.map(({ type }) => type)).not.toContain("ReviewDecided");
  };

  it("a note of 1 MB, and one that the API's front door does not take", async () => {
    const { caseId, decide } = await waiting("invoices/note.pdf");
    const reviewer = await test.as("reviewer-1");
    const note = (bytes: number) => ({ action: "reject", note: "x".repeat(bytes) });
    const large = await reviewer.post(decide, note(1024 * 1024));
    expect(large).toMatchObject({ status: 413, problem: "body-too-large" });
    expect(large.body).toMatchObject({ detail: expect.stringContaining("at most 262144 are taken") });
    expect(await reviewer.post(decide, note(4_001))).toMatchObject({ status: 400, problem: "malformed-request" });
    expect((await reviewer.post(decide, note(maxGatewayBytes))).status).toBe(413);
    await untouched(caseId);
  });

  it("a decision with fields that do not exist, with a correction of the wrong type, and with members that no decision has", async () => {
    const { caseId, decide } = await waiting("invoices/fields.pdf");
    const reviewer = await test.as("reviewer-1");
    const correction = { action: "correct", fields: { colour: "red", gross: "much" } };
    const refused = await reviewer.post(decide, correction);
    expect(refused).toMatchObject({ status: 422, problem: "value-invalid" });
    expect(refused.body).toMatchObject({ errors: [{ pointer: "/fields/colour" }, { pointer: "/fields/gross" }] });
    const misspelt = await reviewer.post(decide, { action: "approve", notes: "Called." });
    expect(misspelt).toMatchObject({ status: 400, problem: "malformed-request" });
    await untouched(caseId);
  });

  it("an expression that does not compile, that takes too long, that refers to nothing, and contradictory routing", async () => {
    const owner = await test.as("owner-1");
    const { policy } = getPolicyResponse.parse((await owner.get("/api/workflows/invoices/policy")).body);
    const withRule = (changes: object) => ({ ...policy, triggers: [{ ...policy.triggers[0], ...changes }] });
    const wrong = [
      withRule({ when: "signal.totalsDoNotAddUp &&" }),
      withRule({ when: "[1].all(a, [1].all(b, true))" }),
      withRule({ when: "field.colour.found" }),
      withRule({ routing: { queue: "support" } }),
    ];
    for (const document of wrong) {
      const change = { policy: document, because: "A try" };
      expect(await owner.post("/api/workflows/invoices/policy/changes", change)).toMatchObject({
        status: 422,
        problem: "policy-invalid",
      });
    }
    const after = getPolicyResponse.parse((await owner.get("/api/workflows/invoices/policy")).body);
    expect([after.policy, after.changes]).toEqual([policy, []]);
  });

  it("a replayed idempotency key with another body", async () => {
    const { caseId, decide } = await waiting("invoices/replayed.pdf");
    const reviewer = await test.as("reviewer-1");
    const once = () => reviewer.post(decide, { action: "approve" }, { key: "one-intent" });
    const first = await once();
    expect(first.status).toBe(200);
    const other = await reviewer.post(decide, { action: "reject", note: "No." }, { key: "one-intent" });
    expect(other).toMatchObject({ status: 422, problem: "idempotency-key-reused" });
    expect(await once()).toEqual(first);
    const { reviews } = await test.caseWhen(caseId, ({ case: { status } }) => status === "closed");
    expect(reviews.map(({ decision }) => decision?.decision.action)).toEqual(["approve"]);
  });

  it("a claim by somebody whose membership was removed a minute ago, with the token that they have", async () => {
    const { caseId, claim, decide } = await waiting("invoices/removed.pdf");
    const [owner, removed] = [await test.as("owner-1"), await test.as("reviewer-2")];
    expect((await removed.get("/api/reviews")).body).not.toMatchObject({ reviews: [] });
    expect((await removed.post(claim)).status).toBe(200);
    expect((await removed.post(`/api/reviews/${caseId}-1/release`)).status).toBe(204);
    expect((await owner.post(person("reviewer-2"), { name: "Reviewer 2", membership: null })).status).toBe(204);
    expect(await removed.post(claim)).toMatchObject({ status: 403, problem: "not-allowed" });
    expect(await removed.post(decide, { action: "approve" })).toMatchObject({ status: 403, problem: "not-allowed" });
    expect((await removed.get("/api/reviews")).body).toMatchObject({ reviews: [] });
    expect(await removed.get(`/api/cases/${caseId}`)).toMatchObject({ status: 404, problem: "not-found" });
    await untouched(caseId);
  });
});
