import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { decode } from "jpeg-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleExpectations } from "../../../../local/demo/samples/expectations.ts";
import { generateSamples } from "../../../../local/demo/samples/generate.ts";
import { lineAmount, printedTotals } from "../../../../local/demo/samples/sample-invoice.ts";
import { sampleLists } from "../../../../local/demo/samples/sample-lists.ts";
import { sampleSet } from "../../../../local/demo/samples/sample-set.ts";
import type { PageText } from "../../../../shared/contracts/document.ts";
import { readEmbeddedInvoice } from "../../../../shared/documents/embedded-invoice/read-embedded-invoice.ts";
import { type DocumentInspection, inspectDocument } from "../../../../shared/documents/inspect-document.ts";
import { judge } from "../../../../shared/gate/gate.ts";
import { compilePolicy } from "../../../../shared/policy/compile.ts";
import { fromMinor, toMinor } from "../../../../shared/values/amount.ts";
import { extractInvoice } from "../../../../shared/workflows/invoices/extraction/extract-invoice.ts";
import { listParsers } from "../../../../shared/workflows/invoices/lists/list-parsers.ts";
import type { EarlierInvoice } from "../../../../shared/workflows/invoices/signals/history.ts";
import { proposeInvoice } from "../../../../shared/workflows/invoices/signals/propose-invoice.ts";
import { invoices } from "../../../../shared/workflows/invoices/workflow.ts";

const today = "2026-11-24";
const samples = sampleSet(today);
const digital = samples.filter(({ scan }) => scan === null);
const scans = samples.filter(({ scan }) => scan !== null);

const csv = sampleLists();
const lists = {
  vendors: listParsers.vendors(csv.vendors),
  orders: listParsers["purchase-orders"](csv["purchase-orders"]),
  costCentres: listParsers["cost-centres"](csv["cost-centres"]),
};
const policy = compilePolicy(invoices.policy, invoices.vocabulary);

let directory = "";
let paths: string[] = [];
const bytesOf = (file: string) => readFile(join(directory, file));

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "samples-"));
  paths = await generateSamples(directory, today);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

function extracted({ texts, embedded }: DocumentInspection) {
  const pages = texts.filter((text): text is PageText => text !== null);
  const xml = embedded === null ? null : readEmbeddedInvoice(embedded.bytes);
  return { pages, extraction: extractInvoice({ pages, embedded: xml }) };
}

/** Judges one sample after others, under the policy as shipped. */
async function judged(file: string, earlier: readonly EarlierInvoice[] = []) {
  const inspection = await inspectDocument(await bytesOf(file));
  const { pages, extraction } = extracted(inspection);
  const history = { earlier, profile: null };
  const input = { extraction, pages, lists, history, today, caseId: file, fileName: file };
  const { proposal, department } = proposeInvoice({ ...input, documentHash: inspection.documentHash });
  const now = new Date(`${today}T10:00:00Z`);
  const draws = { pilot: 0.5, audit: 0.5, blind: 0.5 };
  return { proposal, disposition: judge({ proposal, obstacles: [], departmentQueue: department, now, draws }, policy) };
}

const original: EarlierInvoice = {
  caseId: "original",
  number: "R-2026-1184",
  grossMinor: 275_604,
  currency: "EUR",
  issueDate: "2026-11-13",
};

describe("generateSamples", () => {
  it("writes every sample of the set, and an expectation is stated for each", () => {
    expect(paths.map((path) => basename(path))).toEqual(samples.map(({ file }) => file));
    expect(Object.keys(sampleExpectations).sort()).toEqual(samples.map(({ file }) => file).sort());
  });

  it("has good ones, and bad ones of each of the four kinds", () => {
    const expectations = Object.values(sampleExpectations);
    const kinds = new Set(expectations.flatMap((expected) => (expected.passes ? [] : expected.kinds)));
    expect(expectations.filter(({ passes }) => passes).length).toBeGreaterThanOrEqual(8);
    expect([...kinds].sort()).toEqual(["confidence", "data-quality", "impact", "policy"]);
  });

  it("writes the same bytes again on the same day", async () => {
    const again = await mkdtemp(join(tmpdir(), "samples-again-"));
    try {
      await generateSamples(again, today);
      for (const { file } of samples)
        expect((await readFile(join(again, file))).equals(await bytesOf(file)), file).toBe(true);
    } finally {
      await rm(again, { recursive: true, force: true });
    }
  });

  it.each(digital.map((sample) => [sample.file, sample] as const))(
    "%s can be read as it was written",
    async (file, { invoice }) => {
      const { extraction } = extracted(await inspectDocument(await bytesOf(file)));
      const read = Object.fromEntries(extraction.findings.map(({ field, value }) => [field, value]));
      const { supplier } = invoice;
      const gross = invoice.embedded?.grossMinor ?? printedTotals(invoice).gross;
      expect(read).toMatchObject({
        supplier: supplier.name,
        number: invoice.number,
        issueDate: invoice.issueDate,
        dueDate: invoice.dueDate,
        currency: supplier.currency,
        gross: fromMinor(gross, supplier.currency),
        iban: invoice.iban,
        costCentre: invoice.costCentre,
        orderReference: invoice.orderReference,
      });
      expect(extraction.lines.map(({ cells: { amount } }) => toMinor(amount ?? "", supplier.currency))).toEqual(
        invoice.lines.map(lineAmount),
      );
    },
  );

  it.each(digital.map(({ file }) => file))("%s is judged as expected", async (file) => {
    const expected = sampleExpectations[file];
    const { proposal, disposition } = await judged(file, file.endsWith("-copy.pdf") ? [original] : []);
    if (expected === undefined || expected.passes) {
      expect(disposition).toMatchObject({ kind: "pass" });
      return;
    }
    const kinds = disposition.kind === "review" ? disposition.reasons.map(({ kind }) => kind) : [];
    const fired = proposal.signals.filter((signal) => signal.fired === true).map(({ id }) => id);
    expect(kinds).toEqual(expect.arrayContaining([...expected.kinds]));
    expect(fired).toEqual(expect.arrayContaining([...expected.signals]));
  });

  it.each(scans.map(({ file }) => file))("%s is a picture and nothing else", async (file) => {
    const bytes = await bytesOf(file);
    const inspection = await inspectDocument(bytes);
    expect(inspection.pagesToDetect).toEqual([1]);
    if (file.endsWith(".jpg")) expect(decode(bytes).width).toBeGreaterThan(700);
  });

  it("embeds an e-invoice that EN 16931 readers accept", async () => {
    const { embedded } = await inspectDocument(await bytesOf("nordlicht-druck-1184.pdf"));
    expect(embedded?.name).toBe("factur-x.xml");
    const stated = embedded === null ? null : readEmbeddedInvoice(embedded.bytes);
    expect(stated?.syntax).toBe("cii");
    expect((await bytesOf("nordlicht-druck-1184.pdf")).includes("/AFRelationship /Alternative")).toBe(true);
  });
});
