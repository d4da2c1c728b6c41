import {
  DocumentEncryptedError,
  DocumentHasNoPagesError,
  DocumentTooComplexError,
  DocumentTooLargeError,
  DocumentUnreadableError,
} from "../document-errors.ts";
import type { DocumentLimits } from "../document-limits.ts";
import type { Pdfium } from "./pdfium.ts";

export interface OpenPdf {
  readonly handle: number;
  readonly pages: number;
}

/** FPDF_ERR_PASSWORD of fpdfview.h. */
const passwordError = 4;
/** Writers pad after the end marker; Acrobat itself looks for it in the last KiB (ISO 32000-1, annex H, note 18). */
const endMarkerWithinBytes = 2_048;

/**
 * Opens a PDF, hands it to `work`, and frees everything it took, also when that fails.
 *
 * @throws {DocumentEncryptedError} @throws {DocumentUnreadableError} @throws {DocumentHasNoPagesError}
 * @throws {DocumentTooLargeError} @throws {DocumentTooComplexError} when the engine ran out of memory; it must not be used again.
 */
export function withPdf<T>(pdfium: Pdfium, bytes: Uint8Array, limits: DocumentLimits, work: (pdf: OpenPdf) => T): T {
  try {
    const pointer = pdfium.allocate(bytes.length);
    new Uint8Array(pdfium.heap().buffer).set(bytes, pointer);
    const handle = pdfium.call("FPDF_LoadMemDocument")(pointer, bytes.length, 0);
    try {
      return work({ handle, pages: checkOpened(pdfium, handle, bytes, limits) });
    } finally {
      if (handle !== 0) pdfium.call("FPDF_CloseDocument")(handle);
      pdfium.free(pointer);
    }
  } catch (error) {
    // The engine aborts when its memory is full (RuntimeError) and overflows the stack on endless nesting (RangeError).
    if (!(error instanceof WebAssembly.RuntimeError || error instanceof RangeError)) throw error;
    throw new DocumentTooComplexError(
      "Reading this PDF takes more memory than a document may, as a decompression bomb would. Ask the sender for a plain PDF.",
      { cause: error },
    );
  }
}

function checkOpened(pdfium: Pdfium, handle: number, bytes: Uint8Array, limits: DocumentLimits): number {
  if (handle === 0) {
    const code = pdfium.call("FPDF_GetLastError")();
    if (code === passwordError)
      throw new DocumentEncryptedError("The PDF asks for a password. Ask the sender for one without protection.");
    throw new DocumentUnreadableError(
      `The PDF is damaged (PDFium error ${code}, ${bytes.length} bytes). Ask the sender for the document again.`,
    );
  }
  const pages = pdfium.call("FPDF_GetPageCount")(handle);
  if (isCutOff(pdfium, handle, bytes))
    throw new DocumentUnreadableError(
      `The PDF is cut off: its end marker is missing after ${bytes.length} bytes. Ask the sender for the document again.`,
    );
  if (pages === 0) throw new DocumentHasNoPagesError("The PDF has no pages. Ask the sender for the document again.");
  if (pages > limits.maxPages)
    throw new DocumentTooLargeError(
      `The PDF has ${pages} pages, the limit is ${limits.maxPages}. Split it into its documents.`,
    );
  return pages;
}

/** A file that lost its end is rebuilt by the engine from what is left: read so, it would silently miss content. */
function isCutOff(pdfium: Pdfium, handle: number, bytes: Uint8Array): boolean {
  if (pdfium.call("FPDF_DocumentHasValidCrossReferenceTable")(handle) !== 0) return false;
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + Math.max(0, bytes.length - endMarkerWithinBytes));
  return !tail.subarray(0, Math.min(bytes.length, endMarkerWithinBytes)).includes("%%EOF");
}

export interface PageSize {
  readonly widthPoints: number;
  readonly heightPoints: number;
}

/**
 * Loads a page (numbered from 1), as it is shown: rotation applied.
 *
 * @throws {DocumentUnreadableError} @throws {DocumentTooLargeError} for a page larger than PDF allows.
 */
export function withPage<T>(
  pdfium: Pdfium,
  pdf: OpenPdf,
  page: number,
  limits: DocumentLimits,
  work: (handle: number, size: PageSize) => T,
): T {
  const handle = pdfium.call("FPDF_LoadPage")(pdf.handle, page - 1);
  if (handle === 0)
    throw new DocumentUnreadableError(`Page ${page} of the PDF is damaged. Ask the sender for the document again.`);
  try {
    const widthPoints = pdfium.call("FPDF_GetPageWidthF")(handle);
    const heightPoints = pdfium.call("FPDF_GetPageHeightF")(handle);
    if (!(widthPoints > 0 && heightPoints > 0))
      throw new DocumentUnreadableError(
        `Page ${page} measures ${widthPoints} × ${heightPoints} points. Ask the sender for the document again.`,
      );
    if (Math.max(widthPoints, heightPoints) > limits.maxPagePoints)
      throw new DocumentTooLargeError(
        `Page ${page} measures ${Math.round(widthPoints)} × ${Math.round(heightPoints)} points, the limit is ${limits.maxPagePoints} a side.`,
      );
    return work(handle, { widthPoints, heightPoints });
  } finally {
    pdfium.call("FPDF_ClosePage")(handle);
  }
}
