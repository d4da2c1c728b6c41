import type { PageText } from "../../../../../shared/contracts/document.ts";
import { type InvoiceField, invoiceFields } from "../../../../../shared/contracts/invoice.ts";
import type { InvoiceSignal } from "../../../../../shared/contracts/invoice-signals.ts";
import type { Line, Signal } from "../../../../../shared/contracts/proposal.ts";
import { parseCostCentres } from "../../../../../shared/workflows/invoices/lists/cost-centres.ts";
import { parsePurchaseOrders } from "../../../../../shared/workflows/invoices/lists/purchase-orders.ts";
import { parseVendors } from "../../../../../shared/workflows/invoices/lists/vendors.ts";
import type { EarlierInvoice } from "../../../../../shared/workflows/invoices/signals/history.ts";
import { judgeSignals } from "../../../../../shared/workflows/invoices/signals/judge-signals.ts";
import type { JudgeInput } from "../../../../../shared/workflows/invoices/signals/judged-invoice.ts";

export const today = "2026-11-24";
export const knownIban = "DE89370400440532013000";
export const otherIban = "GB29NWBK60161331926819";

const goodFields: Partial<Record<InvoiceField, string | null>> = {
  supplier: "Nordlicht Druck GmbH",
  number: "R-2026-1184",
  issueDate: "2026-11-13",
  dueDate: "2026-12-13",
  currency: "EUR",
  net: "1245.72",
  tax: "236.68",
  gross: "1482.40",
  taxId: "DE811907980",
  iban: knownIban,
  orderReference: "PO-1",
  costCentre: "4200",
};

export const lists = {
  vendors: parseVendors(
    `name;aliases;tax id;ibans;usual cost centre\nNordlicht Druck GmbH;Nordlicht;DE811907980;${knownIban};4200\nHafen Papier AG;;DE136695976;;\n`,
  ),
  orders: parsePurchaseOrders(
    "number;vendor;currency;amount;status\nPO-1;Nordlicht;EUR;1500;open\nPO-2;Hafen Papier AG;EUR;;open\nPO-3;Nordlicht;EUR;;closed\nPO-4;Nordlicht;EUR;1000;open\nPO-5;Nordlicht;GBP;;open\n",
  ),
  costCentres: parseCostCentres("code;name;queue\n4200;Marketing;invoices/marketing\n4300;Office;invoices\n"),
};

export const aLine = (amount: string | null, description = "Poster", unitPrice: string | null = null): Line => ({
  cells: { description, quantity: "1", unitPrice: unitPrice ?? amount, amount },
  confidence: 1,
  evidence: [],
});

/** A page with these lines of text, one below the other. */
export const aPage = (...lines: string[]): PageText => ({
  page: 1,
  widthPoints: 595,
  heightPoints: 842,
  source: "text-layer",
  words: lines.flatMap((line, row) =>
    line.split(" ").map((text, column) => ({
      text,
      confidence: 1,
      box: { left: 0.05 + column * 0.08, top: 0.1 + row * 0.03, width: 0.07, height: 0.01 },
    })),
  ),
});

export const anEarlierInvoice = (parts: Partial<EarlierInvoice> = {}): EarlierInvoice => ({
  caseId: "earlier",
  number: "R-2026-0900",
  grossMinor: 5_000,
  currency: "EUR",
  issueDate: "2026-10-01",
  ...parts,
});

type Parts = Partial<Omit<JudgeInput, "extraction">> & {
  readonly fields?: Partial<Record<InvoiceField, string | null>>;
  readonly extraction?: Partial<JudgeInput["extraction"]>;
};

/** An invoice that nothing is wrong with, apart from what a test says. */
export const anInvoice = ({ fields = {}, extraction = {}, ...rest }: Parts = {}): JudgeInput => ({
  extraction: {
    findings: invoiceFields.map((field) => ({
      field,
      value: { ...goodFields, ...fields }[field] ?? null,
      confidence: 0.95,
      source: "text-layer",
      evidence: [],
    })),
    lines: [aLine("1000.00"), aLine("245.72", "Flyer")],
    layout: "layout-a",
    currencySymbols: ["EUR"],
    contradictions: [],
    severalDocuments: false,
    producers: [{ name: "extraction", version: "1" }],
    ...extraction,
  },
  pages: [aPage("Rechnung")],
  lists,
  history: { earlier: [], profile: null },
  today,
  caseId: "this-case",
  ...rest,
});

export function signalOf(id: InvoiceSignal, parts: Parts = {}): Signal {
  const found = judgeSignals(anInvoice(parts)).signals.find((signal) => signal.id === id);
  if (found === undefined) throw new Error(`${id} is not listed`);
  return {
    ...found,
    observed: found.observed.replaceAll("\u202f", " "),
    passesIf: found.passesIf?.replaceAll("\u202f", " ") ?? null,
  };
}
