import type { PageText, ReadingSource, Word } from "../../../../../shared/contracts/document.ts";

/** Columns of a page by name, as fractions of its width. */
const columns = { left: 0.08, middle: 0.4, right: 0.6, far: 0.82 } as const;
type Cell = readonly [keyof typeof columns | number, string];

const characterWidth = 0.009;
const lineHeight = 0.012;
const lineStep = 0.022;

/** A page of an invoice: lines from the top, each of cells; null leaves a line free. Words are as wide as their letters. */
export function aPage(
  rows: readonly (readonly Cell[] | null)[],
  {
    page = 1,
    source = "text-layer",
    confidence = 1,
  }: { page?: number; source?: ReadingSource; confidence?: number } = {},
): PageText {
  const words = rows.flatMap((row, index) =>
    (row ?? []).flatMap(([column, text]) => wordsOf(column, text, 0.05 + index * lineStep, confidence)),
  );
  return { page, widthPoints: 595, heightPoints: 842, source, words };
}

function wordsOf(column: keyof typeof columns | number, text: string, top: number, confidence: number): Word[] {
  let left = typeof column === "number" ? column : columns[column];
  return text.split(" ").map((word) => {
    const width = word.length * characterWidth;
    const placed: Word = { text: word, confidence, box: { left, top, width, height: lineHeight } };
    left += width + characterWidth * 0.6;
    return placed;
  });
}

interface InvoiceOptions {
  readonly number?: string;
  readonly net?: string;
  readonly tax?: string;
  readonly gross?: string;
  readonly items?: readonly (readonly [string, string, string, string])[];
  readonly page?: number;
}

/** An English invoice of a usual layout. */
export const anInvoice = ({
  number = "INV-2026-0815",
  net = "1,200.00",
  tax = "240.00",
  gross = "1,440.00",
  items = [
    ["Consulting", "10", "100.00", "1,000.00"],
    ["Travel", "1", "200.00", "200.00"],
  ],
  page = 1,
}: InvoiceOptions = {}): PageText =>
  aPage(
    [
      [["left", "Northwind Traders Ltd"]],
      [["left", "12 Harbour Street, Bristol BS1 4QA"]],
      null,
      [
        ["left", "Bill to:"],
        ["right", "Invoice number:"],
        ["far", number],
      ],
      [
        ["left", "Contoso GmbH"],
        ["right", "Invoice date:"],
        ["far", "14 March 2026"],
      ],
      [
        ["left", "10115 Berlin"],
        ["right", "Due date:"],
        ["far", "13 April 2026"],
      ],
      [
        ["right", "PO number:"],
        ["far", "PO-5533"],
      ],
      [
        ["right", "Cost centre:"],
        ["far", "4711"],
      ],
      null,
      [
        ["left", "Description"],
        ["middle", "Quantity"],
        ["right", "Unit price"],
        ["far", "Amount"],
      ],
      ...items.map(([description, quantity, unitPrice, amount]): Cell[] => [
        ["left", description],
        ["middle", quantity],
        ["right", unitPrice],
        ["far", amount],
      ]),
      null,
      [
        ["right", "Net amount"],
        ["far", `£${net}`],
      ],
      [
        ["right", "VAT 20%"],
        ["far", `£${tax}`],
      ],
      [
        ["right", "Total amount due"],
        ["far", `£${gross}`],
      ],
      null,
      [["left", "VAT No: GB123456789"]],
      [["left", "IBAN: GB29 NWBK 6016 1331 9268 19"]],
    ],
    { page },
  );
