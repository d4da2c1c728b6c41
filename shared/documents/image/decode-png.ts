import { inflateSync } from "node:zlib";
import { convertIndexedToRgb, type DecodedPng, decode } from "fast-png";
import { DocumentTooComplexError, DocumentTooLargeError, DocumentUnreadableError } from "../document-errors.ts";
import type { DocumentLimits } from "../document-limits.ts";
import type { Raster } from "./raster.ts";

/** Channels by colour type (PNG, table 11.1). */
const channelsByColourType: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** @throws {DocumentUnreadableError} @throws {DocumentTooLargeError} @throws {DocumentTooComplexError} */
export function decodePng(bytes: Uint8Array, limits: DocumentLimits): Raster {
  refuseBomb(bytes, limits);
  try {
    return asRaster(decode(bytes));
  } catch (error) {
    throw unreadable(bytes, error instanceof Error ? error.message : String(error));
  }
}

const unreadable = (bytes: Uint8Array, why: string) =>
  new DocumentUnreadableError(
    `The PNG (${bytes.length} bytes) is damaged: ${why}. Ask the sender for the picture again.`,
  );

/** Inflates the pixel data once against the size its header states: more than that is a bomb, and the decoder has no bound of its own. */
function refuseBomb(bytes: Uint8Array, limits: DocumentLimits): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 33 || file.toString("latin1", 12, 16) !== "IHDR") throw unreadable(bytes, "no header");
  const [width, height, depth] = [file.readUInt32BE(16), file.readUInt32BE(20), file.readUInt8(24)];
  if (width * height > limits.maxMegapixels * 1e6)
    throw new DocumentTooLargeError(
      `The picture has ${width} × ${height} pixels, the limit is ${limits.maxMegapixels} megapixels.`,
    );
  const rowBytes = Math.ceil((width * depth * (channelsByColourType[file.readUInt8(25)] ?? 4)) / 8) + 1;
  try {
    // Interlacing adds filter bytes for each pass and row: the doubled height covers all seven passes.
    inflateSync(pixelData(file), { maxOutputLength: rowBytes * height * 2 + 64 });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE")
      throw new DocumentTooComplexError(
        "The PNG holds far more data than its size says, as a decompression bomb does.",
      );
    throw unreadable(bytes, error instanceof Error ? error.message : String(error));
  }
}

function pixelData(file: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 8; at + 8 <= file.length; ) {
    const length = file.readUInt32BE(at);
    if (file.toString("latin1", at + 4, at + 8) === "IDAT") parts.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}

/** Eight bits a channel, on white: transparent parts of a page are paper. */
function asRaster(png: DecodedPng): Raster {
  const { width, height } = png;
  const pixels = new Uint8Array(width * height * 4);
  const { samples, channels } = eightBitSamples(png);
  const grey = channels < 3;
  const hasAlpha = channels === 2 || channels === 4;
  for (let from = 0, at = 0; at < pixels.length; from += channels, at += 4) {
    const alpha = hasAlpha ? (samples[from + channels - 1] ?? 255) / 255 : 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = samples[from + (grey ? 0 : channel)] ?? 255;
      pixels[at + channel] = value * alpha + 255 * (1 - alpha);
    }
    pixels[at + 3] = 255;
  }
  return { width, height, pixels };
}

function eightBitSamples(png: DecodedPng): { samples: Uint8Array; channels: number } {
  if (png.palette !== undefined) return { samples: convertIndexedToRgb(png), channels: png.palette[0]?.length ?? 3 };
  if (png.depth === 16) return { samples: Uint8Array.from(png.data, (value) => value >> 8), channels: png.channels };
  if (png.depth === 8) return { samples: Uint8Array.from(png.data), channels: png.channels };
  return { samples: unpacked(png), channels: 1 };
}

/** Grey pictures of 1, 2 or 4 bits: several pixels a byte, each row starting on a byte. */
function unpacked({ width, height, depth, data }: DecodedPng): Uint8Array {
  const samples = new Uint8Array(width * height);
  const rowBytes = Math.ceil((width * depth) / 8);
  const highest = 2 ** depth - 1;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)] ?? 0;
      samples[y * width + x] = (((byte >> (8 - depth - (bit & 7))) & highest) * 255) / highest;
    }
  }
  return samples;
}
