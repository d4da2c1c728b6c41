/** A decoded picture: four bytes a pixel, red first, rows from the top. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * The same picture, at most so wide and high, its shape kept. Each pixel is the mean of those it stands for, so thin strokes
 * grow pale instead of vanishing. A smaller picture is returned as it is.
 */
export function shrink(raster: Raster, maxWidth: number, maxHeight: number): Raster {
  const scale = Math.min(1, maxWidth / raster.width, maxHeight / raster.height);
  if (scale === 1) return raster;
  const width = Math.max(1, Math.round(raster.width * scale));
  const height = Math.max(1, Math.round(raster.height * scale));
  const pixels = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const top = Math.floor((y * raster.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * raster.height) / height));
    for (let x = 0; x < width; x += 1) {
      const left = Math.floor((x * raster.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * raster.width) / width));
      writeMean(raster, { left, top, right, bottom }, pixels, (y * width + x) * 4);
    }
  }
  return { width, height, pixels };
}

function writeMean(
  raster: Raster,
  area: { left: number; top: number; right: number; bottom: number },
  into: Uint8Array,
  at: number,
) {
  let [red, green, blue] = [0, 0, 0];
  for (let y = area.top; y < area.bottom; y += 1) {
    for (let x = area.left; x < area.right; x += 1) {
      const from = (y * raster.width + x) * 4;
      red += raster.pixels[from] ?? 0;
      green += raster.pixels[from + 1] ?? 0;
      blue += raster.pixels[from + 2] ?? 0;
    }
  }
  const count = (area.bottom - area.top) * (area.right - area.left);
  into[at] = red / count;
  into[at + 1] = green / count;
  into[at + 2] = blue / count;
  into[at + 3] = 255;
}
