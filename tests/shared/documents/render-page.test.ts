import { decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";
import { describe, expect, it } from "vitest";
import { documentKind } from "../../../shared/documents/document-kind.ts";
import { maxRenderPixelsPerSide } from "../../../shared/documents/document-limits.ts";
import { renderPage } from "../../../shared/documents/inspect-document.ts";
import { jpegHeld, sampleJpeg, samplePng } from "./sample-images.ts";
import { drawnPdf, textPdf } from "./sample-pdfs.ts";

/** Which corner of the picture is the dark one. */
function darkCorner(bytes: Uint8Array): string {
  const { width, height, data } = decodeJpeg(bytes, { useTArray: true });
  const at = (x: number, y: number) => data[(Math.floor(y * height) * width + Math.floor(x * width)) * 4] ?? 0;
  const corners = {
    "top left": at(0.2, 0.2),
    "top right": at(0.8, 0.2),
    "bottom left": at(0.2, 0.8),
    "bottom right": at(0.8, 0.8),
  };
  return Object.entries(corners).sort(([, a], [, b]) => a - b)[0]?.[0] ?? "none";
}

describe("renderPage", () => {
  it("draws a page of a PDF as PNG at the width asked for", async () => {
    const bytes = await textPdf([[[50, "Invoice 4711"]]]);
    const { bytes: image, contentType, widthPixels, heightPixels } = await renderPage(bytes, 1, { widthPixels: 800 });
    expect({ contentType, widthPixels }).toEqual({ contentType: "image/png", widthPixels: 800 });
    const { width, height, data } = decodePng(image);
    expect([width, height]).toEqual([800, heightPixels]);
    expect(data.some((value) => value < 100)).toBe(true);
  });

  it("sends a page that is a photograph as JPEG, as PNG would be several times its size", async () => {
    const noise = Uint8Array.from({ length: 800 * 1000 * 4 }, (_, index) => (index * 2_654_435_761) >>> 24);
    const { encode } = await import("jpeg-js");
    const photograph = Buffer.from(encode({ width: 800, height: 1000, data: noise }, 90).data);
    const bytes = await drawnPdf((pdf) => void pdf.image(photograph, 0, 0, { width: 595 }));
    expect((await renderPage(bytes, 1, { widthPixels: 1_000 })).contentType).toBe("image/jpeg");
  });

  it("bounds both sides, whatever is asked for", async () => {
    const bytes = await drawnPdf((pdf) => void pdf.text("long"), { size: [100, 2_000] });
    const { widthPixels, heightPixels } = await renderPage(bytes, 1, { widthPixels: 3_000 });
    expect(heightPixels).toBeLessThanOrEqual(maxRenderPixelsPerSide);
    expect(widthPixels).toBe(Math.round((100 * maxRenderPixelsPerSide) / 2_000));
  });

  it("draws a picture anew, smaller if asked, never larger", async () => {
    const original = sampleJpeg(120, 80);
    const smaller = await renderPage(original, 1, { widthPixels: 60 });
    const larger = await renderPage(original, 1, { widthPixels: 500 });
    expect([smaller.widthPixels, smaller.heightPixels]).toEqual([60, 40]);
    expect([larger.widthPixels, larger.heightPixels]).toEqual([120, 80]);
    expect(Buffer.from(larger.bytes).equals(Buffer.from(original))).toBe(false);
    expect(documentKind((await renderPage(samplePng(), 1, { widthPixels: 60 })).bytes)).toBe("jpeg");
  });

  it.each([
    [1, "top left", [120, 80]],
    [2, "top right", [120, 80]],
    [3, "bottom right", [120, 80]],
    [4, "bottom left", [120, 80]],
    [5, "top left", [80, 120]],
    [6, "top right", [80, 120]],
    [7, "bottom right", [80, 120]],
    [8, "bottom left", [80, 120]],
    [99, "top left", [120, 80]],
  ])("turns a photograph held as EXIF orientation %i upright", async (orientation, corner, size) => {
    const { bytes, widthPixels, heightPixels } = await renderPage(jpegHeld(orientation), 1, { widthPixels: 500 });
    expect(darkCorner(bytes)).toBe(corner);
    expect([widthPixels, heightPixels]).toEqual(size);
  });

  it.each([0, 2, 1.5])("says which pages there are when page %d is asked for", async (page) => {
    const bytes = await textPdf([[[50, "one page only"]]]);
    await expect(renderPage(bytes, page, { widthPixels: 100 })).rejects.toMatchObject({
      name: "DocumentPageMissingError",
    });
    await expect(renderPage(sampleJpeg(), page, { widthPixels: 100 })).rejects.toMatchObject({
      name: "DocumentPageMissingError",
    });
  });
});
