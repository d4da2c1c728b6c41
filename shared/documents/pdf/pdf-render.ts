import { maxRenderPixelsPerSide } from "../document-limits.ts";
import type { Raster } from "../image/raster.ts";
import type { PageSize } from "./pdf-document.ts";
import type { Pdfium } from "./pdfium.ts";

/** FPDFBitmap_BGRx, FPDF_ANNOT and FPDF_REVERSE_BYTE_ORDER of fpdfview.h: four bytes a pixel, red first, notes drawn. */
const bitmapFormat = 3;
const renderFlags = 0x01 | 0x10;

/** Draws a page on white. The height follows from the page's shape; both sides are bounded. */
export function renderPdfPage(pdfium: Pdfium, page: number, size: PageSize, widthPixels: number): Raster {
  const scale = Math.min(
    widthPixels / size.widthPoints,
    maxRenderPixelsPerSide / Math.max(size.widthPoints, size.heightPoints),
  );
  const width = Math.max(1, Math.round(size.widthPoints * scale));
  const height = Math.max(1, Math.round(size.heightPoints * scale));
  const stride = width * 4;
  const buffer = pdfium.allocate(stride * height);
  try {
    const bitmap = pdfium.call("FPDFBitmap_CreateEx")(width, height, bitmapFormat, buffer, stride);
    try {
      pdfium.call("FPDFBitmap_FillRect")(bitmap, 0, 0, width, height, 0xffffffff);
      pdfium.call("FPDF_RenderPageBitmap")(bitmap, page, 0, 0, width, height, 0, renderFlags);
    } finally {
      pdfium.call("FPDFBitmap_Destroy")(bitmap);
    }
    return { width, height, pixels: new Uint8Array(pdfium.heap().buffer).slice(buffer, buffer + stride * height) };
  } finally {
    pdfium.free(buffer);
  }
}
