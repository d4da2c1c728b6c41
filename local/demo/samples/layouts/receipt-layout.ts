import { writeAmount, writeDate } from "../language.ts";
import { lineAmount, printedTotals, type SampleInvoice } from "../sample-invoice.ts";
import { drawLogo } from "./logo.ts";
import { languageOf } from "./parts.ts";
import { type Pdf, write } from "./sheet.ts";

/** The roll of a till: 80 mm. */
export const receiptWidth = 227;
const left = 16;
const width = receiptWidth - 2 * left;

/** A till's receipt: no buyer, no account, tax included. */
export function drawReceiptLayout(pdf: Pdf, invoice: SampleInvoice): void {
  const { supplier, lines } = invoice;
  const language = languageOf(invoice);
  const { gross } = printedTotals(invoice);
  let y = 22;
  drawLogo(pdf, supplier.logo, receiptWidth / 2 - 17, y, 34, supplier.colours);
  y += 46;
  const centred = (text: string, bold = false, size = 9) => {
    write(pdf, text, left, y, { font: bold ? "Courier-Bold" : "Courier", size, align: "center", width });
    y += size * 1.45;
  };
  const pair = (label: string, value: string, bold = false, size = 9) => {
    const font = bold ? "Courier-Bold" : "Courier";
    write(pdf, label, left, y, { font, size });
    write(pdf, value, left, y, { font, size, align: "right", width });
    y += size * 1.5;
  };
  centred(supplier.name, true, 13);
  centred(supplier.street);
  centred(supplier.town);
  centred(`Tel. ${supplier.phone}`);
  y += 6;
  pair("Beleg", invoice.number);
  pair("Datum", writeDate(invoice.issueDate, language));
  centred("-".repeat(36));
  for (const line of lines) pair(`${line.quantity} x ${line.description}`, writeAmount(lineAmount(line), language));
  centred("-".repeat(36));
  pair("SUMME EUR", writeAmount(gross, language), true, 13);
  pair("Bar", writeAmount(gross, language));
  y += 10;
  centred("Vielen Dank für Ihren Besuch!");
  centred(supplier.taxId);
}
