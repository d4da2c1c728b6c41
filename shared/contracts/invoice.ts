import * as z from "zod";

/** An invoice's header fields, in the order a reviewer sees them. Names after EN 16931's business terms (BT numbers in the comments). */
export const invoiceFields = [
  "supplier", // BT-27
  "buyer", // BT-44
  "number", // BT-1
  "issueDate", // BT-2
  "dueDate", // BT-9
  "currency", // BT-5, ISO 4217
  "net", // BT-109
  "tax", // BT-110
  "gross", // BT-112
  "taxId", // BT-31
  "iban", // BT-84
  "orderReference", // BT-13
  "costCentre", // BT-19
] as const;
export type InvoiceField = (typeof invoiceFields)[number];

/** Cells of a line item: BT-153, BT-129, BT-146, BT-131. */
export const lineItemCells = ["description", "quantity", "unitPrice", "amount"] as const;
export type LineItemCell = (typeof lineItemCells)[number];

/** How each field is written canonically; the page and the decision check use the same rule. */
export const fieldFormats: Record<
  InvoiceField | LineItemCell,
  "text" | "date" | "amount" | "currency" | "iban" | "number"
> = {
  supplier: "text",
  buyer: "text",
  number: "text",
  issueDate: "date",
  dueDate: "date",
  currency: "currency",
  net: "amount",
  tax: "amount",
  gross: "amount",
  taxId: "text",
  iban: "iban",
  orderReference: "text",
  costCentre: "text",
  description: "text",
  quantity: "number",
  unitPrice: "amount",
  amount: "amount",
};

export const invoiceField = z.enum(invoiceFields);
