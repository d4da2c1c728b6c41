import type { FieldDescriptor } from "../../contracts/api.ts";
import {
  fieldFormats,
  type InvoiceField,
  invoiceFields,
  type LineItemCell,
  lineItemCells,
} from "../../contracts/invoice.ts";
import { invoiceSignals } from "../../contracts/invoice-signals.ts";
import { policy as policySchema } from "../../contracts/policy.ts";
import type { WorkflowDefinition } from "../workflow.ts";
import policy from "./policy.json" with { type: "json" };

const labels: Record<InvoiceField | LineItemCell, string> = {
  supplier: "Supplier",
  buyer: "Buyer",
  number: "Number",
  issueDate: "Issued",
  dueDate: "Due",
  currency: "Currency",
  net: "Net",
  tax: "Tax",
  gross: "Gross",
  taxId: "Tax id",
  iban: "IBAN",
  orderReference: "Order",
  costCentre: "Cost centre",
  description: "Description",
  quantity: "Quantity",
  unitPrice: "Unit price",
  amount: "Amount",
};

/** Without these nothing can be paid. */
const required: ReadonlySet<string> = new Set<InvoiceField>(["supplier", "number", "issueDate", "currency", "gross"]);

const describe = (field: InvoiceField | LineItemCell): FieldDescriptor => ({
  field,
  label: labels[field],
  format: fieldFormats[field],
  required: required.has(field),
});

const fields = invoiceFields.map(describe);
const actions = ["pay"] as const;

export const invoices: WorkflowDefinition = {
  workflow: "invoices",
  fields,
  lineCells: lineItemCells.map(describe),
  actions,
  amount: { field: "gross", currencyField: "currency" },
  policy: policySchema.parse(policy),
  vocabulary: {
    fields: Object.fromEntries(
      fields.map(({ field, label, format, required }) => [field, { label, format, required }]),
    ),
    signals: invoiceSignals,
    actions,
  },
};
