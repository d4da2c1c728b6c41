import { canonicalAmount, formatQuantity, parseDecimal } from "../decimal.ts";
import { compactIban, oneLine, type StatedInvoice, statedDate } from "./stated-invoice.ts";
import type { XmlElement } from "./xml-element.ts";

/**
 * UBL 2.1 Invoice and CreditNote, as in XRechnung and Peppol BIS Billing.
 *
 * @see EN 16931-3-2
 */
export function readUbl(root: XmlElement): StatedInvoice {
  const seller = root.at("AccountingSupplierParty", "Party");
  const buyer = root.at("AccountingCustomerParty", "Party");
  const sums = root.at("LegalMonetaryTotal");
  const currency = root.at("DocumentCurrencyCode").text;
  return {
    profile: root.at("CustomizationID").text,
    typeCode: root.at(["InvoiceTypeCode", "CreditNoteTypeCode"]).text,
    fields: {
      supplier: partyName(seller),
      buyer: partyName(buyer),
      number: root.at("ID").text,
      issueDate: statedDate(root.at("IssueDate").text),
      dueDate: statedDate(root.at("DueDate").text ?? root.at("PaymentMeans", "PaymentDueDate").text),
      currency,
      net: canonicalAmount(sums.at("TaxExclusiveAmount").text),
      tax: canonicalAmount(taxTotal(root, currency)),
      gross: canonicalAmount(sums.at("TaxInclusiveAmount").text),
      taxId: seller.at("PartyTaxScheme", "CompanyID").text?.replace(/\s+/g, "") ?? null,
      iban: compactIban(root.at("PaymentMeans", "PayeeFinancialAccount", "ID").text),
      orderReference: root.at("OrderReference", "ID").text,
      costCentre: root.at("AccountingCost").text,
    },
    lines: root.all("InvoiceLine", "CreditNoteLine").map(line),
    dueAmount: canonicalAmount(sums.at("PayableAmount").text),
  };
}

const partyName = (party: XmlElement): string | null =>
  oneLine(party.at("PartyLegalEntity", "RegistrationName").text ?? party.at("PartyName", "Name").text);

/** The tax may be stated a second time in the accounting currency (BT-111). */
function taxTotal(root: XmlElement, currency: string | null): string | null {
  const amounts = root.all("TaxTotal").map((total) => total.at("TaxAmount"));
  const own = amounts.find((amount) => amount.attribute("currencyID") === currency) ?? amounts[0];
  return own?.text ?? null;
}

function line(item: XmlElement) {
  const quantity = parseDecimal(item.at(["InvoicedQuantity", "CreditedQuantity"]).text ?? "");
  return {
    description: oneLine(item.at("Item", "Name").text ?? item.at("Item", "Description").text),
    quantity: quantity === null ? null : formatQuantity(quantity),
    unitPrice: canonicalAmount(item.at("Price", "PriceAmount").text),
    amount: canonicalAmount(item.at("LineExtensionAmount").text),
  };
}
