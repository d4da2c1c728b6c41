import type { Box } from "../../contracts/document.ts";
import { DocumentTooComplexError } from "../document-errors.ts";
import type { DocumentLimits } from "../document-limits.ts";
import type { PageSize } from "./pdf-document.ts";
import type { Pdfium } from "./pdfium.ts";

/** A word of the text layer with what tells whether a person can see it. */
export interface PdfWord {
  readonly text: string;
  readonly box: Box;
  readonly heightPoints: number;
  readonly renderMode: number;
  /** Fill colour, 0xRRGGBBAA, of the word's first character. */
  readonly colour: number;
  /** Characters that the font maps to nothing: private use, replacement, control. */
  readonly unmapped: number;
}

/** PDFium maps a page to whole device units; this many a side keep boxes exact to a hundred-thousandth of the page. */
const deviceUnits = 100_000;
const hyphenOfPdfium = 0x02;

const isSpace = (code: number) =>
  code <= 0x20
    ? code !== hyphenOfPdfium
    : code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || code === 0x202f || code === 0x3000;
const isUnmapped = (code: number) =>
  code === 0xfffd || (code >= 0xe000 && code <= 0xf8ff) || code === 0xffff || code === 0xfffe;

/** One character: code, and its cell on the page as PDF has it (origin at the bottom left). */
interface Cell {
  code: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * The words of a page in the order they were written, with boxes as shown (crop and rotation applied).
 *
 * @throws {DocumentTooComplexError} for a page with more characters than the limit.
 */
export function pdfWords(pdfium: Pdfium, page: number, size: PageSize, limits: DocumentLimits): PdfWord[] {
  const text = pdfium.call("FPDFText_LoadPage")(page);
  const scratch = pdfium.allocate(32);
  try {
    const count = pdfium.call("FPDFText_CountChars")(text);
    if (count > limits.maxCharactersPerPage)
      throw new DocumentTooComplexError(
        `A page holds ${count} characters, the limit is ${limits.maxCharactersPerPage}.`,
      );
    const words: PdfWord[] = [];
    let cells: Cell[] = [];
    let first = 0;
    const finish = () => {
      const word = wordOf(cells, style(pdfium, text, first, scratch), pdfium, page, size, scratch);
      if (word !== null) words.push(word);
      cells = [];
    };
    for (let index = 0; index < count; index += 1) {
      const code = pdfium.call("FPDFText_GetUnicode")(text, index);
      if (isSpace(code)) {
        if (cells.length > 0) finish();
        continue;
      }
      const cell = cellOf(pdfium, text, index, code, scratch);
      if (cells.length > 0 && breaksWord(cells.at(-1), cell)) finish();
      if (cells.length === 0) first = index;
      cells.push(cell);
    }
    if (cells.length > 0) finish();
    return words;
  } finally {
    pdfium.free(scratch);
    pdfium.call("FPDFText_ClosePage")(text);
  }
}

function cellOf(pdfium: Pdfium, text: number, index: number, code: number, scratch: number): Cell {
  pdfium.call("FPDFText_GetLooseCharBox")(text, index, scratch);
  const heap = pdfium.heap();
  const [left, top, right, bottom] = [0, 4, 8, 12].map((at) => heap.getFloat32(scratch + at, true));
  return { code, left: left ?? 0, top: top ?? 0, right: right ?? 0, bottom: bottom ?? 0 };
}

/** Text drawn elsewhere without a space between: another table cell, another line. */
function breaksWord(before: Cell | undefined, next: Cell): boolean {
  if (before === undefined) return false;
  const height = Math.max(1, Math.abs(before.top - before.bottom));
  const sideways = Math.abs(next.bottom - before.bottom) < height * 0.6;
  if (!sideways)
    return Math.abs(next.left - before.left) > height || Math.abs(next.bottom - before.bottom) > height * 1.6;
  return next.left - before.right > height * 0.6 || before.left - next.right > height * 0.6;
}

function style(pdfium: Pdfium, text: number, index: number, scratch: number) {
  const object = pdfium.call("FPDFText_GetTextObject")(text, index);
  const renderMode = object === 0 ? 0 : pdfium.call("FPDFTextObj_GetTextRenderMode")(object);
  const coloured = pdfium.call("FPDFText_GetFillColor")(text, index, scratch, scratch + 4, scratch + 8, scratch + 12);
  if (coloured === 0) return { renderMode, colour: 0x000000ff };
  const heap = pdfium.heap();
  const [red, green, blue, alpha] = [0, 4, 8, 12].map((at) => heap.getUint32(scratch + at, true) & 0xff);
  return { renderMode, colour: (red ?? 0) * 0x1000000 + (green ?? 0) * 0x10000 + (blue ?? 0) * 0x100 + (alpha ?? 255) };
}

function wordOf(
  cells: readonly Cell[],
  { renderMode, colour }: { renderMode: number; colour: number },
  pdfium: Pdfium,
  page: number,
  size: PageSize,
  scratch: number,
): PdfWord | null {
  let text = "";
  let unmapped = 0;
  for (const { code } of cells) {
    if (isUnmapped(code)) unmapped += 1;
    text += code === hyphenOfPdfium || code === 0xad ? "-" : code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
  }
  text = text.replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize("NFKC")).replace(/[\p{Cc}\p{Cs}]/gu, "");
  if (text === "") return null;
  const left = Math.min(...cells.map((cell) => cell.left));
  const right = Math.max(...cells.map((cell) => cell.right));
  const top = Math.max(...cells.map((cell) => cell.top));
  const bottom = Math.min(...cells.map((cell) => cell.bottom));
  const [x1, y1] = asShown(pdfium, page, left, top, scratch);
  const [x2, y2] = asShown(pdfium, page, right, bottom, scratch);
  const box = { left: Math.min(x1, x2), top: Math.min(y1, y2), width: Math.abs(x1 - x2), height: Math.abs(y1 - y2) };
  return {
    text,
    box,
    heightPoints: Math.min(box.height * size.heightPoints, top - bottom || 0),
    renderMode,
    colour,
    unmapped,
  };
}

function asShown(pdfium: Pdfium, page: number, x: number, y: number, scratch: number): [number, number] {
  pdfium.call("FPDF_PageToDevice")(page, 0, 0, deviceUnits, deviceUnits, 0, x, y, scratch, scratch + 4);
  const heap = pdfium.heap();
  return [heap.getInt32(scratch, true) / deviceUnits, heap.getInt32(scratch + 4, true) / deviceUnits];
}
