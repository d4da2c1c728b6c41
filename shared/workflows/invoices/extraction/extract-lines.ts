import type { LineItemCell } from "../../../contracts/invoice.ts";
import type { Line } from "../../../contracts/proposal.ts";
import { formatAmount, formatQuantity, sameAmount } from "../../../documents/decimal.ts";
import type { Amount } from "./amounts.ts";
import type { PageReading } from "./page-reading.ts";
import { boxOf, cellsOf, evidenceOf, readingConfidence, type Span, type TextLine, textOf } from "./text-line.ts";

/** Column heads in the seven languages, without accents; the first that matches names the column. */
const columnHeads: readonly (readonly [LineItemCell | "other", RegExp])[] = [
  [
    "other",
    /^(?:pos\.?|item no|art(?:ikel)?\.?-?\s?(?:nr|no)|code|sku|ref\.?|vat|btw|tva|iva|mwst|ust|tax(?:es)?|gst|steuersatz|disc\.?%?|rabatt(?: %)?|remise|%|unit|einheit|uom|datum|date)/,
  ],
  [
    "quantity",
    /^(?:qty|quantity|quantite|qte|menge|anzahl|aantal|hoeveelheid|cantidad|cant\.?|quantita|q\.ta|quantidade|qtd|hours|stunden)\b/,
  ],
  [
    "unitPrice",
    /(?:unit|einzel|stuck|stuk|vk-?)\s?-?\s?(?:price|preis|prijs|cost)|prijs per|^(?:price|preis|prijs|rate|nettopreis|prix(?: unitaire| u\.?)?|p\.?u\.?|precio(?: unit(?:ario|\.)?)?|prezzo(?: unitario)?|preco(?: unit(?:ario|\.)?)?)\b/,
  ],
  [
    "amount",
    /^(?:amount|total|line total|betrag|gesamt(?:preis|betrag)?|nettobetrag|zeilenbetrag|summe|montant|importe|importo|bedrag|totaal|totale|valor|prijs incl|prix total|prijs incl\.? btw)\b|amt|prijs incl/,
  ],
  [
    "description",
    /^(?:description|item|beschreibung|bezeichnung|artikel|leistung|designation|libelle|descripcion|concepto|descrizione|omschrijving|product|produkt|descricao|service|details?)\b/,
  ],
];
const fewestColumns = 2;
/** Heads of one table stand on neighbouring lines when they are broken ("Zeilenbetrag / ohne MwSt."). */
const numericCells: readonly LineItemCell[] = ["quantity", "unitPrice", "amount"];
const footKinds = new Set(["net", "gross", "tax", "amountDue", "dueDate", "rounding"]);

interface Column {
  readonly cell: LineItemCell | "other";
  readonly left: number;
  readonly right: number;
}
interface Row {
  readonly numbers: Partial<Record<LineItemCell, Amount>>;
  readonly description: Span[];
}

/** The line items of the first table whose head names at least two columns and an amount; continued on following pages under a repeated head. */
export function extractLines(reading: PageReading): Line[] {
  const rows: Row[] = [];
  let columns: readonly Column[] | null = null;
  let page = 0;
  for (const line of reading.lines) {
    const head = columnsOf(line);
    if (head !== null) [columns, page] = [head, line.page];
    else if (columns !== null && (line.page !== page || endsTable(line, reading, rows.length))) columns = null;
    else if (columns !== null) addLine(rows, line, reading.amounts.get(line.index) ?? [], columns);
  }
  return rows.filter(({ numbers }) => numbers.amount !== undefined).map(lineOf);
}

function columnsOf(line: TextLine): Column[] | null {
  const columns: Column[] = [];
  for (const cell of headCells(line)) {
    const plain = line.plain.slice(cell.start, cell.end);
    const kind = columnHeads.find(([, pattern]) => pattern.test(plain))?.[0];
    const box = boxOf(cell);
    columns.push({
      cell: kind !== undefined && !columns.some(({ cell: known }) => known === kind) ? kind : "other",
      left: box.left,
      right: box.left + box.width,
    });
  }
  const named = columns.filter(({ cell }) => cell !== "other");
  const isHead =
    named.length >= fewestColumns && named.some(({ cell }) => cell === "amount") && !/\d{2}/.test(line.text);
  return isHead ? columns : null;
}

/** Heads of narrow columns stand closer than cells do: a known head word begins a cell of its own. */
function headCells(line: TextLine): Span[] {
  const breaks =
    /(?<=\s)(?<!\b(?:unit|item|list|net|line|sub) )(?:menge|beschreibung|aantal|prijs per stuk|prijs incl\.?|btw|hoeveelheid|qty|quantity|price|amount|unit price|taxes|total|betrag|einzelpreis|vk-preis|zeilenbetrag|quantite|prix|montant|cantidad|importe|importo|quantita|prezzo)(?=\s|$|[.(])/g;
  return cellsOf(line).flatMap((cell) => {
    const text = line.plain.slice(cell.start, cell.end);
    const starts = [0, ...[...text.matchAll(breaks)].map(({ index }) => index)].filter(
      (start, rank, all) => rank === 0 || all[rank - 1] !== start,
    );
    return starts.map((start, rank) => ({
      line,
      start: cell.start + start,
      end: cell.start + (starts[rank + 1] ?? text.length + 1) - 1,
    }));
  });
}

/** A total's label, or a new section, ends the table; a label inside a description does not. */
function endsTable(line: TextLine, reading: PageReading, rows: number): boolean {
  const labels = reading.labels.get(line.index) ?? [];
  const amounts = reading.amounts.get(line.index) ?? [];
  return (
    rows > 0 &&
    amounts.length > 0 &&
    labels.some(({ kind, start }) => footKinds.has(kind) && (start < 4 || start > line.text.length * 0.3)) &&
    !/\d\s*%\s*$/.test(line.text.slice(0, 4))
  );
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

/** The column whose right edge, left edge or middle is nearest. */
function columnOf(amount: Amount, columns: readonly Column[]): LineItemCell | null {
  const box = boxOf(amount);
  const right = box.left + box.width;
  const distance = ({ left, right: edge }: Column) =>
    Math.min(Math.abs(edge - right), Math.abs(left - box.left), Math.abs((left + edge - box.left - right) / 2));
  const [nearest] = [...columns].sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined || nearest.cell === "other" || distance(nearest) > 0.08) return null;
  return nearest.cell;
}

function descriptionOf(
  line: TextLine,
  numbers: Partial<Record<LineItemCell, Amount>>,
  columns: readonly Column[],
): Span | null {
  const own = Object.values(numbers);
  const column = columns.find(({ cell }) => cell === "description");
  const cells = cellsOf(line)
    .map((cell) => ({
      ...cell,
      end: Math.min(
        cell.end,
        ...own
          .filter(({ start }) => start >= cell.start && start < cell.end && start > cell.start + 3)
          .map(({ start }) => start),
      ),
    }))
    .filter(
      (cell) =>
        own.every((amount) => amount.start >= cell.end || amount.end <= cell.start || amount.start > cell.start) &&
        /\p{L}{2}/u.test(textOf(cell)),
    );
  const [chosen] =
    column === undefined
      ? cells
      : [...cells].sort((a, b) => Math.abs(boxOf(a).left - column.left) - Math.abs(boxOf(b).left - column.left));
  return chosen ?? null;
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
