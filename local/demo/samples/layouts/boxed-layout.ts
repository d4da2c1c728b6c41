import type { SampleInvoice } from "../sample-invoice.ts";
import { drawTable } from "./line-table.ts";
import { drawLogo } from "./logo.ts";
import { bankRows, buyerLines, languageOf, particulars, totalRows } from "./parts.ts";
import { type Pdf, pageHeight, pageWidth, write, writeLines } from "./sheet.ts";

const left = 42;
const width = pageWidth - 2 * left;
const line = "#7d7d83";

/** Everything in ruled boxes, as accounting programs print it. */
export function drawBoxedLayout(pdf: Pdf, invoice: SampleInvoice): void {
  const { supplier, lines } = invoice;
  const language = languageOf(invoice);
  const [main, pale] = supplier.colours;

  drawLogo(pdf, supplier.logo, left, 40, 54, supplier.colours);
  write(pdf, supplier.name, left + 68, 42, { font: "Helvetica-Bold", size: 14, colour: main });
  writeLines(
    pdf,
    [supplier.tagline, `${supplier.street}, ${supplier.town}`, `${supplier.phone}  ${supplier.web}`],
    left + 68,
    61,
    { size: 8, colour: "#4b4b50", leading: 11 },
  );
  box(pdf, 395, 40, 158, 54, pale);
  write(pdf, language.invoice.toUpperCase(), 395, 49, {
    font: "Helvetica-Bold",
    size: 15,
    colour: main,
    align: "center",
    width: 158,
  });
  write(pdf, `${language.taxId}: ${supplier.taxId}`, 395, 74, { size: 8, align: "center", width: 158 });

  box(pdf, left, 116, 246, 92, null);
  write(pdf, language.billTo, left + 10, 124, { font: "Helvetica-Bold", size: 8, colour: main });
  writeLines(pdf, buyerLines(invoice), left + 10, 138, { size: 9 });
  const rows = particulars(invoice);
  box(pdf, 305, 116, 248, 92, null);
  for (const [index, { label, value }] of rows.entries()) {
    write(pdf, `${label}:`, 315, 126 + index * 16, { size: 9 });
    write(pdf, value, 420, 126 + index * 16, { font: "Helvetica-Bold", size: 9 });
  }

  const below = drawTable(pdf, lines, language, 228, {
    left,
    width,
    bottom: pageHeight - 170,
    rowHeight: 20,
    size: 9,
    font: "Helvetica",
    bold: "Helvetica-Bold",
    header: { fill: pale, colour: main, capitals: false },
    zebra: null,
    lines: "grid",
    lineColour: line,
    numbered: true,
    nextPage: () => {
      pdf.addPage();
      return 60;
    },
  });

  for (const [index, { label, value }] of totalRows(invoice).entries()) {
    const last = index === 2;
    const y = below + 12 + index * 22;
    box(pdf, 335, y, 118, 22, last ? pale : null);
    box(pdf, 453, y, 100, 22, last ? pale : null);
    const font = last ? "Helvetica-Bold" : "Helvetica";
    write(pdf, label, 341, y + 7, { font, size: 9.5 });
    write(pdf, value, 453, y + 7, { font, size: 9.5, align: "right", width: 94 });
  }
  box(pdf, left, below + 12, 270, 66, null);
  write(pdf, language.bank, left + 10, below + 19, { font: "Helvetica-Bold", size: 8, colour: main });
  for (const [index, { label, value }] of bankRows(invoice).entries())
    write(pdf, `${label}: ${value}`, left + 10, below + 34 + index * 13, { size: 9 });

  write(pdf, language.thanks, left, pageHeight - 70, { size: 8, colour: "#4b4b50", align: "center", width });
  const address = [supplier.name, supplier.street, supplier.town].join(" · ");
  write(pdf, address, left, pageHeight - 54, { size: 7.5, colour: "#77777c", align: "center", width });
}

function box(pdf: Pdf, x: number, y: number, boxWidth: number, height: number, fill: string | null): void {
  if (fill !== null) pdf.rect(x, y, boxWidth, height).fill(fill);
  pdf.rect(x, y, boxWidth, height).lineWidth(0.7).strokeColor(line).stroke();
}
