import type { PageText } from "../../contracts/document.ts";
import type { DocumentLimits } from "../document-limits.ts";
import { inReadingOrder } from "../reading-order.ts";
import { type EmbeddedFile, embeddedInvoiceFile } from "./pdf-attachments.ts";
import { type PageSize, withPage, withPdf } from "./pdf-document.ts";
import { renderPdfPage } from "./pdf-render.ts";
import { type PdfWord, pdfWords } from "./pdf-words.ts";
import type { Pdfium } from "./pdfium.ts";
import { visibleWords } from "./visible-words.ts";

interface PageReading {
  readonly size: PageSize;
  /** Null when the page's text has to be detected from its picture. */
  readonly text: PageText | null;
  readonly hiddenWords: number;
}

export interface PdfReading {
  readonly embedded: EmbeddedFile | null;
  readonly pages: readonly PageReading[];
}

/** Wide enough to tell white from grey in 6-point print. */
const contrastWidthPixels = 1_000;

/** Reads a PDF's text layer and its attached e-invoice. Errors: those of `withPdf` and `withPage`. */
export function readPdf(pdfium: Pdfium, bytes: Uint8Array, limits: DocumentLimits): PdfReading {
  return withPdf(pdfium, bytes, limits, (pdf) => ({
    embedded: embeddedInvoiceFile(pdfium, pdf, limits),
    pages: Array.from({ length: pdf.pages }, (_, index) =>
      withPage(pdfium, pdf, index + 1, limits, (page, size): PageReading => {
        const words = pdfWords(pdfium, page, size, limits);
        const { visible, hidden } = visibleWords(words, () => renderPdfPage(pdfium, page, size, contrastWidthPixels));
        const hiddenWords = hidden.length;
        if (needsDetection(visible.length, words, pictureShare(pdfium, page, size)))
          return { size, text: null, hiddenWords };
        return {
          size,
          text: { page: index + 1, ...size, source: "text-layer", words: inReadingOrder(visible) },
          hiddenWords,
        };
      }),
    ),
  }));
}

/** FPDF_PAGEOBJ_TEXT and _IMAGE of fpdf_edit.h. */
const textObject = 1;
const imageObject = 3;
const maxObjectsLookedAt = 5_000;

/** What is on a page besides text: whether there is anything, and the share of the page that its largest picture covers. */
interface Pictures {
  readonly anything: boolean;
  readonly largestShare: number;
}

function pictureShare(pdfium: Pdfium, page: number, size: PageSize): Pictures {
  const count = Math.min(maxObjectsLookedAt, pdfium.call("FPDFPage_CountObjects")(page));
  const bounds = pdfium.allocate(16);
  let anything = false;
  let largestShare = 0;
  for (let index = 0; index < count; index += 1) {
    const object = pdfium.call("FPDFPage_GetObject")(page, index);
    const type = pdfium.call("FPDFPageObj_GetType")(object);
    if (type !== textObject) anything = true;
    if (type !== imageObject) continue;
    if (pdfium.call("FPDFPageObj_GetBounds")(object, bounds, bounds + 4, bounds + 8, bounds + 12) === 0) continue;
    const heap = pdfium.heap();
    const [left = 0, bottom = 0, right = 0, top = 0] = [0, 4, 8, 12].map((at) => heap.getFloat32(bounds + at, true));
    largestShare = Math.max(largestShare, ((right - left) * (top - bottom)) / (size.widthPoints * size.heightPoints));
  }
  pdfium.free(bounds);
  return { anything, largestShare };
}

/** Fewer words than any invoice page carries: a stamp or a page number beside what was scanned or drawn as outlines. */
const fewestWords = 5;
/** A scan's own footer ("Scanned with …") stays below this; a full page picture behind more text is letterhead. */
const fewestWordsOverPicture = 30;
const garbageShare = 0.2;

function needsDetection(visible: number, words: readonly PdfWord[], pictures: Pictures): boolean {
  const characters = words.reduce((sum, word) => sum + word.text.length, 0);
  const unmapped = words.reduce((sum, word) => sum + word.unmapped, 0);
  if (characters > 0 && unmapped / characters > garbageShare) return true;
  if (visible < fewestWords) return pictures.anything || words.length > visible;
  return pictures.largestShare > 0.5 && visible < fewestWordsOverPicture;
}
