import type { SampleInvoice } from "../sample-invoice.ts";
import { drawTable } from "./line-table.ts";
import { drawLogo } from "./logo.ts";
import { bankRows, buyerLines, languageOf, particulars, totalRows } from "./parts.ts";
import { type Pdf, pageHeight, pageWidth, rule, write, writeLines } from "./sheet.ts";

const left = 50;
const width = pageWidth - 2 * left;
const labelStyle = { size: 7.5, colour: "#77777c" };

/** White space, thin rules, a large title on the right. */
export function drawMinimalLayout(pdf: Pdf, invoice: SampleInvoice): void {
  const { supplier, lines } = invoice;
  const language = languageOf(invoice);
  const [main] = supplier.colours;

  drawLogo(pdf, supplier.logo, left, 46, 44, supplier.colours);
  write(pdf, supplier.name, left + 56, 52, { font: "Helvetica-Bold", size: 13 });
  write(pdf, supplier.tagline, left + 56, 70, { size: 8.5, colour: "#77777c" });
  write(pdf, language.invoice.toUpperCase(), left, 48, { size: 26, colour: main, align: "right", width, spacing: 2 });

  rule(pdf, left, 112, width);
  write(pdf, language.billTo.toUpperCase(), left, 124, labelStyle);
  writeLines(pdf, buyerLines(invoice), left, 138, { size: 9.5 });
  for (const [index, { label, value }] of particulars(invoice).entries()) {
    write(pdf, label, 340, 138 + index * 17, { size: 9, colour: "#4b4b50" });
    write(pdf, value, 340, 138 + index * 17, {
      font: "Helvetica-Bold",
      size: 9,
      align: "right",
      width: pageWidth - left - 340,
    });
  }

  const below = drawTable(pdf, lines, language, 246, {
    left,
    width,
    bottom: pageHeight - 150,
    rowHeight: 23,
    size: 9.5,
    font: "Helvetica",
    bold: "Helvetica-Bold",
    header: { fill: null, colour: main, capitals: false },
    zebra: null,
    lines: "rows",
    lineColour: "#d8d8dd",
    numbered: false,
    nextPage: () => {
      pdf.addPage();
      return 60;
    },
  });

  const rows = totalRows(invoice);
  for (const [index, { label, value }] of rows.entries()) {
    const last = index === rows.length - 1;
    const y = below + 16 + index * 20;
    if (last) pdf.rect(350, y - 6, pageWidth - left - 350, 26).fill(main);
    const style = {
      font: last ? "Helvetica-Bold" : "Helvetica",
      size: last ? 11.5 : 9.5,
      colour: last ? "#ffffff" : "#1d1d1f",
    } as const;
    write(pdf, label, 358, y + (last ? 2 : 0), style);
    write(pdf, value, 350, y + (last ? 2 : 0), { ...style, align: "right", width: pageWidth - left - 358 });
  }

  const payTop = below + 112;
  write(pdf, language.bank.toUpperCase(), left, payTop, labelStyle);
  for (const [index, { label, value }] of bankRows(invoice).entries()) {
    write(pdf, label, left, payTop + 15 + index * 14, { size: 9, colour: "#4b4b50" });
    write(pdf, value, left + 44, payTop + 15 + index * 14, { size: 9 });
  }
  write(pdf, language.thanks, left, payTop + 70, { size: 9, colour: "#4b4b50" });

  rule(pdf, left, pageHeight - 70, width);
  const footer = [
    supplier.name,
    [supplier.street, supplier.town, supplier.phone].join("  ·  "),
    `${language.taxId} ${supplier.taxId}  ·  ${supplier.web}`,
  ];
  for (const [index, text] of footer.entries()) {
    const font = index === 0 ? "Helvetica-Bold" : "Helvetica";
    const y = pageHeight - 62 + index * 13;
    write(pdf, text, left, y, { font, size: 8.5, colour: "#4b4b50", align: "center", width });
  }
}
