import { encode as encodePng } from "fast-png";
import { encode as encodeJpeg } from "jpeg-js";
import type { Raster } from "./raster.ts";

/** A page as a picture that a browser may show: drawn by us, never the sender's bytes. */
export interface RenderedPage {
  readonly bytes: Uint8Array;
  readonly contentType: "image/png" | "image/jpeg";
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** Text pages stay far below this as PNG (0.1–0.3 MB); photographs do not, and go as JPEG. */
const maxPngBytes = 1_000_000;
/** Letters keep clean edges; 90 and more doubles the size for nothing that a reader sees. */
const jpegQuality = 85;

export function encodePage(raster: Raster, source: "drawn" | "photographed"): RenderedPage {
  const size = { widthPixels: raster.width, heightPixels: raster.height };
  if (source === "drawn") {
    const bytes = encodePng({ ...raster, data: withoutAlpha(raster), channels: 3 }, { zlib: { level: 2 } });
    if (bytes.length <= maxPngBytes) return { bytes, contentType: "image/png", ...size };
  }
  const { data } = encodeJpeg({ width: raster.width, height: raster.height, data: raster.pixels }, jpegQuality);
  return { bytes: new Uint8Array(data), contentType: "image/jpeg", ...size };
}

function withoutAlpha({ width, height, pixels }: Raster): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, at = 0; at < rgb.length; from += 4, at += 3) {
    rgb[at] = pixels[from] ?? 255;
    rgb[at + 1] = pixels[from + 1] ?? 255;
    rgb[at + 2] = pixels[from + 2] ?? 255;
  }
  return rgb;
}
