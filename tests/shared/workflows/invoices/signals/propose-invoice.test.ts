import { describe, expect, it } from "vitest";
import { invoiceFields } from "../../../../../shared/contracts/invoice.ts";
import { proposal as proposalSchema } from "../../../../../shared/contracts/proposal.ts";
import { proposeInvoice } from "../../../../../shared/workflows/invoices/signals/propose-invoice.ts";
import { anInvoice, otherIban } from "./an-invoice.ts";

type Parts = Parameters<typeof anInvoice>[0];
const propose = (parts: Parts = {}) =>
  proposeInvoice({ ...anInvoice(parts), fileName: "scan 1.pdf", documentHash: "ab" });
const findingOf = (field: string, parts: Parts = {}) =>
  propose(parts).proposal.findings.find((finding) => finding.field === field);

describe("proposeInvoice", () => {
  it("proposes to pay, with all fields in order, all signals and who made it", () => {
    const { proposal, headline, department } = propose();
    expect(proposalSchema.parse(proposal)).toEqual(proposal);
    expect(proposal).toMatchObject({
      workflow: "invoices",
      action: "pay",
      failure: null,
      pages: 1,
      documentHash: "ab",
    });
    expect(proposal.findings.map(({ field }) => field)).toEqual([...invoiceFields]);
    expect(proposal.producers.map(({ name }) => name)).toEqual(["extraction", "invoice-signals"]);
    expect(headline).toEqual({
      title: "Nordlicht Druck GmbH",
      subtitle: "Invoice R-2026-1184",
      amountMinor: 148_240,
      currency: "EUR",
    });
    expect(department).toBe("invoices/marketing");
  });

  it("heads a case by its file where no supplier was read", () => {
    const { headline } = propose({ fields: { supplier: null, number: null, currency: null } });
    expect(headline).toEqual({
      title: "scan 1.pdf",
      subtitle: "Invoice, number not read",
      amountMinor: null,
      currency: null,
    });
  });

  it("lists a field that the extraction left out as not found", () => {
    expect(findingOf("iban", { extraction: { findings: [] } })).toMatchObject({
      value: null,
      confidence: null,
      evidence: [],
    });
  });

  it("suggests the listed vendor and the usual cost centre, and takes neither unasked", () => {
    expect(findingOf("supplier", { fields: { supplier: "Nordlicht Drvck" } })).toMatchObject({
      value: "Nordlicht Drvck",
      suggestion: { value: "Nordlicht Druck GmbH" },
    });
    expect(findingOf("costCentre", { fields: { costCentre: null } })).toMatchObject({
      value: null,
      suggestion: { value: "4200" },
    });
  });

  it("trusts a supplier's name more when list and page agree on tax id or account, and not for the name alone", () => {
    expect(findingOf("supplier")?.confidence).toBeCloseTo(0.99);
    expect(findingOf("supplier", { fields: { taxId: null, iban: otherIban } })?.confidence).toBe(0.95);
  });

  it("answers the same twice", () => {
    expect(propose()).toEqual(propose());
  });
});
