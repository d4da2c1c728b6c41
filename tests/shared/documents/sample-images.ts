import { deflateSync } from "node:zlib";
import { encode as encodePng } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";

/** A white picture whose left upper quarter is black, so that it tells how it was turned. */
function quarterPixels(width: number, height: number, channels: 3 | 4): Uint8Array {
  const pixels = new Uint8Array(width * height * channels).fill(255);
  for (let y = 0; y < height / 2; y += 1)
    for (let x = 0; x < width / 2; x += 1) pixels.fill(0, (y * width + x) * channels, (y * width + x) * channels + 3);
  return pixels;
}

export const sampleJpeg = (width = 120, height = 80): Uint8Array =>
  new Uint8Array(encodeJpeg({ width, height, data: quarterPixels(width, height, 4) }, 90).data);

export const samplePng = (width = 120, height = 80): Uint8Array =>
  encodePng({ width, height, data: quarterPixels(width, height, 3), channels: 3 });

/** The same JPEG with an EXIF segment that says how the camera was held. */
export function jpegHeld(orientation: number): Uint8Array {
  const jpeg = Buffer.from(sampleJpeg());
  const exif = Buffer.alloc(36);
  exif.writeUInt16BE(0xffe1, 0);
  exif.writeUInt16BE(34, 2);
  exif.write("Exif\0\0MM", 4, "latin1");
  exif.writeUInt16BE(42, 12);
  exif.writeUInt32BE(8, 14);
  exif.writeUInt16BE(1, 18);
  exif.writeUInt16BE(0x0112, 20);
  exif.writeUInt16BE(3, 22);
  exif.writeUInt32BE(1, 24);
  exif.writeUInt16BE(orientation, 28);
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]));
}

/** Says that it is one pixel, and inflates to 64 MiB. */
export function pngBomb(): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(1, 0);
  header.writeUInt32BE(1, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return png([
    ["IHDR", header],
    ["IDAT", deflateSync(Buffer.alloc(64 * 1024 * 1024))],
    ["IEND", Buffer.alloc(0)],
  ]);
}

/** Chunks without right check sums: whoever measures first never gets that far. */
const png = (chunks: readonly (readonly [string, Buffer])[]): Uint8Array =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      ...chunks.flatMap(([type, data]) => {
        const length = Buffer.alloc(4);
        length.writeUInt32BE(data.length);
        return [length, Buffer.from(type, "latin1"), data, Buffer.alloc(4)];
      }),
    ]),
  );
