import type { Word } from "../contracts/document.ts";

const middle = ({ box }: Word) => box.top + box.height / 2;

/**
 * The lines of a page: words whose vertical centres lie within each other's height, left to right, lines top to bottom.
 * Columns are deliberately not kept apart: on invoices the label stands left and its value right, on the same line.
 */
export function textLines<W extends Word>(words: readonly W[]): W[][] {
  const lines: W[][] = [];
  for (const word of [...words].sort((a, b) => middle(a) - middle(b))) {
    const line = lines.slice(-4).findLast((candidate) => belongs(candidate, word));
    if (line === undefined) lines.push([word]);
    else line.push(word);
  }
  for (const line of lines) line.sort((a, b) => a.box.left - b.box.left);
  return lines;
}

/** Compared with the line's nearest word, so that the lines of a slightly turned scan stay together. */
function belongs(line: readonly Word[], word: Word): boolean {
  let nearest: Word | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const other of line) {
    const gap = Math.max(
      word.box.left - (other.box.left + other.box.width),
      other.box.left - (word.box.left + word.box.width),
    );
    if (gap < distance) [nearest, distance] = [other, gap];
  }
  if (nearest === undefined) return false;
  const overlap =
    Math.min(nearest.box.top + nearest.box.height, word.box.top + word.box.height) -
    Math.max(nearest.box.top, word.box.top);
  return overlap > 0.5 * Math.min(nearest.box.height, word.box.height);
}

export const inReadingOrder = <W extends Word>(words: readonly W[]): W[] => textLines(words).flat();
