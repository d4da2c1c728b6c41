import type { Label } from "./find-labels.ts";
import { boxOf, type Span, type TextLine } from "./text-line.ts";

/** How a value stands to its label. */
type Relation = "right" | "below";

/** A value and the label that names it. `support` in (0, 1]: the label's strength, less for distance. */
export interface Labelled<V extends Span> {
  readonly value: V;
  readonly label: Label;
  readonly relation: Relation;
  readonly support: number;
}

/** Values of one sort, found in the lines before; by line index. */
export type SpansByLine<V extends Span> = ReadonlyMap<number, readonly V[]>;

/** The second value right of a label is seldom its own, the third almost never: rates, and quantities, come between. */
const supportByRank = [1, 0.7, 0.5];
const supportBelow = 0.8;
const lossPerLineBelow = 0.05;
/** Heights of the label's line between it and the value below. */
const mostHeightsBelow = 4;
const mostLinesBelow = 4;

/**
 * The values that a label may name: those right of it up to the next label of the same sort of value, and, when there are none,
 * the first ones below that stand in its column.
 */
export function valuesBeside<V extends Span>(
  label: Label,
  values: SpansByLine<V>,
  lines: readonly TextLine[],
  isRival: (label: Label) => boolean,
  labels: SpansByLine<Label>,
): Labelled<V>[] {
  const rivals = (labels.get(label.line.index) ?? []).filter((other) => other.start >= label.end && isRival(other));
  const until = rivals[0]?.start ?? Number.POSITIVE_INFINITY;
  const right = (values.get(label.line.index) ?? []).filter(({ start }) => start >= label.end && start < until);
  if (right.length > 0)
    return right.slice(0, supportByRank.length).map((value, rank) => ({
      value,
      label,
      relation: "right",
      support: label.strength * (supportByRank[rank] ?? 0.5),
    }));
  return below(label, values, lines).map((value) => ({
    value,
    label,
    relation: "below",
    support: label.strength * (supportBelow - lossPerLineBelow * (value.line.index - label.line.index - 1)),
  }));
}

function below<V extends Span>(label: Label, values: SpansByLine<V>, lines: readonly TextLine[]): V[] {
  const column = boxOf(label);
  const reach = label.line.box.top + label.line.box.height * (1 + mostHeightsBelow);
  for (const line of lines.slice(label.line.index + 1, label.line.index + 1 + mostLinesBelow)) {
    if (line.page !== label.line.page || line.box.top > reach) return [];
    const inColumn = (values.get(line.index) ?? []).filter((value) => {
      const box = boxOf(value);
      return box.left < column.left + column.width * 1.1 && box.left + box.width > column.left - column.width * 0.1;
    });
    if (inColumn.length > 0) return inColumn.slice(0, 1);
  }
  return [];
}

export function byLine<V extends Span>(values: readonly V[]): Map<number, V[]> {
  const lines = new Map<number, V[]>();
  for (const value of values) {
    const there = lines.get(value.line.index);
    if (there === undefined) lines.set(value.line.index, [value]);
    else there.push(value);
  }
  return lines;
}
