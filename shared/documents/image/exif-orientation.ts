import type { Raster } from "./raster.ts";

/** EXIF tag 0x0112: 1 upright, 2–4 mirrored or upside down, 5–8 with width and height exchanged. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const orientationTag = 0x0112;
const exifSegment = 0xe1;
const scanSegment = 0xda;

/** How a camera held this JPEG; 1 when it does not say, or says nonsense. */
export function exifOrientation(jpeg: Uint8Array): Orientation {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const length = view.getUint16(at + 2);
    if (marker === scanSegment) return 1;
    if (marker === exifSegment && at + 10 <= view.byteLength && view.getUint32(at + 4) === 0x45786966)
      return orientationIn(view, at + 10, Math.min(view.byteLength, at + 2 + length));
    at += 2 + length;
  }
  return 1;
}

/** Reads the first directory of the TIFF structure that stands between `start` and `end`. */
function orientationIn(view: DataView, start: number, end: number): Orientation {
  if (start + 8 > end) return 1;
  const little = view.getUint16(start) === 0x4949;
  const directory = start + view.getUint32(start + 4, little);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = directory + 2, index = 0; index < entries && entry + 12 <= end; index += 1, entry += 12) {
    if (view.getUint16(entry, little) === orientationTag) return asOrientation(view.getUint16(entry + 8, little));
  }
  return 1;
}

function asOrientation(value: number): Orientation {
  const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];
  return orientations.find((orientation) => orientation === value) ?? 1;
}

/** Turns a picture upright. */
export function upright(raster: Raster, orientation: Orientation): Raster {
  if (orientation === 1) return raster;
  const exchanged = orientation >= 5;
  const width = exchanged ? raster.height : raster.width;
  const height = exchanged ? raster.width : raster.height;
  const source = new Uint32Array(
    raster.pixels.buffer.slice(raster.pixels.byteOffset, raster.pixels.byteOffset + raster.width * raster.height * 4),
  );
  const target = new Uint32Array(width * height);
  const [right, bottom] = [raster.width - 1, raster.height - 1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [fromX, fromY] = sourceOf(orientation, x, y, right, bottom);
      target[y * width + x] = source[fromY * raster.width + fromX] ?? 0;
    }
  }
  return { width, height, pixels: new Uint8Array(target.buffer) };
}

function sourceOf(orientation: Orientation, x: number, y: number, right: number, bottom: number): [number, number] {
  switch (orientation) {
    case 2:
      return [right - x, y];
    case 3:
      return [right - x, bottom - y];
    case 4:
      return [x, bottom - y];
    case 5:
      return [y, x];
    case 6:
      return [y, bottom - x];
    case 7:
      return [right - y, bottom - x];
    case 8:
      return [right - y, x];
    default:
      return [x, y];
  }
}
