import { fromMinor } from "../../../shared/values/amount.ts";
import { buyer } from "./company.ts";
import { lineAmount, type SampleInvoice, type SampleLine, totalsOf } from "./sample-invoice.ts";

const xmlText = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const compact = (date: string) => date.replaceAll("-", "");

/** The invoice as UN/CEFACT Cross Industry Invoice, profile EN 16931, as Factur-X embeds it. */
export function crossIndustryInvoice(invoice: SampleInvoice): string {
  const { supplier, lines, embedded } = invoice;
  const { currency } = supplier;
  const right = totalsOf(invoice);
  const { net, tax } = right;
  const gross = embedded?.grossMinor ?? right.gross;
  const amount = (minor: number) => fromMinor(minor, currency);
  const percent = supplier.taxPercent.toFixed(2);
  const lineItem = (line: SampleLine, index: number) => `
    <ram:IncludedSupplyChainTradeLineItem>
      <ram:AssociatedDocumentLineDocument><ram:LineID>${index + 1}</ram:LineID></ram:AssociatedDocumentLineDocument>
      <ram:SpecifiedTradeProduct><ram:Name>${xmlText(line.description)}</ram:Name></ram:SpecifiedTradeProduct>
      <ram:SpecifiedLineTradeAgreement>
        <ram:NetPriceProductTradePrice><ram:ChargeAmount>${amount(line.unitPriceMinor)}</ram:ChargeAmount></ram:NetPriceProductTradePrice>
      </ram:SpecifiedLineTradeAgreement>
      <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">${line.quantity}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
      <ram:SpecifiedLineTradeSettlement>
        <ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>${percent}</ram:RateApplicablePercent></ram:ApplicableTradeTax>
        <ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>${amount(lineAmount(line))}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
      </ram:SpecifiedLineTradeSettlement>
    </ram:IncludedSupplyChainTradeLineItem>`;
  const order =
    invoice.orderReference === null
      ? ""
      : `
      <ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>${xmlText(invoice.orderReference)}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>`;
  const account =
    invoice.costCentre === null
      ? ""
      : `
      <ram:ReceivableSpecifiedTradeAccountingAccount><ram:ID>${xmlText(invoice.costCentre)}</ram:ID></ram:ReceivableSpecifiedTradeAccountingAccount>`;

  return `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100" xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100" xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
  <rsm:ExchangedDocumentContext>
    <ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
  </rsm:ExchangedDocumentContext>
  <rsm:ExchangedDocument>
    <ram:ID>${xmlText(invoice.number)}</ram:ID>
    <ram:TypeCode>380</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="102">${compact(invoice.issueDate)}</udt:DateTimeString></ram:IssueDateTime>
  </rsm:ExchangedDocument>
  <rsm:SupplyChainTradeTransaction>${lines.map(lineItem).join("")}
    <ram:ApplicableHeaderTradeAgreement>${party("Seller", supplier.name, supplier.street, supplier.town, supplier.country, supplier.taxId)}${party("Buyer", buyer.name, buyer.street, buyer.town, buyer.country, buyer.taxId)}${order}
    </ram:ApplicableHeaderTradeAgreement>
    <ram:ApplicableHeaderTradeDelivery/>
    <ram:ApplicableHeaderTradeSettlement>
      <ram:InvoiceCurrencyCode>${currency}</ram:InvoiceCurrencyCode>
      <ram:SpecifiedTradeSettlementPaymentMeans>
        <ram:TypeCode>58</ram:TypeCode>
        <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>${embedded?.iban ?? invoice.iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
      </ram:SpecifiedTradeSettlementPaymentMeans>
      <ram:ApplicableTradeTax>
        <ram:CalculatedAmount>${amount(tax)}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode><ram:BasisAmount>${amount(net)}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>${percent}</ram:RateApplicablePercent>
      </ram:ApplicableTradeTax>
      <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">${compact(invoice.dueDate)}</udt:DateTimeString></ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
      <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
        <ram:LineTotalAmount>${amount(net)}</ram:LineTotalAmount>
        <ram:TaxBasisTotalAmount>${amount(net)}</ram:TaxBasisTotalAmount>
        <ram:TaxTotalAmount currencyID="${currency}">${amount(gross - net)}</ram:TaxTotalAmount>
        <ram:GrandTotalAmount>${amount(gross)}</ram:GrandTotalAmount>
        <ram:DuePayableAmount>${amount(gross)}</ram:DuePayableAmount>
      </ram:SpecifiedTradeSettlementHeaderMonetarySummation>${account}
    </ram:ApplicableHeaderTradeSettlement>
  </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
`;
}

function party(
  role: "Seller" | "Buyer",
  name: string,
  street: string,
  town: string,
  country: string,
  taxId: string,
): string {
  return `
      <ram:${role}TradeParty>
        <ram:Name>${xmlText(name)}</ram:Name>
        <ram:PostalTradeAddress><ram:LineOne>${xmlText(street)}</ram:LineOne><ram:CityName>${xmlText(town)}</ram:CityName><ram:CountryID>${country}</ram:CountryID></ram:PostalTradeAddress>
        <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">${xmlText(taxId)}</ram:ID></ram:SpecifiedTaxRegistration>
      </ram:${role}TradeParty>`;
}
