import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Reason } from "../../../shared/contracts/disposition.ts";
import { type InvoiceField, invoiceFields } from "../../../shared/contracts/invoice.ts";
import type { Signal } from "../../../shared/contracts/proposal.ts";
import { fields, lineCells } from "./invoice-form.ts";
import { drawInvoice } from "./invoice-paper.ts";

/** A case as the fake API holds it: what it answers, and its pages as images. */
export interface SampleCase {
  subject: GetCaseResponse;
  readonly pages: readonly string[];
  /** What a masked case is once the blind answer is given; left out where that answer settles it. */
  readonly unmasked?: GetCaseResponse;
}

export interface SampleOptions {
  readonly at: number;
  readonly supplier: string;
  readonly number?: string;
  /** Canonical values that differ from the usual invoice. */
  readonly values?: Partial<Record<InvoiceField, string | null>>;
  readonly dueInMinutes: number;
  readonly reasons: readonly Reason[];
  readonly signals?: readonly Signal[];
  readonly confidence?: Partial<Record<InvoiceField, number>>;
  readonly suggestion?: { readonly field: InvoiceField; readonly value: string; readonly because: string };
  readonly lines?: readonly (readonly [string, string, string, string])[];
}

const usual: Record<InvoiceField, string | null> = {
  supplier: null,
  buyer: "Muster Verlag KG",
  number: null,
  issueDate: "2026-11-14",
  dueDate: "2026-12-14",
  currency: "EUR",
  net: "1245.72",
  tax: "236.68",
  gross: "1482.40",
  taxId: "DE812345678",
  iban: "DE02120300000000202051",
  orderReference: null,
  costCentre: "4711 Production",
};
const usualLines = [
  ["Offsetpapier 90 g, 70×100", "40", "18.20", "728.00"],
  ["Karton 300 g", "25", "19.90", "497.50"],
  ["Lieferung", "1", "20.22", "20.22"],
] as const;

/** 26 letters of base 32, the same for the same place. */
const sampleCaseId = (at: number): string =>
  `case${"abcdefghijklmnopqrstuvwxyz".slice(at % 20, (at % 20) + 2)}`.padEnd(26, "2");
export const sampleReviewId = (at: number): string => `${sampleCaseId(at)}-1`;

/** German notation, as the invoices are printed. */
const printed = (amount: string | null) => (amount ?? "").replace(".", ",").replace(/\B(?=(\d{3})+,)/g, ".");

