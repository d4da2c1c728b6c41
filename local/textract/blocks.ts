import { randomUUID } from "node:crypto";
import type { RecognisedPage, RecognisedWord } from "./recognised-page.ts";

/** The part of Textract's Block that text detection fills. Geometry in fractions of the picture, confidence in [0, 100]. */
export interface DetectedBlock {
  readonly BlockType: "PAGE" | "LINE" | "WORD";
  readonly Id: string;
  readonly Geometry: {
    readonly BoundingBox: {
      readonly Width: number;
      readonly Height: number;
      readonly Left: number;
      readonly Top: number;
    };
    readonly Polygon: readonly { readonly X: number; readonly Y: number }[];
  };
  readonly Confidence?: number;
  readonly Text?: string;
  readonly TextType?: "PRINTED";
  readonly Relationships?: readonly { readonly Type: "CHILD"; readonly Ids: readonly string[] }[];
}

/** What DetectDocumentText answers for a page: the page, then its lines, then their words, each pointing at its children. */
export function blocksOf(page: RecognisedPage): DetectedBlock[] {
  const words = page.lines.map((line) => line.map((word) => wordBlock(page, word)));
  const lines = page.lines.flatMap((line, index) => {
    const children = words[index] ?? [];
    return line.length === 0 ? [] : [lineBlock(page, line, children)];
  });
  const whole = { left: 0, top: 0, right: page.width, bottom: page.height };
  const root: DetectedBlock = {
    BlockType: "PAGE",
    Id: randomUUID(),
    Geometry: geometry(page, whole),
    ...children(lines),
  };
  return [root, ...lines, ...words.flat()];
}

const children = (blocks: readonly DetectedBlock[]) =>
  blocks.length === 0 ? {} : { Relationships: [{ Type: "CHILD" as const, Ids: blocks.map(({ Id }) => Id) }] };

const wordBlock = (page: RecognisedPage, word: RecognisedWord): DetectedBlock => ({
  BlockType: "WORD",
  Id: randomUUID(),
  Confidence: word.confidence,
  Text: word.text,
  TextType: "PRINTED",
  Geometry: geometry(page, word),
});

function lineBlock(
  page: RecognisedPage,
  line: readonly RecognisedWord[],
  words: readonly DetectedBlock[],
): DetectedBlock {
  const bounds = {
    left: Math.min(...line.map(({ left }) => left)),
    top: Math.min(...line.map(({ top }) => top)),
    right: Math.max(...line.map(({ right }) => right)),
    bottom: Math.max(...line.map(({ bottom }) => bottom)),
  };
  return {
    BlockType: "LINE",
    Id: randomUUID(),
    Confidence: line.reduce((sum, { confidence }) => sum + confidence, 0) / line.length,
    Text: line.map(({ text }) => text).join(" "),
    Geometry: geometry(page, bounds),
    ...children(words),
  };
}

function geometry(
  page: RecognisedPage,
  bounds: { left: number; top: number; right: number; bottom: number },
): DetectedBlock["Geometry"] {
  const [left, right] = [bounds.left / page.width, bounds.right / page.width];
  const [top, bottom] = [bounds.top / page.height, bounds.bottom / page.height];
  return {
    BoundingBox: { Width: right - left, Height: bottom - top, Left: left, Top: top },
    Polygon: [
      { X: left, Y: top },
      { X: right, Y: top },
      { X: right, Y: bottom },
      { X: left, Y: bottom },
    ],
  };
}
