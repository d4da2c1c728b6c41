import { sayIban } from "../../../../shared/values/iban.ts";
import { buyer } from "../company.ts";
import { type Language, languages, writeAmount, writeDate } from "../language.ts";
import { printedTotals, type SampleInvoice } from "../sample-invoice.ts";

interface LabelledValue {
  readonly label: string;
  readonly value: string;
}

export const languageOf = ({ supplier }: SampleInvoice): Language => languages[supplier.language];

/** Number, dates and references, in the order they are printed. */
export function particulars(invoice: SampleInvoice): LabelledValue[] {
  const language = languageOf(invoice);
  const rows: (readonly [string, string | null])[] = [
    [language.number, invoice.number],
    [language.issueDate, writeDate(invoice.issueDate, language)],
    [language.dueDate, writeDate(invoice.dueDate, language)],
    [language.order, invoice.orderReference],
    [language.costCentre, invoice.costCentre],
  ];
  return rows.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]));
}

/** Net, tax and gross with their labels; the last is the one to stress. */
export function totalRows(invoice: SampleInvoice): LabelledValue[] {
  const language = languageOf(invoice);
  const { supplier } = invoice;
  const { net, tax, gross } = printedTotals(invoice);
  const percent = String(supplier.taxPercent).replace(".", language.decimal);
  const sign = signOf(supplier.currency);
  const say = (minor: number) =>
    language.signFirst ? `${sign}${writeAmount(minor, language)}` : `${writeAmount(minor, language)} ${sign}`;
  return [
    { label: language.net, value: say(net) },
    { label: `${language.tax} ${percent} %`, value: say(tax) },
    { label: language.gross, value: say(gross) },
  ];
}

const signOf = (currency: string) => ({ EUR: "€", GBP: "£" })[currency] ?? currency;

export function bankRows({ supplier, iban }: SampleInvoice): LabelledValue[] {
  return [
    { label: "Bank", value: supplier.bankName },
    { label: "IBAN", value: sayIban(iban) },
    { label: "BIC", value: supplier.bic },
  ];
}

/** The buyer's address; its country only on letters from abroad. */
export function buyerLines(invoice: SampleInvoice): string[] {
  const domestic = [buyer.name, buyer.street, buyer.town];
  return invoice.supplier.country === buyer.country ? domestic : [...domestic, languageOf(invoice).germany];
}
