import type { Box, Evidence, PageText, Word } from "../../../contracts/document.ts";
import { textLines } from "../../../documents/reading-order.ts";

/** A line of a page as text, with the way back from a stretch of it to the words it came from. */
export interface TextLine {
  readonly page: number;
  /** Position among all lines of the document. */
  readonly index: number;
  readonly words: readonly Word[];
  /** The words, a space between. */
  readonly text: string;
  /** `text` lower-case and without accents, character for character: what labels are looked up in. */
  readonly plain: string;
  /** Where each word begins in `text`. */
  readonly starts: readonly number[];
  readonly box: Box;
  /** Height of a page over its width, in points: turns heights into widths. */
  readonly pageShape: number;
}

/** A stretch of a line. */
export interface Span {
  readonly line: TextLine;
  readonly start: number;
  readonly end: number;
}

export function documentLines(pages: readonly PageText[]): TextLine[] {
  const lines = pages.flatMap((page) => textLines(page.words).map((words) => ({ page, words })));
  return lines.map(({ page, words }, index) => {
    const starts: number[] = [];
    let text = "";
    for (const word of words) {
      if (text !== "") text += " ";
      starts.push(text.length);
      text += word.text;
    }
    const pageShape = page.heightPoints / page.widthPoints;
    return {
      page: page.page,
      index,
      words,
      text,
      plain: plainText(text),
      starts,
      box: union(words.map(({ box }) => box)),
      pageShape,
    };
  });
}

/** Lower case without accents, as long as the original, so that positions agree. */
export const plainText = (text: string): string =>
  Array.from(text, (character) => {
    const plain = character.normalize("NFD").charAt(0).toLowerCase();
    return plain.padEnd(character.length, " ").slice(0, character.length);
  }).join("");

function union(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const right = Math.max(...boxes.map((box) => box.left + box.width));
  const bottom = Math.max(...boxes.map((box) => box.top + box.height));
  return { left, top, width: right - left, height: bottom - top };
}

export const wordsIn = ({ line, start, end }: Span): Word[] =>
  line.words.filter((word, index) => {
    const begins = line.starts[index] ?? 0;
    return begins < end && begins + word.text.length > start;
  });

export const textOf = ({ line, start, end }: Span): string => line.text.slice(start, end);

export function boxOf(span: Span): Box {
  const words = wordsIn(span);
  return words.length === 0 ? span.line.box : union(words.map(({ box }) => box));
}

export const evidenceOf = (span: Span): Evidence => ({ page: span.line.page, box: boxOf(span), text: textOf(span) });

/** How sure the reader was of the least certain word; 1 for a text layer. */
export const readingConfidence = (span: Span): number =>
  Math.min(1, ...wordsIn(span).map(({ confidence }) => confidence));

/** Letters' heights that a gap between cells is at least wide. */
const cellGap = 1.2;

/**
 * Splits a line where the gap between words is wider than letters are high: cells of a table, or columns.
 *
 * @param gapHeights - how wide the gap has to be, in heights of the lower word; more for lines set with wide spaces.
 */
export function cellsOf(line: TextLine, gapHeights: number = cellGap): Span[] {
  const cells: Span[] = [];
  let first = 0;
  line.words.forEach((word, index) => {
    const next = line.words[index + 1];
    const gap = next === undefined ? 1 : next.box.left - (word.box.left + word.box.width);
    const height = Math.min(word.box.height, line.box.height) * line.pageShape;
    if (next !== undefined && gap < gapHeights * height) return;
    cells.push({ line, start: line.starts[first] ?? 0, end: (line.starts[index] ?? 0) + word.text.length });
    first = index + 1;
  });
  return cells;
}
