import type { Box, Word } from "../../contracts/document.ts";
import type { Raster } from "../image/raster.ts";
import type { PdfWord } from "./pdf-words.ts";

/** Render mode 3 of ISO 32000-1, 9.3.6: neither filled nor stroked. Scanners put their recognised text so behind the picture. */
const invisibleMode = 3;
/** Half of the smallest print that invoices use (5 points). */
const smallestReadablePoints = 2.5;
/** Luminance steps of 256 between text and ground below which nobody reads it. */
const smallestContrast = 12;
const nearWhite = 235;

/**
 * Splits words into what a person can see and what is hidden: invisible mode, too small, outside the page, transparent, or
 * white on white (looked up on the rendered page, as white on a dark table head is fine). Hidden text is never evidence: it is
 * how a document says one thing to software and another to people. Not detected: text under a picture or in the ground's
 * own colour other than white.
 *
 * @param render - draws the page small; called once at most, and only when a word is near white.
 */
export function visibleWords(words: readonly PdfWord[], render: () => Raster): { visible: Word[]; hidden: PdfWord[] } {
  let drawn: Raster | undefined;
  const page = () => {
    drawn ??= render();
    return drawn;
  };
  const visible: Word[] = [];
  const hidden: PdfWord[] = [];
  for (const word of words) {
    const box = onPage(word.box);
    if (
      box === null ||
      word.renderMode === invisibleMode ||
      word.heightPoints < smallestReadablePoints ||
      (word.colour & 0xff) < 16
    ) {
      hidden.push(word);
    } else if (isNearWhite(word.colour) && contrast(page(), box) < smallestContrast) {
      hidden.push(word);
    } else {
      visible.push({ text: word.text, box, confidence: 1 });
    }
  }
  return { visible, hidden };
}

/** The part of a box on the page; null when less than half of it is. */
function onPage(box: Box): Box | null {
  const left = Math.max(0, box.left);
  const top = Math.max(0, box.top);
  const width = Math.min(1, box.left + box.width) - left;
  const height = Math.min(1, box.top + box.height) - top;
  if (width <= 0 || height <= 0 || width * height < 0.5 * box.width * box.height) return null;
  return { left, top, width, height };
}

const isNearWhite = (colour: number) => [24, 16, 8].every((shift) => ((colour / 2 ** shift) & 0xff) >= nearWhite);

function contrast({ width, height, pixels }: Raster, box: Box): number {
  let darkest = 255;
  let lightest = 0;
  const lastY = Math.min(height - 1, Math.ceil((box.top + box.height) * height));
  const lastX = Math.min(width - 1, Math.ceil((box.left + box.width) * width));
  for (let y = Math.floor(box.top * height); y <= lastY; y += 1) {
    for (let x = Math.floor(box.left * width); x <= lastX; x += 1) {
      const at = (y * width + x) * 4;
      const luminance = 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0);
      darkest = Math.min(darkest, luminance);
      lightest = Math.max(lightest, luminance);
    }
  }
  return lightest - darkest;
}
