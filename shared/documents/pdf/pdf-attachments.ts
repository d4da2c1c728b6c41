import { DocumentTooLargeError } from "../document-errors.ts";
import type { DocumentLimits } from "../document-limits.ts";
import type { OpenPdf } from "./pdf-document.ts";
import type { Pdfium } from "./pdfium.ts";

export interface EmbeddedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** File names that Factur-X 1.x, ZUGFeRD 1 and 2 and XRechnung prescribe, compared without case. */
const invoiceFileNames = new Set([
  "factur-x.xml",
  "zugferd-invoice.xml",
  "xrechnung.xml",
  "order-x.xml",
  "cii.xml",
  "ubl.xml",
]);
const invoiceRoot = /<(?:[\w-]+:)?(?:CrossIndustryInvoice|CrossIndustryDocument|Invoice|CreditNote)[\s>]/;
/** Far more attachments than an invoice carries; looking at them all must not take for ever. */
const maxAttachments = 50;

/**
 * The e-invoice attached to a PDF: by its prescribed name, else the first XML file whose root element is an invoice's.
 *
 * @throws {DocumentTooLargeError} when it is larger than the limit: left out silently, the pages alone would be believed.
 */
export function embeddedInvoiceFile(pdfium: Pdfium, pdf: OpenPdf, limits: DocumentLimits): EmbeddedFile | null {
  const count = Math.min(maxAttachments, pdfium.call("FPDFDoc_GetAttachmentCount")(pdf.handle));
  const named = Array.from({ length: Math.max(0, count) }, (_, index) => {
    const handle = pdfium.call("FPDFDoc_GetAttachment")(pdf.handle, index);
    return { handle, name: attachmentName(pdfium, handle) };
  }).filter(({ handle, name }) => handle !== 0 && name.toLowerCase().endsWith(".xml"));
  const prescribed = named.find(({ name }) => invoiceFileNames.has(name.toLowerCase()));
  if (prescribed !== undefined) return { name: prescribed.name, bytes: attachmentBytes(pdfium, prescribed, limits) };
  for (const candidate of named) {
    const bytes = attachmentBytes(pdfium, candidate, limits);
    if (invoiceRoot.test(Buffer.from(bytes.subarray(0, 4_096)).toString("utf8")))
      return { name: candidate.name, bytes };
  }
  return null;
}

function attachmentName(pdfium: Pdfium, handle: number): string {
  if (handle === 0) return "";
  const length = pdfium.call("FPDFAttachment_GetName")(handle, 0, 0);
  const buffer = pdfium.allocate(length + 2);
  try {
    pdfium.call("FPDFAttachment_GetName")(handle, buffer, length);
    return Buffer.from(pdfium.heap().buffer, buffer, Math.max(0, length - 2)).toString("utf16le");
  } finally {
    pdfium.free(buffer);
  }
}

function attachmentBytes(
  pdfium: Pdfium,
  { handle, name }: { handle: number; name: string },
  limits: DocumentLimits,
): Uint8Array {
  const lengthPointer = pdfium.allocate(4);
  try {
    if (pdfium.call("FPDFAttachment_GetFile")(handle, 0, 0, lengthPointer) === 0) return new Uint8Array();
    const length = pdfium.heap().getUint32(lengthPointer, true);
    if (length > limits.maxEmbeddedBytes)
      throw new DocumentTooLargeError(
        `The attached ${name} has ${length} bytes, the limit is ${limits.maxEmbeddedBytes}.`,
      );
    const buffer = pdfium.allocate(length + 1);
    try {
      pdfium.call("FPDFAttachment_GetFile")(handle, buffer, length, lengthPointer);
      return new Uint8Array(pdfium.heap().buffer).slice(buffer, buffer + length);
    } finally {
      pdfium.free(buffer);
    }
  } finally {
    pdfium.free(lengthPointer);
  }
}
