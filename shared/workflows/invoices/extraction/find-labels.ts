import { type LabelKind, labelRules } from "./label-vocabulary.ts";
import type { Span, TextLine } from "./text-line.ts";

/** A label on a page: it names a value that stands right of it or below. */
export interface Label extends Span {
  readonly kind: LabelKind;
  readonly strength: number;
}

const rules = labelRules.map(({ kind, strength, pattern }) => ({ kind, strength, pattern: new RegExp(pattern, "g") }));

/** The labels of a line, left to right. A stretch of text is one label only: the most telling. */
export function findLabels(line: TextLine): Label[] {
  const found: Label[] = [];
  for (const { kind, strength, pattern } of rules)
    for (const match of line.plain.matchAll(pattern)) {
      const start = match.index;
      const end = start + match[0].trimEnd().length;
      if (end > start && found.every((other) => other.end <= start || other.start >= end))
        found.push({ line, start, end, kind, strength });
    }
  return found.sort((one, other) => one.start - other.start);
}
