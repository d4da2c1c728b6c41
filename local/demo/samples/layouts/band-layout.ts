import type { SampleInvoice } from "../sample-invoice.ts";
import { drawTable } from "./line-table.ts";
import { drawLogo } from "./logo.ts";
import { bankRows, buyerLines, languageOf, particulars, totalRows } from "./parts.ts";
import { type Pdf, pageHeight, pageWidth, rule, write, writeLines } from "./sheet.ts";

const left = 56;
const width = pageWidth - 2 * left;
const footerTop = pageHeight - 92;

/** A coloured band across the top, the address in the window's place (DIN 5008), particulars in a pale box, a footer in three columns. */
export function drawBandLayout(pdf: Pdf, invoice: SampleInvoice): void {
  const { supplier, lines } = invoice;
  const language = languageOf(invoice);
  const [main, pale] = supplier.colours;
  drawFrame(pdf, invoice);

  write(pdf, `${supplier.name} · ${supplier.street} · ${supplier.town}`, left, 128, { size: 6.5, colour: "#77777c" });
  writeLines(pdf, buyerLines(invoice), left, 142, { size: 10 });

  const rows = particulars(invoice);
  pdf.roundedRect(345, 124, 194, 16 + rows.length * 15, 4).fill(pale);
  for (const [index, { label, value }] of rows.entries()) {
    write(pdf, label, 355, 134 + index * 15, { size: 8.5, colour: "#4b4b50" });
    write(pdf, value, 440, 134 + index * 15, { font: "Helvetica-Bold", size: 8.5, align: "right", width: 89 });
  }

  write(pdf, `${language.invoice} ${invoice.number}`, left, 246, { font: "Helvetica-Bold", size: 17, colour: main });
  const below = drawTable(pdf, lines, language, 284, {
    left,
    width,
    bottom: footerTop - 30,
    rowHeight: 21,
    size: 9,
    font: "Helvetica",
    bold: "Helvetica-Bold",
    header: { fill: main, colour: "#ffffff", capitals: false },
    zebra: pale,
    lines: "none",
    lineColour: "#c9c9ce",
    numbered: true,
    nextPage: () => {
      pdf.addPage();
      drawFrame(pdf, invoice);
      return 128;
    },
  });

  const bottom = drawTotals(pdf, invoice, below + 14);
  write(pdf, language.thanks, left, bottom + 26, { size: 8.5, colour: "#4b4b50" });
}

function drawTotals(pdf: Pdf, invoice: SampleInvoice, top: number): number {
  const [main] = invoice.supplier.colours;
  const rows = totalRows(invoice);
  for (const [index, { label, value }] of rows.entries()) {
    const last = index === rows.length - 1;
    const y = top + index * 18 + (last ? 6 : 0);
    if (last) rule(pdf, 345, y - 5, 194, main, 1.2);
    const font = last ? "Helvetica-Bold" : "Helvetica";
    write(pdf, label, 351, y, { font, size: last ? 11 : 9.5 });
    write(pdf, value, 345, y, { font, size: last ? 11 : 9.5, align: "right", width: 188 });
  }
  return top + rows.length * 18 + 6;
}

function drawFrame(pdf: Pdf, invoice: SampleInvoice): void {
  const { supplier } = invoice;
  const language = languageOf(invoice);
  const [main] = supplier.colours;
  pdf.rect(0, 0, pageWidth, 92).fill(main);
  drawLogo(pdf, supplier.logo, left, 22, 48, ["#ffffff", main]);
  write(pdf, supplier.name, left + 64, 30, { font: "Helvetica-Bold", size: 17, colour: "#ffffff" });
  write(pdf, supplier.tagline, left + 64, 53, { size: 9, colour: "#ffffff" });
  write(pdf, supplier.web, pageWidth - left - 200, 38, { size: 9, colour: "#ffffff", align: "right", width: 200 });

  rule(pdf, left, footerTop, width, main, 0.8);
  const style = { size: 7.5, colour: "#4b4b50", leading: 11 };
  writeLines(pdf, [supplier.name, supplier.street, supplier.town, supplier.phone], left, footerTop + 10, style);
  writeLines(
    pdf,
    bankRows(invoice).map(({ label, value }) => `${label}: ${value}`),
    left + 165,
    footerTop + 10,
    style,
  );
  writeLines(pdf, [`${language.taxId} ${supplier.taxId}`, supplier.web], left + 370, footerTop + 10, style);
}