/** One invoice that waits for a person, with the places of its values on a drawn page. */
export function sampleCase(options: SampleOptions, now: number): SampleCase {
  const { at, supplier, reasons, lines = usualLines } = options;
  const values = { ...usual, supplier, number: options.number ?? `R-2026-${1100 + at}`, ...options.values };
  const paper = drawInvoice({
    supplier,
    buyer: values.buyer ?? "",
    number: values.number ?? "",
    issued: (values.issueDate ?? "").split("-").reverse().join("."),
    due: (values.dueDate ?? "").split("-").reverse().join("."),
    net: printed(values.net),
    tax: printed(values.tax),
    gross: printed(values.gross),
    currency: values.currency ?? "",
    taxId: values.taxId ?? "",
    iban: values.iban ?? "",
    lines: lines.map(([description, quantity, price, amount]) => [
      description,
      quantity,
      printed(price),
      printed(amount),
    ]),
  });
  const second = drawInvoice({ ...blank, supplier, lines: [["Allgemeine Geschäftsbedingungen", "", "", ""]] });
  const iso = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  const headline = {
    title: supplier,
    subtitle: `Invoice ${values.number}`,
    amountMinor: values.gross === null ? null : Math.round(Number(values.gross) * 100),
    currency: values.currency,
  };
  const review: ReviewSummary = {
    reviewId: sampleReviewId(at),
    caseId: sampleCaseId(at),
    workflow: "invoices",
    queue: "invoices",
    role: "reviewer",
    status: "waiting",
    priority: 0,
    openedAt: iso(-20),
    dueAt: iso(options.dueInMinutes),
    headline,
    reasons: [...reasons],
    cause: "gate",
    blind: false,
    blindAnswer: null,
    question: null,
    claim: null,
    decision: null,
  };
  const routing = { queue: "invoices", priority: 0, ladder: [{ role: "reviewer" as const, dueSeconds: 3_600 }] };
  const subject: GetCaseResponse = {
    case: {
      caseId: review.caseId,
      workflow: "invoices",
      status: "waiting",
      openedAt: iso(-21),
      dueAt: review.dueAt,
      submitter: null,
      reference: null,
      fileName: `${values.number}.pdf`,
      headline,
      disposition: {
        kind: "review",
        policyVersion: 7,
        at: iso(-20),
        reasons: [...reasons],
        passesIf: reasons.map((reason) => reason.passesIf).join(" and "),
        routing,
        draws: null,
        fourEyes: false,
        sampled: "triggered",
        blind: false,
      },
      decision: null,
      withdrawal: null,
      outcomeId: null,
      messages: [],
      senderAsked: false,
      pages: 2,
    },
    proposal: {
      action: "pay",
      failure: null,
      findings: invoiceFields.map((field, place) => ({
        field,
        value: values[field],
        confidence: values[field] === null ? null : (options.confidence?.[field] ?? 0.99 - (place % 4) * 0.01),
        source: "text-layer",
        evidence: evidenceOf(paper.boxes.get(field), values[field]),
        ...(options.suggestion?.field === field && { suggestion: options.suggestion }),
      })),
      lines: lines.map(([description, quantity, unitPrice, amount], place) => ({
        cells: { description, quantity, unitPrice, amount },
        confidence: 0.97,
        evidence: evidenceOf(paper.boxes.get(`line:${place}`), description),
      })),
      signals: [
        ...(options.signals ?? []),
        {
          id: "duplicateSuspected",
          fired: false,
          observed: "No earlier case of this supplier has this number",
          passesIf: null,
          fields: ["number"],
        },
        {
          id: "datesImplausible",
          fired: false,
          observed: "Issued 10 days ago, due in 20 days",
          passesIf: null,
          fields: ["issueDate"],
        },
        {
          id: "orderUnknown",
          fired: null,
          observed: "The order list has not been uploaded",
          passesIf: null,
          fields: ["orderReference"],
        },
      ],
    },
    confidenceLimits: Object.fromEntries(invoiceFields.map((field) => [field, field === "gross" ? 0.93 : 0.8])),
    fields,
    lineCells,
    reviews: [review],
    timeline: [
      { sequence: 1, at: iso(-21), type: "CaseOpened", actor: "software", summary: "Dropped and registered" },
      {
        sequence: 2,
        at: iso(-20.5),
        type: "Proposed",
        actor: "software",
        summary: "Read from the text layer, 13 fields and 3 lines found",
      },
      {
        sequence: 3,
        at: iso(-20),
        type: "Gated",
        actor: "software",
        summary: `Held for a person: ${reasons.length} reasons, policy 7`,
      },
    ],
    masked: false,
    guidance: {
      instructions: "Compare the total with the lines before anything else.",
      actions: ["approve", "correct", "reject", "escalate", "ask"],
      evidence: [],
      openedPages: [],
      criteria: ["Pay what the lines say, up to 500 € of difference; above that, reject and say why."],
      authority: ["You may approve up to 5 000 €; above that, escalate."],
    },
  };
  return { subject, pages: [paper.svg, second.svg] };
}

const blank = {
  buyer: "",
  number: "",
  issued: "",
  due: "",
  net: "",
  tax: "",
  gross: "",
  currency: "",
  taxId: "",
  iban: "",
};

function evidenceOf(
  box: { left: number; top: number; width: number; height: number } | undefined,
  text: string | null,
) {
  return box === undefined || text === null ? [] : [{ page: 1, box, text }];
}
