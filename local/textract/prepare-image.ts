import { convertIndexedToRgb, type DecodedPng, decode as decodePng } from "fast-png";
import { decode as decodeJpeg } from "jpeg-js";

/** One byte a pixel, rows from the top. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** More than a phone takes; decoding takes about 12 bytes a pixel. */
const maxMegapixels = 40;
/** The recogniser was trained on capitals of about 30 pixels; receipts photographed 450 pixels wide have half of that. */
const wantedShortSide = 900;
const maxEnlargement = 2;

/** The picture holds something else than it should, or only a part: Textract's BadDocumentException. */
class PictureDamagedError extends Error {
  override readonly name = "PictureDamagedError";
}

/** Neither JPEG nor PNG: Textract's UnsupportedDocumentException. */
class PictureUnsupportedError extends Error {
  override readonly name = "PictureUnsupportedError";
}

/** Decodes a picture to grey. @throws {PictureDamagedError} @throws {PictureUnsupportedError} */
export function decodeGrey(bytes: Uint8Array): GreyImage {
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xd8) {
      const { width, height, data } = decodeJpeg(bytes, {
        useTArray: true,
        tolerantDecoding: false,
        maxResolutionInMP: maxMegapixels,
        maxMemoryUsageInMB: 768,
      });
      return grey(width, height, data, 4);
    }
    if (bytes[0] === 0x89 && bytes[1] === 0x50) return greyOfPng(decodePng(bytes));
  } catch (error) {
    throw new PictureDamagedError(
      `The picture cannot be decoded: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  throw new PictureUnsupportedError("The bytes are neither a JPEG nor a PNG.");
}

function greyOfPng(png: DecodedPng): GreyImage {
  const { width, height, depth } = png;
  if (png.palette !== undefined) return grey(width, height, convertIndexedToRgb(png), png.palette[0]?.length ?? 3);
  if (depth < 8) throw new Error(`${depth} bits a channel are not read by this stand-in`);
  const bytes = depth === 16 ? Uint8Array.from(png.data, (value) => value >> 8) : Uint8Array.from(png.data);
  return grey(width, height, bytes, png.channels);
}

function grey(width: number, height: number, samples: Uint8Array, channels: number): GreyImage {
  const pixels = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < pixels.length; at += 1, from += channels) {
    const first = samples[from] ?? 0;
    pixels[at] =
      channels < 3
        ? first
        : Math.round(0.299 * first + 0.587 * (samples[from + 1] ?? 0) + 0.114 * (samples[from + 2] ?? 0));
  }
  return { width, height, pixels };
}

/** Enlarges a small picture (bilinear), as the recogniser reads letters of a few pixels badly. */
export function enlarge(image: GreyImage): GreyImage {
  const shortSide = Math.min(image.width, image.height);
  const scale = Math.min(maxEnlargement, wantedShortSide / shortSide);
  if (scale <= 1.2) return image;
  const width = Math.round(image.width * scale);
  const height = Math.round(image.height * scale);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const fromY = Math.min(image.height - 1, Math.max(0, (y + 0.5) / scale - 0.5));
    const top = Math.floor(fromY) * image.width;
    const bottom = Math.min(image.height - 1, Math.floor(fromY) + 1) * image.width;
    const down = fromY - Math.floor(fromY);
    for (let x = 0; x < width; x += 1) {
      const fromX = Math.min(image.width - 1, Math.max(0, (x + 0.5) / scale - 0.5));
      const left = Math.floor(fromX);
      const right = Math.min(image.width - 1, left + 1);
      const across = fromX - left;
      const upper = (image.pixels[top + left] ?? 0) * (1 - across) + (image.pixels[top + right] ?? 0) * across;
      const lower = (image.pixels[bottom + left] ?? 0) * (1 - across) + (image.pixels[bottom + right] ?? 0) * across;
      pixels[y * width + x] = upper * (1 - down) + lower * down;
    }
  }
  return { width, height, pixels };
}

/** Portable graymap (PGM, binary): the cheapest form that the recogniser's image library reads. */
export const asPgm = ({ width, height, pixels }: GreyImage): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, "latin1"), pixels]);
