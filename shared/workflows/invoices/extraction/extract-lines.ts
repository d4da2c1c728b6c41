import type { LineItemCell } from "../../../contracts/invoice.ts";
import type { Line } from "../../../contracts/proposal.ts";
import { formatAmount, formatQuantity, sameAmount } from "../../../documents/decimal.ts";
import type { Amount } from "./amounts.ts";
import { type Column, columnOf, columnsOf, headsOtherTable } from "./line-columns.ts";
import type { PageReading } from "./page-reading.ts";
import { boxOf, cellsOf, evidenceOf, readingConfidence, type Span, type TextLine, textOf } from "./text-line.ts";

const numericCells: readonly LineItemCell[] = ["quantity", "unitPrice", "amount"];
const leastTotalStrength = 0.7;
const footKinds = new Set(["net", "gross", "tax", "amountDue", "dueDate", "rounding"]);

interface Row {
  readonly numbers: Partial<Record<LineItemCell, Amount>>;
  readonly description: Span[];
}

/**
 * The line items of a table whose head names at least two columns and an amount, continued on following pages under a repeated head.
 * A row takes up the lines below it as long as they complete it.
 */
export function extractLines(reading: PageReading): Line[] {
  const rows: Row[] = [];
  let columns: readonly Column[] | null = null;
  let page = 0;
  for (const line of reading.lines) {
    const head = columnsOf(line);
    if (head !== null) [columns, page] = [head, line.page];
    else if (columns === null) continue;
    else if (isSubtotal(line, reading) && !headsOtherTable(line)) continue;
    else if (line.page !== page || (rows.length > 0 && endsTable(line, reading))) columns = null;
    else addLine(rows, line, reading.amounts.get(line.index) ?? [], columns);
  }
  return rows.filter(({ numbers }) => numbers.amount !== undefined).map(lineOf);
}

/** A sum between the rows, of a section of the table. */
const isSubtotal = (line: TextLine, { labels }: PageReading): boolean =>
  (labels.get(line.index) ?? []).some(({ kind, strength }) => kind === "net" && strength < leastTotalStrength);

/** A total's label with its amount, or the head of another table; a label inside a description does not end it. */
function endsTable(line: TextLine, { labels, amounts }: PageReading): boolean {
  if (headsOtherTable(line)) return true;
  const isTotal = (labels.get(line.index) ?? []).some(
    ({ kind, start }) => footKinds.has(kind) && (start < 4 || start > line.text.length * 0.3),
  );
  return isTotal && amounts.has(line.index);
}

function addLine(rows: Row[], line: TextLine, amounts: readonly Amount[], columns: readonly Column[]): void {
  const numbers: Partial<Record<LineItemCell, Amount>> = {};
  for (const amount of amounts) {
    const cell = columnOf(amount, columns);
    if (cell !== null && numericCells.includes(cell) && numbers[cell] === undefined) numbers[cell] = amount;
  }
  const description = descriptionOf(line, numbers, columns);
  const last = rows.at(-1);
  const complements =
    last !== undefined && numericCells.every((cell) => numbers[cell] === undefined || last.numbers[cell] === undefined);
  const near = last !== undefined && line.box.top - lowestOf(last) < line.box.height * 1.6;
  if (
    last !== undefined &&
    complements &&
    near &&
    (Object.keys(numbers).length > 0 ? last.numbers.amount === undefined : rows.length > 0)
  ) {
    Object.assign(last.numbers, numbers);
    if (description !== null && last.description.length < 2) last.description.push(description);
  } else if (Object.keys(numbers).length > 0) {
    rows.push({ numbers, description: description === null ? [] : [description] });
  }
}

function lowestOf({ numbers, description }: Row): number {
  return Math.max(...[...Object.values(numbers), ...description].map(({ line }) => line.box.top + line.box.height));
}

/** The text of the row in the column of descriptions, else the first there is; numbers of other columns at its ends are cut off. */
function descriptionOf(
  line: TextLine,
  numbers: Partial<Record<LineItemCell, Amount>>,
  columns: readonly Column[],
): Span | null {
  const own = Object.values(numbers);
  const texts = cellsOf(line)
    .map((cell) => withoutNumbers(cell, own))
    .filter((cell) => /\p{L}{2}/u.test(textOf(cell)));
  const column = columns.find(({ cell }) => cell === "description");
  if (column === undefined) return texts[0] ?? null;
  const distance = (cell: Span) => Math.abs(boxOf(cell).left - column.left);
  return [...texts].sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

function withoutNumbers(cell: Span, numbers: readonly Amount[]): Span {
  const inside = numbers.filter(({ start, end }) => start >= cell.start && end <= cell.end);
  const start = inside.some((number) => number.start === cell.start)
    ? Math.min(...inside.map(({ end }) => end)) + 1
    : cell.start;
  const end = Math.min(cell.end, ...inside.map((number) => number.start).filter((at) => at > start));
  return { ...cell, start: Math.min(start, end), end };
}

function lineOf({ numbers, description }: Row): Line {
  const { quantity, unitPrice, amount } = numbers;
  const spans: Span[] = [...description, ...[quantity, unitPrice, amount].filter((value) => value !== undefined)];
  const multiplies =
    quantity !== undefined &&
    unitPrice !== undefined &&
    amount !== undefined &&
    sameAmount(Math.round((quantity.value * unitPrice.value) / 10_000), amount.value);
  const text = description
    .map((span) =>
      textOf(span)
        .replace(/[\s€$£]+$/, "")
        .replace(/^\d{1,3}\s+(?=\p{L})/u, "")
        .trim(),
    )
    .join(" ");
  return {
    cells: {
      description: text === "" ? null : text,
      quantity: quantity === undefined ? null : formatQuantity(quantity.value),
      unitPrice: unitPrice === undefined ? null : formatAmount(unitPrice.value),
      amount: amount === undefined ? null : formatAmount(amount.value),
    },
    confidence: Math.min(...spans.map(readingConfidence), multiplies ? 0.95 : 0.7),
    evidence: spans.map(evidenceOf),
  };
}

/** Sum of the lines' amounts in ten-thousandths; null without lines. */
export const sumOfLines = (lines: readonly Line[]): number | null =>
  lines.length === 0 ? null : lines.reduce((sum, { cells }) => sum + Math.round(Number(cells.amount ?? 0) * 10_000), 0);
