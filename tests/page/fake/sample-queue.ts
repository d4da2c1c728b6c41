import type { Reason, TriggerKind } from "../../../shared/contracts/disposition.ts";
import { type SampleCase, type SampleOptions, sampleCase } from "./sample-cases.ts";

const reason = (
  kind: TriggerKind,
  message: string,
  observed: string,
  limit: string,
  passesIf: string,
  ...fields: string[]
): Reason => ({
  triggerId: `${kind}-${message.toLowerCase().replaceAll(" ", "-")}`,
  kind,
  severity: kind === "impact" ? "high" : kind === "confidence" ? "low" : "medium",
  message,
  observed,
  limit,
  passesIf,
  fields,
});

/** The case that the picture of the page shows: the total was misread, and a better value is at hand. */
export const elbe: SampleOptions = {
  at: 1,
  supplier: "Elbe Papier AG",
  number: "R-2026-1184",
  dueInMinutes: 18.5,
  values: { gross: "1842.40" },
  confidence: { gross: 0.71 },
  suggestion: { field: "gross", value: "1482.40", because: "from the lines: net plus VAT" },
  reasons: [
    reason(
      "data-quality",
      "Total does not add up",
      "Net 1 245.72 + VAT 236.68 = 1 482.40 €, the page says 1 842.40 €",
      "a difference of at most 0.01 €",
      "the total were 1 482.40 €",
      "gross",
    ),
    reason(
      "confidence",
      "Gross amount read at 71 %",
      "71 %",
      "alone it may act from 93 %",
      "the gross amount were read at 93 % or more",
      "gross",
    ),
  ],
  signals: [
    {
      id: "totalsDoNotAddUp",
      fired: true,
      observed: "Net plus VAT is 1 482.40, the gross amount is 1 842.40",
      passesIf: "the total were 1 482.40 €",
      fields: ["gross"],
    },
  ],
};

/** Invented suppliers, one of each kind of reason; the last tries to be more than text. */
export const sampleQueue: readonly SampleOptions[] = [
  {
    at: 0,
    supplier: "Brandt Logistik GmbH",
    dueInMinutes: -12,
    values: { gross: "8940.00", net: "7512.61", tax: "1427.39", iban: "DE89370400440532013000" },
    reasons: [
      reason(
        "impact",
        "Bank account changed",
        "DE89 3704 … is new for this supplier",
        "accounts on the vendor list",
        "the account were DE02 1203 …",
        "iban",
      ),
    ],
  },
  elbe,
  {
    at: 2,
    supplier: "Ostrava Steel s.r.o.",
    dueInMinutes: 31,
    values: { gross: "4310.00" },
    confidence: { number: 0.62 },
    reasons: [
      reason(
        "confidence",
        "Number read at 62 %",
        "62 %",
        "alone it may act from 80 %",
        "the number were read at 80 % or more",
        "number",
      ),
    ],
  },
  {
    at: 3,
    supplier: "Northwind Traders",
    dueInMinutes: 44,
    values: { gross: "2118.90", currency: "USD" },
    reasons: [
      reason(
        "data-quality",
        "Looks like 2026-0711",
        "Same amount 12 days ago",
        "45 days between like amounts",
        "no earlier case had this amount",
        "number",
        "gross",
      ),
    ],
  },
  {
    at: 4,
    supplier: "Café Lumière",
    dueInMinutes: 180,
    values: { gross: "86.20", issueDate: null },
    reasons: [
      reason(
        "data-quality",
        "Receipt, date unreadable",
        "No date was found",
        "an issue date is needed",
        "the issue date were readable",
        "issueDate",
      ),
    ],
  },
  {
    at: 5,
    supplier: "Hansen Elektro",
    dueInMinutes: 240,
    values: { gross: "640.00" },
    reasons: [
      reason(
        "policy",
        "No purchase order",
        "The invoice names no order",
        "an order above 500 €",
        "it named an order",
        "orderReference",
      ),
    ],
  },
  {
    at: 6,
    supplier: "Aldermoor Ltd",
    dueInMinutes: 300,
    values: { gross: "12400.00", currency: "GBP" },
    reasons: [
      reason("impact", "Above 10 000", "£12,400.00", "10 000.00 alone", "the total were at most £10,000.00", "gross"),
    ],
  },
  {
    at: 7,
    supplier: "Ferreira & Filhos",
    dueInMinutes: 360,
    values: { gross: "1207.77" },
    reasons: [
      reason(
        "data-quality",
        "Two invoices in one file",
        "Two invoice numbers on two pages",
        "one invoice a file",
        "the file held one invoice",
        "number",
      ),
    ],
  },
  {
    at: 8,
    supplier: "Kestrel Optics",
    dueInMinutes: 2_160,
    values: { gross: "312.13" },
    reasons: [reason("policy", "VAT 19 %, expected 7 %", "19 %", "7 % for this supplier", "the rate were 7 %", "tax")],
  },
];

/** Text that a hostile document could carry: markup, an attribute, a direction override. */
export const hostileText = {
  supplier: `<img src=x onerror="document.title='owned'">`,
  buyer: "Muster \u202eGV galreV",
  note: `"><script>document.title='owned'</script>`,
} as const;

export const hostile: SampleOptions = {
  at: 9,
  supplier: hostileText.supplier,
  dueInMinutes: 55,
  values: { buyer: hostileText.buyer, taxId: hostileText.note },
  reasons: [
    reason(
      "policy",
      `Text that looks like markup ${hostileText.note}`,
      hostileText.supplier,
      hostileText.buyer,
      "it were plain",
      "supplier",
    ),
  ],
  lines: [[`<svg onload="document.title='owned'">`, "1", "1.00", "1.00"]],
};

export const buildQueue = (options: readonly SampleOptions[], now: number): SampleCase[] =>
  options.map((option) => sampleCase(option, now));
