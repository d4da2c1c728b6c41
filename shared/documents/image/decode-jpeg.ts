import { decode } from "jpeg-js";
import { DocumentTooLargeError, DocumentUnreadableError } from "../document-errors.ts";
import type { DocumentLimits } from "../document-limits.ts";
import { exifOrientation, upright } from "./exif-orientation.ts";
import type { Raster } from "./raster.ts";

/** A decoder's working memory: coefficients and samples take about 12 bytes a pixel, and 25 megapixels are 300 MB. */
const maxDecoderMegabytes = 512;

/** @throws {DocumentUnreadableError} @throws {DocumentTooLargeError} */
export function decodeJpeg(bytes: Uint8Array, limits: DocumentLimits): Raster {
  const size = frameSize(bytes);
  if (size === null) throw unreadable(bytes, "no frame header");
  if (size.width * size.height > limits.maxMegapixels * 1e6)
    throw new DocumentTooLargeError(
      `The picture has ${size.width} × ${size.height} pixels, the limit is ${limits.maxMegapixels} megapixels.`,
    );
  try {
    const { width, height, data } = decode(bytes, {
      useTArray: true,
      formatAsRGBA: true,
      tolerantDecoding: false,
      maxResolutionInMP: limits.maxMegapixels,
      maxMemoryUsageInMB: maxDecoderMegabytes,
    });
    return upright({ width, height, pixels: data }, exifOrientation(bytes));
  } catch (error) {
    throw unreadable(bytes, error instanceof Error ? error.message : String(error));
  }
}

const unreadable = (bytes: Uint8Array, why: string) =>
  new DocumentUnreadableError(
    `The JPEG (${bytes.length} bytes) is damaged: ${why}. Ask the sender for the picture again.`,
  );

/** Width and height as the start-of-frame segment states them (ITU-T T.81, B.2.2), before anything is decoded. */
function frameSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
