import PDFDocument from "pdfkit";
import type { Layout } from "../company.ts";
import { crossIndustryInvoice } from "../cross-industry-invoice.ts";
import type { Language } from "../language.ts";
import type { SampleInvoice } from "../sample-invoice.ts";
import { drawBandLayout } from "./band-layout.ts";
import { drawBoxedLayout } from "./boxed-layout.ts";
import { drawClassicLayout } from "./classic-layout.ts";
import { drawMinimalLayout } from "./minimal-layout.ts";
import { languageOf } from "./parts.ts";
import { drawReceiptLayout, receiptWidth } from "./receipt-layout.ts";
import { type Pdf, pageHeight, pageWidth, write } from "./sheet.ts";
import { drawSidebarLayout } from "./sidebar-layout.ts";

const layouts: Readonly<Record<Layout, (pdf: Pdf, invoice: SampleInvoice) => void>> = {
  band: drawBandLayout,
  minimal: drawMinimalLayout,
  sidebar: drawSidebarLayout,
  boxed: drawBoxedLayout,
  classic: drawClassicLayout,
  receipt: drawReceiptLayout,
};

/** The invoice as a PDF, with its e-invoice attached where it has one (Factur-X 1.0). The same invoice gives the same bytes. */
export async function drawInvoice(invoice: SampleInvoice): Promise<Buffer> {
  const { supplier } = invoice;
  const issued = new Date(`${invoice.issueDate}T09:00:00Z`);
  const pdf = new PDFDocument({
    size: supplier.layout === "receipt" ? [receiptWidth, 350] : "A4",
    margin: 0,
    bufferPages: true,
    pdfVersion: "1.7",
    lang: supplier.language,
    info: {
      Title: `${languageOf(invoice).invoice} ${invoice.number}`,
      Author: supplier.name,
      CreationDate: issued,
      ModDate: issued,
    },
  });
  const bytes = collect(pdf);
  if (invoice.embedded !== null) attachInvoice(pdf, crossIndustryInvoice(invoice), issued);
  layouts[supplier.layout](pdf, invoice);
  numberPages(pdf, languageOf(invoice));
  pdf.end();
  return bytes;
}

/** On every page of an invoice that has more than one. */
function numberPages(pdf: Pdf, language: Language): void {
  const { count } = pdf.bufferedPageRange();
  for (let page = 0; count > 1 && page < count; page += 1) {
    pdf.switchToPage(page);
    write(pdf, language.page(page + 1, count), 0, pageHeight - 26, {
      size: 7.5,
      colour: "#77777c",
      align: "center",
      width: pageWidth,
    });
  }
}

function attachInvoice(pdf: Pdf, xml: string, issued: Date): void {
  // `relationship` (AFRelationship, ISO 32000-2) is missing from the type declarations.
  const options = {
    name: "factur-x.xml",
    type: "text/xml",
    description: "Factur-X invoice",
    relationship: "Alternative",
    creationDate: issued,
    modifiedDate: issued,
  };
  pdf.file(Buffer.from(xml), options);
}

/** What a PDF document writes, once it has ended. */
export function collect(pdf: Pdf): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
    pdf.on("end", () => resolve(Buffer.concat(chunks)));
    pdf.on("error", reject);
  });
}
