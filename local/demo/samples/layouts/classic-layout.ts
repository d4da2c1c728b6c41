import type { SampleInvoice } from "../sample-invoice.ts";
import { drawTable } from "./line-table.ts";
import { drawLogo } from "./logo.ts";
import { bankRows, buyerLines, languageOf, particulars, totalRows } from "./parts.ts";
import { type Pdf, pageHeight, pageWidth, rule, write, writeLines } from "./sheet.ts";

const left = 62;
const width = pageWidth - 2 * left;

/** A letter with a centred head, set in Times. */
export function drawClassicLayout(pdf: Pdf, invoice: SampleInvoice): void {
  const { supplier, lines } = invoice;
  const language = languageOf(invoice);
  const [main] = supplier.colours;

  drawLogo(pdf, supplier.logo, pageWidth / 2 - 20, 36, 40, supplier.colours);
  write(pdf, supplier.name, left, 84, { font: "Times-Bold", size: 20, colour: main, align: "center", width });
  write(pdf, supplier.tagline, left, 108, {
    font: "Times-Italic",
    size: 10.5,
    colour: "#4b4b50",
    align: "center",
    width,
  });
  rule(pdf, left, 128, width, main, 1.2);
  rule(pdf, left, 131, width, main, 0.4);

  write(pdf, language.billTo, left, 152, { font: "Times-Italic", size: 10 });
  writeLines(pdf, buyerLines(invoice), left, 167, { font: "Times-Roman", size: 11 });
  for (const [index, { label, value }] of particulars(invoice).entries()) {
    write(pdf, label, 360, 167 + index * 17, { font: "Times-Roman", size: 10.5 });
    write(pdf, value, 360, 167 + index * 17, {
      font: "Times-Bold",
      size: 10.5,
      align: "right",
      width: pageWidth - left - 360,
    });
  }

  write(pdf, language.invoice, left, 268, { font: "Times-Bold", size: 16 });
  const below = drawTable(pdf, lines, language, 296, {
    left,
    width,
    bottom: pageHeight - 170,
    rowHeight: 22,
    size: 10.5,
    font: "Times-Roman",
    bold: "Times-Bold",
    header: { fill: null, colour: "#1d1d1f", capitals: false },
    zebra: null,
    lines: "rows",
    lineColour: "#bdbdc2",
    numbered: false,
    nextPage: () => {
      pdf.addPage();
      return 70;
    },
  });

  for (const [index, { label, value }] of totalRows(invoice).entries()) {
    const last = index === 2;
    const y = below + 16 + index * 20;
    const style = { font: last ? "Times-Bold" : "Times-Roman", size: last ? 13 : 11 } as const;
    write(pdf, label, 330, y, style);
    write(pdf, value, 330, y, { ...style, align: "right", width: pageWidth - left - 336 });
  }
  rule(pdf, 330, below + 78, pageWidth - left - 330, main, 1.2);

  const payTop = pageHeight - 142;
  write(pdf, language.thanks, left, payTop - 24, { font: "Times-Italic", size: 10 });
  rule(pdf, left, payTop - 4, width, main, 0.4);
  writeLines(
    pdf,
    bankRows(invoice).map(({ label, value }) => `${label}: ${value}`),
    left,
    payTop + 6,
    { font: "Times-Roman", size: 10 },
  );
  const company = [
    supplier.name,
    `${supplier.street}, ${supplier.town}`,
    supplier.phone,
    `${language.taxId} ${supplier.taxId}`,
  ];
  for (const [index, text] of company.entries())
    write(pdf, text, left, payTop + 6 + index * 14, { font: "Times-Roman", size: 10, align: "right", width });
}
