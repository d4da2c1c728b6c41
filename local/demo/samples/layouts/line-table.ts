import { type Language, writeAmount, writeQuantity } from "../language.ts";
import { lineAmount, type SampleLine } from "../sample-invoice.ts";
import { type Font, type Pdf, rule, write } from "./sheet.ts";

/** How a layout draws its table. Positions and sizes in points. */
interface TableStyle {
  readonly left: number;
  readonly width: number;
  /** Rows end above this, and go on on the next page. */
  readonly bottom: number;
  readonly rowHeight: number;
  readonly size: number;
  readonly font: Font;
  readonly bold: Font;
  readonly header: { readonly fill: string | null; readonly colour: string; readonly capitals: boolean };
  /** Fill of every other row, or none. */
  readonly zebra: string | null;
  /** `rows`: a rule under each row; `grid`: a box around each cell. */
  readonly lines: "none" | "rows" | "grid";
  readonly lineColour: string;
  /** Whether rows are numbered in a first column. */
  readonly numbered: boolean;
  /** Starts a page and answers where the table goes on. */
  readonly nextPage: () => number;
}

interface Column {
  readonly label: string;
  readonly left: number;
  readonly width: number;
  readonly align: "left" | "right";
  readonly cell: (line: SampleLine, index: number) => string;
}

const padding = 6;

/** Draws the lines from `top` on, over as many pages as they need; the `y` below the last row. */
export function drawTable(
  pdf: Pdf,
  lines: readonly SampleLine[],
  language: Language,
  top: number,
  style: TableStyle,
): number {
  const columns = columnsOf(language, style);
  let y = drawHeader(pdf, columns, top, style);
  for (const [index, line] of lines.entries()) {
    if (y + style.rowHeight > style.bottom) y = drawHeader(pdf, columns, style.nextPage(), style);
    if (style.zebra !== null && index % 2 === 1)
      pdf.rect(style.left, y, style.width, style.rowHeight).fill(style.zebra);
    for (const column of columns) {
      if (style.lines === "grid")
        pdf.rect(column.left, y, column.width, style.rowHeight).lineWidth(0.5).strokeColor(style.lineColour).stroke();
      drawCell(pdf, column, column.cell(line, index), y, style, style.font, "#1d1d1f");
    }
    y += style.rowHeight;
    if (style.lines === "rows") rule(pdf, style.left, y, style.width, style.lineColour);
  }
  return y;
}

function columnsOf(language: Language, { left, width, numbered }: TableStyle): Column[] {
  const shares = numbered ? [0.07, 0.43, 0.12, 0.18, 0.2] : [0, 0.5, 0.12, 0.18, 0.2];
  const lefts = shares.map((_, index) => left + width * shares.slice(0, index).reduce((sum, share) => sum + share, 0));
  const column = (index: number, label: string, align: "left" | "right", cell: Column["cell"]): Column => ({
    label,
    left: lefts[index] ?? left,
    width: width * (shares[index] ?? 0),
    align,
    cell,
  });
  const all = [
    column(0, "#", "left", (_, index) => String(index + 1)),
    column(1, language.description, "left", ({ description }) => description),
    column(2, language.quantity, "right", ({ quantity }) => writeQuantity(quantity, language)),
    column(3, language.unitPrice, "right", ({ unitPriceMinor }) => writeAmount(unitPriceMinor, language)),
    column(4, language.amount, "right", (line) => writeAmount(lineAmount(line), language)),
  ];
  return numbered ? all : all.slice(1);
}

function drawHeader(pdf: Pdf, columns: readonly Column[], y: number, style: TableStyle): number {
  const { fill, colour, capitals } = style.header;
  if (fill !== null) pdf.rect(style.left, y, style.width, style.rowHeight).fill(fill);
  for (const column of columns) {
    if (style.lines === "grid")
      pdf.rect(column.left, y, column.width, style.rowHeight).lineWidth(0.5).strokeColor(style.lineColour).stroke();
    drawCell(pdf, column, capitals ? column.label.toUpperCase() : column.label, y, style, style.bold, colour);
  }
  if (fill === null) rule(pdf, style.left, y + style.rowHeight, style.width, style.lineColour, 1);
  return y + style.rowHeight;
}

function drawCell(
  pdf: Pdf,
  { left, width, align }: Column,
  text: string,
  y: number,
  style: TableStyle,
  font: Font,
  colour: string,
): void {
  const top = y + (style.rowHeight - style.size) / 2 + 0.5;
  write(pdf, text, left + padding, top, { font, size: style.size, colour, align, width: width - 2 * padding });
}
