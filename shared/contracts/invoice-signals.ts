/** What is checked of every invoice; `fired` in the proposal's signals refers to these statements. */
export const invoiceSignals = {
  totalsDoNotAddUp: "Net plus tax is not the gross amount, or the lines do not sum to the net amount",
  datesImplausible: "The due date is before the issue date, the issue date lies in the future or is older than a year",
  currencyUnclear: "The currency is missing, not an ISO 4217 code, or contradicted by symbols on the page",
  duplicateSuspected: "The same supplier and number was seen in an earlier case",
  nearTwinSuspected:
    "An earlier case of this supplier has the same amount within 45 days, or a number that differs by a character",
  pageContradictsXml: "The page's text and the embedded e-invoice disagree",
  supplierUnknown: "The supplier is not on the vendor list",
  bankAccountNew: "The bank account is not one known for this supplier",
  layoutNew: "No earlier invoice of this supplier looked like this one",
  orderUnknown: "The purchase-order reference is not on the order list, or belongs to another supplier",
  lineItemsUnusual: "Line items or prices are unusual for this supplier",
  costCentreUnknown: "The cost centre is missing or not on the list",
  costCentreUnusual: "This supplier's invoices usually go to another cost centre",
  severalDocuments: "The file seems to hold more than one invoice",
} as const;
export type InvoiceSignal = keyof typeof invoiceSignals;
