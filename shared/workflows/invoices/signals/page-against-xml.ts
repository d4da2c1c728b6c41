import type { InvoiceField } from "../../../contracts/invoice.ts";
import { quoted } from "../../../values/plain-text.ts";
import type { JudgedInvoice } from "./judged-invoice.ts";
import { clears, fires, type Judgement } from "./judgement.ts";

const maxNamed = 3;

export function pageContradictsXml({ extraction: { contradictions, findings } }: JudgedInvoice): Judgement {
  if (contradictions.length === 0) {
    const embedded = findings.some(({ source }) => source === "embedded-xml");
    return clears(embedded ? "Page and embedded e-invoice agree." : "The file holds no embedded e-invoice.");
  }
  const named = contradictions.slice(0, maxNamed);
  const more = contradictions.length - named.length;
  const told = named.map(
    ({ field, page, xml }) =>
      `${fieldNames[field]} is ${quoted(page)} on the page and ${quoted(xml)} in the embedded e-invoice`,
  );
  return fires(
    `${capital(told.join("; "))}${more > 0 ? `; ${more} more differ` : ""}.`,
    `page and embedded e-invoice agreed on ${named.map(({ field }) => fieldNames[field]).join(", ")}`,
    contradictions.map(({ field }) => field),
  );
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const fieldNames: Readonly<Record<InvoiceField, string>> = {
  supplier: "the supplier",
  buyer: "the buyer",
  number: "the number",
  issueDate: "the issue date",
  dueDate: "the due date",
  currency: "the currency",
  net: "the net amount",
  tax: "the tax",
  gross: "the gross amount",
  taxId: "the tax id",
  iban: "the bank account",
  orderReference: "the order",
  costCentre: "the cost centre",
};
