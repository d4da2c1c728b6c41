import type { FieldDescriptor } from "../../../shared/contracts/api.ts";
import { fieldFormats, type InvoiceField, invoiceFields, lineItemCells } from "../../../shared/contracts/invoice.ts";

const labels: Record<InvoiceField, string> = {
  supplier: "Supplier",
  buyer: "Buyer",
  number: "Number",
  issueDate: "Issued",
  dueDate: "Due",
  currency: "Currency",
  net: "Net",
  tax: "VAT",
  gross: "Gross",
  taxId: "VAT id",
  iban: "IBAN",
  orderReference: "Order",
  costCentre: "Cost centre",
};
const cellLabels = { description: "Item", quantity: "Qty", unitPrice: "Price", amount: "Amount" };

export const fields: FieldDescriptor[] = invoiceFields.map((field) => ({
  field,
  label: labels[field],
  format: fieldFormats[field],
  required: ["supplier", "number", "issueDate", "currency", "gross"].includes(field),
}));
export const lineCells: FieldDescriptor[] = lineItemCells.map((field) => ({
  field,
  label: cellLabels[field],
  format: fieldFormats[field],
  required: field === "description" || field === "amount",
}));
