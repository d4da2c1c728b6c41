import { canonicalAmount, formatQuantity, parseDecimal } from "../decimal.ts";
import { compactIban, oneLine, type StatedInvoice, statedDate } from "./stated-invoice.ts";
import type { XmlElement } from "./xml-element.ts";

/**
 * UN/CEFACT Cross Industry Invoice: D16B as in Factur-X, ZUGFeRD 2 and XRechnung, and its forerunner of ZUGFeRD 1, whose
 * elements differ in name only. Profiles that state less (MINIMUM, BASIC WL) leave nulls.
 *
 * @see EN 16931-3-3, and ZUGFeRD 1.0 technical annex
 */
export function readCii(root: XmlElement): StatedInvoice {
  const document = root.at(["ExchangedDocument", "HeaderExchangedDocument"]);
  const trade = root.at(["SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction"]);
  const agreement = trade.at(["ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement"]);
  const settlement = trade.at(["ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement"]);
  const sums = settlement.at([
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
  ]);
  const currency = settlement.at("InvoiceCurrencyCode").text;
  const context = root.at(["ExchangedDocumentContext", "SpecifiedExchangedDocumentContext"]);
  return {
    profile: context.at("GuidelineSpecifiedDocumentContextParameter", "ID").text,
    typeCode: document.at("TypeCode").text,
    fields: {
      supplier: oneLine(agreement.at("SellerTradeParty", "Name").text),
      buyer: oneLine(agreement.at("BuyerTradeParty", "Name").text),
      number: document.at("ID").text,
      issueDate: statedDate(document.at("IssueDateTime", "DateTimeString").text),
      dueDate: dueDate(settlement),
      currency,
      net: canonicalAmount(sums.at("TaxBasisTotalAmount").text),
      tax: canonicalAmount(taxTotal(sums, currency)),
      gross: canonicalAmount(sums.at("GrandTotalAmount").text),
      taxId: sellerTaxId(agreement),
      iban: compactIban(iban(settlement)),
      orderReference: agreement.at("BuyerOrderReferencedDocument", ["IssuerAssignedID", "ID"]).text,
      costCentre: settlement.at("ReceivableSpecifiedTradeAccountingAccount", "ID").text,
    },
    lines: trade
      .all("IncludedSupplyChainTradeLineItem")
      .map(line)
      .filter(({ description, amount }) => description !== null || amount !== null),
    dueAmount: canonicalAmount(sums.at("DuePayableAmount").text),
  };
}

function dueDate(settlement: XmlElement): string | null {
  for (const terms of settlement.all("SpecifiedTradePaymentTerms")) {
    const date = statedDate(terms.at("DueDateDateTime", "DateTimeString").text);
    if (date !== null) return date;
  }
  return null;
}

/** The tax may be stated a second time in the accounting currency (BT-111). */
function taxTotal(sums: XmlElement, currency: string | null): string | null {
  const totals = sums.all("TaxTotalAmount");
  const own = totals.find((total) => total.attribute("currencyID") === currency) ?? totals[0];
  return own?.text ?? null;
}

/** The VAT number (scheme VA) before the tax number of the local office (FC). */
function sellerTaxId(agreement: XmlElement): string | null {
  const ids = agreement
    .at("SellerTradeParty")
    .all("SpecifiedTaxRegistration")
    .map((registration) => registration.at("ID"));
  const vat = ids.find((id) => id.attribute("schemeID") === "VA") ?? ids[0];
  return vat?.text?.replace(/\s+/g, "") ?? null;
}

function iban(settlement: XmlElement): string | null {
  for (const means of settlement.all("SpecifiedTradeSettlementPaymentMeans")) {
    const account = means.at("PayeePartyCreditorFinancialAccount", "IBANID").text;
    if (account !== null) return account;
  }
  return null;
}

function line(item: XmlElement) {
  const quantity = item.at(["SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery"], "BilledQuantity").text;
  const count = quantity === null ? null : parseDecimal(quantity);
  const settlement = item.at(["SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement"]);
  const sums = settlement.at([
    "SpecifiedTradeSettlementLineMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
  ]);
  const agreement = item.at(["SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement"]);
  return {
    description: oneLine(item.at("SpecifiedTradeProduct", "Name").text),
    quantity: count === null ? null : formatQuantity(count),
    unitPrice: canonicalAmount(agreement.at("NetPriceProductTradePrice", "ChargeAmount").text),
    amount: canonicalAmount(sums.at("LineTotalAmount").text),
  };
}
