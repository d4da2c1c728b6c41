import type { SampleInvoice } from "../sample-invoice.ts";
import { drawTable } from "./line-table.ts";
import { drawLogo } from "./logo.ts";
import { bankRows, buyerLines, languageOf, particulars, totalRows } from "./parts.ts";
import { type Pdf, pageHeight, pageWidth, rule, write, writeLines } from "./sheet.ts";

const barWidth = 178;
const barText = barWidth - 30 - 14;
const left = barWidth + 26;
const width = pageWidth - left - 36;

/** A coloured column holds all about the supplier; the invoice stands beside it. */
export function drawSidebarLayout(pdf: Pdf, invoice: SampleInvoice): void {
  const { supplier, lines } = invoice;
  const language = languageOf(invoice);
  const [main, pale] = supplier.colours;
  drawBar(pdf, invoice);

  write(pdf, language.invoice, left, 44, { font: "Helvetica-Bold", size: 28, colour: main });
  for (const [index, { label, value }] of particulars(invoice).entries()) {
    write(pdf, label, left, 92 + index * 16, { size: 9, colour: "#4b4b50" });
    write(pdf, value, left + 100, 92 + index * 16, { font: "Helvetica-Bold", size: 9 });
  }
  write(pdf, language.billTo, left + 226, 92, { size: 8, colour: "#77777c" });
  writeLines(pdf, buyerLines(invoice), left + 226, 106, { size: 9 });

  const below = drawTable(pdf, lines, language, 204, {
    left,
    width,
    bottom: pageHeight - 160,
    rowHeight: 22,
    size: 8.5,
    font: "Helvetica",
    bold: "Helvetica-Bold",
    header: { fill: pale, colour: main, capitals: false },
    zebra: null,
    lines: "rows",
    lineColour: "#dcdce0",
    numbered: false,
    nextPage: () => {
      pdf.addPage();
      drawBar(pdf, invoice);
      return 60;
    },
  });

  const rows = totalRows(invoice);
  for (const [index, { label, value }] of rows.entries()) {
    const last = index === rows.length - 1;
    const y = below + 16 + index * 19;
    const style = {
      font: last ? "Helvetica-Bold" : "Helvetica",
      size: last ? 12 : 9,
      colour: last ? main : "#1d1d1f",
    } as const;
    write(pdf, label, left + 170, y, style);
    write(pdf, value, left, y, { ...style, align: "right", width: width - 6 });
  }
  rule(pdf, left, pageHeight - 70, width);
  write(pdf, language.thanks, left, pageHeight - 60, { size: 8, colour: "#4b4b50" });
  const address = [supplier.name, supplier.street, supplier.town].join(" · ");
  write(pdf, address, left, pageHeight - 44, { size: 7.5, colour: "#77777c" });
}

function drawBar(pdf: Pdf, invoice: SampleInvoice): void {
  const { supplier } = invoice;
  const language = languageOf(invoice);
  const [main, pale] = supplier.colours;
  pdf.rect(0, 0, barWidth, pageHeight).fill(main);
  drawLogo(pdf, supplier.logo, 30, 44, 62, ["#ffffff", pale]);
  const name = { font: "Helvetica-Bold", size: fittingSize(pdf, supplier.name), colour: "#ffffff" } as const;
  write(pdf, supplier.name, 30, 128, name);
  const y = 144;
  write(pdf, supplier.tagline, 30, y + 4, { size: 8, colour: pale });

  const text = { size: 8, colour: "#ffffff", leading: 12 };
  const heading = { font: "Helvetica-Bold", size: 8, colour: pale } as const;
  writeLines(pdf, [supplier.street, supplier.town, supplier.phone, supplier.web], 30, y + 36, text);
  write(pdf, language.taxId, 30, y + 104, heading);
  write(pdf, supplier.taxId, 30, y + 116, text);
  write(pdf, language.bank, 30, pageHeight - 150, heading);
  const [bank, iban, bic] = bankRows(invoice);
  writeLines(pdf, [bank?.value ?? "", "IBAN"], 30, pageHeight - 136, text);
  write(pdf, iban?.value ?? "", 30, pageHeight - 112, { ...text, size: 7.4 });
  write(pdf, `BIC ${bic?.value ?? ""}`, 30, pageHeight - 98, text);
}

/** The largest size, up to 12 points, at which a name stays on one line of the bar. */
function fittingSize(pdf: Pdf, name: string): number {
  const widthAtOne = pdf.font("Helvetica-Bold").fontSize(1).widthOfString(name);
  return Math.min(12, barText / widthAtOne);
}
