import { DocumentPageMissingError } from "../document-errors.ts";
import { type DocumentLimits, maxRenderPixelsPerSide } from "../document-limits.ts";
import { decodeJpeg } from "../image/decode-jpeg.ts";
import { decodePng } from "../image/decode-png.ts";
import { encodePage, type RenderedPage } from "../image/encode-page.ts";
import { type Raster, shrink } from "../image/raster.ts";
import { withPage, withPdf } from "../pdf/pdf-document.ts";
import { renderPdfPage } from "../pdf/pdf-render.ts";
import { openPdfium, type Pdfium } from "../pdf/pdfium.ts";
import { type PdfReading, readPdf } from "../pdf/read-pdf.ts";
import type { ReadingAnswer, ReadingRequest } from "./reading-requests.ts";

/** A picture says nothing of its size on paper. At this resolution an A4 page scanned for text detection has A4's points. */
const assumedDotsPerInch = 200;

let pdfium: Promise<Pdfium> | undefined;

function engine(): Promise<Pdfium> {
  pdfium ??= openPdfium();
  return pdfium;
}

/** Does one piece of work. PDFium starts with the first PDF and stays. */
export async function performReading(request: ReadingRequest): Promise<ReadingAnswer> {
  return request.task === "read"
    ? { id: request.id, reading: await read(request) }
    : { id: request.id, rendered: await render(request, request.page, request.widthPixels) };
}

async function read(request: ReadingRequest): Promise<PdfReading> {
  if (request.kind === "pdf") return readPdf(await engine(), request.bytes, request.limits);
  const { width, height } = decodeImage(request.kind, request.bytes, request.limits);
  const points = (pixels: number) => (pixels * 72) / assumedDotsPerInch;
  const size = { widthPoints: points(width), heightPoints: points(height) };
  return { embedded: null, pages: [{ size, text: null, hiddenWords: 0 }] };
}

async function render(
  { kind, bytes, limits }: ReadingRequest,
  page: number,
  widthPixels: number,
): Promise<RenderedPage> {
  if (kind !== "pdf") {
    checkPage(page, 1);
    const bound = Math.min(widthPixels, maxRenderPixelsPerSide);
    return encodePage(shrink(decodeImage(kind, bytes, limits), bound, maxRenderPixelsPerSide), "photographed");
  }
  const ready = await engine();
  const raster = withPdf(ready, bytes, limits, (pdf) => {
    checkPage(page, pdf.pages);
    return withPage(ready, pdf, page, limits, (handle, size) => renderPdfPage(ready, handle, size, widthPixels));
  });
  return encodePage(raster, "drawn");
}

const decodeImage = (kind: "jpeg" | "png", bytes: Uint8Array, limits: DocumentLimits): Raster =>
  kind === "jpeg" ? decodeJpeg(bytes, limits) : decodePng(bytes, limits);

function checkPage(page: number, pages: number): void {
  if (!Number.isInteger(page) || page < 1 || page > pages)
    throw new DocumentPageMissingError(`Page ${page} was asked for, the document has pages 1 to ${pages}.`);
}
