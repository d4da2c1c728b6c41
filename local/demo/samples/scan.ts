import { PDFiumLibrary } from "@hyzyla/pdfium";
import { encode } from "jpeg-js";
import PDFDocument from "pdfkit";
import { collect } from "./layouts/draw-invoice.ts";
import { seededRandom } from "./seeded-random.ts";

/** How a page went through a scanner. */
export interface ScanQuality {
  readonly dpi: number;
  /** Degrees, clockwise. */
  readonly turn: number;
  /** Standard deviation of the noise, of 255. */
  readonly noise: number;
  /** Times that each pixel is averaged with its neighbours. */
  readonly blurs: number;
  /** How much darker print and lighter paper are kept: 1 as they are, 0.3 a faded copy. */
  readonly contrast: number;
  /** Bare table around the paper, as a share of the paper's width: a photo rather than a scan. */
  readonly surround: number;
  /** JPEG quality, 1 to 100. */
  readonly quality: number;
}

export const officeScan: ScanQuality = {
  dpi: 200,
  turn: 0.25,
  noise: 3,
  blurs: 0,
  contrast: 0.95,
  surround: 0,
  quality: 75,
};
export const fadedFax: ScanQuality = {
  dpi: 130,
  turn: -0.9,
  noise: 9,
  blurs: 2,
  contrast: 0.5,
  surround: 0,
  quality: 40,
};
export const phonePhoto: ScanQuality = {
  dpi: 190,
  turn: 1.6,
  noise: 6,
  blurs: 1,
  contrast: 0.86,
  surround: 0.14,
  quality: 74,
};

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, spare. */
  readonly pixels: Uint8Array | Uint8ClampedArray;
}

/** A scanned page: its size in pixels, and the picture itself. */
export interface Scan {
  readonly width: number;
  readonly height: number;
  readonly jpeg: Buffer;
}

export type PageRenderer = (pdf: Uint8Array, dpi: number) => Promise<Picture>;

/** Lends a renderer of first pages, and frees its engine afterwards. */
export async function withPageRenderer<T>(work: (render: PageRenderer) => Promise<T>): Promise<T> {
  const library = await PDFiumLibrary.init();
  try {
    return await work(async (pdf, dpi) => {
      const document = await library.loadDocument(pdf);
      try {
        const { width, height, data } = await document.getPage(0).render({ scale: dpi / 72, render: "bitmap" });
        return { width, height, pixels: data };
      } finally {
        document.destroy();
      }
    });
  } finally {
    library.destroy();
  }
}

/** The page as a scanner would deliver it, JPEG. The same seed gives the same bytes. */
export function scanPage(page: Picture, quality: ScanQuality, seed: number): Scan {
  let picture = quality.surround > 0 ? onTable(page, quality.surround) : page;
  for (let pass = 0; pass < quality.blurs; pass += 1) picture = blurred(picture);
  picture = worn(
    turned(picture, quality.turn, quality.surround > 0 ? tableColour : paperColour),
    quality,
    seededRandom(seed),
  );
  const { width, height, pixels } = picture;
  return { width, height, jpeg: encode({ width, height, data: pixels }, quality.quality).data };
}

/** A PDF that holds nothing but the picture, as office scanners write it. */
export async function scanAsPdf({ width, height, jpeg }: Scan, dpi: number, created: Date): Promise<Buffer> {
  const info = { Producer: "Scan to PDF", CreationDate: created };
  const size: [number, number] = [(width * 72) / dpi, (height * 72) / dpi];
  const pdf = new PDFDocument({ size, margin: 0, info });
  const bytes = collect(pdf);
  pdf.image(jpeg, 0, 0, { width: size[0], height: size[1] });
  pdf.end();
  return bytes;
}

type Colour = readonly [number, number, number];
const paperColour: Colour = [250, 249, 246];
const tableColour: Colour = [121, 97, 78];

function onTable(page: Picture, share: number): Picture {
  const margin = Math.round(page.width * share);
  const width = page.width + 2 * margin;
  const height = page.height + 2 * margin;
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4) {
      const grain = 8 * Math.sin(y / 9 + Math.sin(x / 140) * 4);
      for (let channel = 0; channel < 3; channel += 1) pixels[at + channel] = (tableColour[channel] ?? 0) + grain;
    }
  for (let y = 0; y < page.height; y += 1) {
    const row = page.pixels.subarray(y * page.width * 4, (y + 1) * page.width * 4);
    pixels.set(row, ((y + margin) * width + margin) * 4);
  }
  return { width, height, pixels };
}

/** Each pixel as the mean of itself, counted twice, and its four neighbours. */
function blurred({ width, height, pixels }: Picture): Picture {
  const result = pixels.slice();
  const row = width * 4;
  for (let y = 1; y < height - 1; y += 1)
    for (let at = y * row + 4; at < (y + 1) * row - 4; at += 1) {
      const sides = (pixels[at - 4] ?? 0) + (pixels[at + 4] ?? 0) + (pixels[at - row] ?? 0) + (pixels[at + row] ?? 0);
      result[at] = ((pixels[at] ?? 0) * 2 + sides) / 6;
    }
  return { width, height, pixels: result };
}

/** Turned around its middle, bilinear; what lies outside has the background's colour. */
function turned({ width, height, pixels }: Picture, degrees: number, background: Colour): Picture {
  const sine = Math.sin((degrees * Math.PI) / 180);
  const cosine = Math.cos((degrees * Math.PI) / 180);
  const row = width * 4;
  const result = new Uint8ClampedArray(pixels.length);
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4) {
      const dx = x - width / 2;
      const dy = y - height / 2;
      const fromX = cosine * dx + sine * dy + width / 2;
      const fromY = cosine * dy - sine * dx + height / 2;
      const left = Math.floor(fromX);
      const top = Math.floor(fromY);
      const inside = left >= 0 && top >= 0 && left < width - 1 && top < height - 1;
      const right = fromX - left;
      const below = fromY - top;
      for (let channel = 0; channel < 3; channel += 1) {
        const from = top * row + left * 4 + channel;
        const upper = (pixels[from] ?? 0) * (1 - right) + (pixels[from + 4] ?? 0) * right;
        const lower = (pixels[from + row] ?? 0) * (1 - right) + (pixels[from + row + 4] ?? 0) * right;
        result[at + channel] = inside ? upper * (1 - below) + lower * below : (background[channel] ?? 255);
      }
    }
  return { width, height, pixels: result };
}

/** Light that falls off to one side, faded print, noise. */
function worn({ width, height, pixels }: Picture, { contrast, noise }: ScanQuality, random: () => number): Picture {
  const result = new Uint8ClampedArray(pixels.length);
  // Two uniform numbers added are near enough to a bell for grain; their deviation is 0.408.
  const spread = noise / 0.408;
  for (let y = 0, at = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1, at += 4) {
      const light = 1 - (0.05 * x) / width - (0.04 * y) / height;
      const grain = (random() + random() - 1) * spread;
      for (let channel = 0; channel < 3; channel += 1) {
        const paper = paperColour[channel] ?? 255;
        result[at + channel] = (paper - (paper - (pixels[at + channel] ?? 0)) * contrast) * light + grain;
      }
      result[at + 3] = 255;
    }
  return { width, height, pixels: result };
}
