import type { LineItemCell } from "../../../contracts/invoice.ts";
import type { Amount } from "./amounts.ts";
import { boxOf, cellsOf, type Span, type TextLine } from "./text-line.ts";

/** A column of a table of line items; those that are none of a line item's cells are kept so that they claim their numbers. */
export interface Column {
  readonly cell: LineItemCell | "other";
  readonly left: number;
  readonly right: number;
}

/** Column heads in the seven languages, without accents; the first that matches names the column. */
const columnHeads: readonly (readonly [LineItemCell | "other", RegExp])[] = [
  [
    "other",
    /^(?:pos\.?|item no|art(?:ikel)?\.?-?\s?(?:nr|no)|code|sku|ref\.?|vat|btw|tva|iva|mwst|ust|tax(?:es)?|gst|steuersatz|disc\.?%?|rabatt(?: %)?|remise|%|unit(?! ?-?(?:price|cost))|einheit|uom|datum|date)/,
  ],
  [
    "quantity",
    /^(?:qty|quantity|quantite|qte|menge|anzahl|aantal|hoeveelheid|cantidad|cant\.?|quantita|q\.ta|quantidade|qtd|hours|stunden)\b/,
  ],
  [
    "unitPrice",
    /(?:unit|einzel|stuck|stuk|vk-?)\s?-?\s?(?:price|preis|prijs|cost)|prijs per|^(?:price|preis|prijs(?! incl)|rate|nettopreis|prix(?: unitaire| u\.?)?|p\.?u\.?|precio(?: unit(?:ario|\.)?)?|prezzo(?: unitario)?|preco(?: unit(?:ario|\.)?)?)\b/,
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
/** Cells without a digit in a line that begins another table. */
const otherHeadCells = 4;
/** Share of the page's width that a number may stand off its column. */
const farthestFromColumn = 0.08;

/** The columns that a line heads: at least two that a line item has, an amount among them. Null for any other line. */
export function columnsOf(line: TextLine): Column[] | null {
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

/** The head of another table, such as the one of tax rates. */
export const headsOtherTable = (line: TextLine): boolean =>
  !/\d/.test(line.text) && cellsOf(line).length >= otherHeadCells;

/** Heads of narrow columns stand closer than cells do: a known head word begins a cell of its own. */
function headCells(line: TextLine): Span[] {
  const breaks =
    /(?<=\s)(?<!\b(?:unit|item|list|net|line|sub|(?:incl|excl|inkl|exkl)\.?) )(?:menge|beschreibung|aantal|prijs per stuk|prijs incl\.?|btw|hoeveelheid|qty|quantity|price|amount|unit price|taxes|total|betrag|einzelpreis|vk-preis|zeilenbetrag|quantite|prix|montant|cantidad|importe|importo|quantita|prezzo)(?=\s|$|[.(])/g;
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

/** The column whose right edge, left edge or middle is nearest. */
export function columnOf(amount: Amount, columns: readonly Column[]): LineItemCell | null {
  const box = boxOf(amount);
  const right = box.left + box.width;
  const distance = ({ left, right: edge }: Column) =>
    Math.min(Math.abs(edge - right), Math.abs(left - box.left), Math.abs((left + edge - box.left - right) / 2));
  const [nearest] = [...columns].sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined || nearest.cell === "other" || distance(nearest) > farthestFromColumn) return null;
  return nearest.cell;
}
