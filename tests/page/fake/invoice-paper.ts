import type { Box } from "../../../shared/contracts/document.ts";

/** A page of A4 in points, drawn as SVG, that knows where each text stands. */
export interface Paper {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly svg: string;
}

const width = 595;
const height = 842;
/** Width of an average glyph of DejaVu Sans, in ems; each text is stretched to it, so that its box is exact. */
const glyphEms = 0.58;

const asText = (text: string) => text.replace(/[&<>]/g, (mark) => `&#${mark.charCodeAt(0)};`);

interface InvoiceText {
  readonly supplier: string;
  readonly buyer: string;
  readonly number: string;
  readonly issued: string;
  readonly due: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
  readonly currency: string;
  readonly taxId: string;
  readonly iban: string;
  readonly lines: readonly (readonly [string, string, string, string])[];
}

/** Draws one invoice; `boxes` holds the place of every field, and `line:<n>` that of every line. */
export function drawInvoice(invoice: InvoiceText): Paper {
  const boxes = new Map<string, Box>();
  const parts: string[] = [];
  const put = (
    text: string,
    x: number,
    y: number,
    options: { name?: string; size?: number; bold?: boolean; right?: boolean; grey?: boolean } = {},
  ) => {
    const { name, size = 9.5, bold = false, right = false, grey = false } = options;
    const length = [...text].length * size * glyphEms;
    const left = right ? x - length : x;
    parts.push(
      `<text x="${left}" y="${y}" font-size="${size}" font-weight="${bold ? 700 : 400}" fill="${grey ? "#555555" : "#1d1d1f"}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${asText(text)}</text>`,
    );
    if (name !== undefined) {
      boxes.set(name, {
        left: left / width,
        top: (y - size) / height,
        width: length / width,
        height: (size * 1.25) / height,
      });
    }
  };
  const rule = (y: number) => parts.push(`<path d="M50 ${y}H545" stroke="#dddddd"/>`);

  put(invoice.supplier.toUpperCase(), 50, 72, { name: "supplier", size: 16, bold: true });
  put("Hafenstraße 9", 545, 60, { right: true, grey: true });
  put("20457 Hamburg", 545, 74, { right: true, grey: true });
  put(invoice.taxId, 545, 88, { name: "taxId", right: true, grey: true });
  put("Rechnung an", 50, 140);
  put(invoice.buyer, 50, 155, { name: "buyer", bold: true });
  put("Lindenallee 4, 10115 Berlin", 50, 170);
  put("Rechnung Nr.", 370, 140);
  put(invoice.number, 545, 140, { name: "number", right: true, bold: true });
  put("Datum", 370, 155);
  put(invoice.issued, 545, 155, { name: "issueDate", right: true });
  put("Fällig", 370, 170);
  put(invoice.due, 545, 170, { name: "dueDate", right: true });
  put("Leistung", 50, 230, { bold: true });
  for (const [title, x] of [
    ["Menge", 360],
    ["Preis", 450],
    ["Betrag", 545],
  ] as const)
    put(title, x, 230, { right: true, bold: true });
  rule(238);
  for (const [at, [description, quantity, price, amount]] of invoice.lines.entries()) {
    const y = 256 + at * 24;
    put(description, 50, y);
    for (const [text, x] of [
      [quantity, 360],
      [price, 450],
      [amount, 545],
    ] as const)
      put(text, x, y, { right: true });
    rule(y + 8);
    boxes.set(`line:${at}`, { left: 50 / width, top: (y - 11) / height, width: 495 / width, height: 15 / height });
  }
  const foot = 290 + invoice.lines.length * 24;
  for (const [at, [label, text, name]] of (
    [
      ["Netto", invoice.net, "net"],
      ["USt 19 %", invoice.tax, "tax"],
      ["Gesamt", invoice.gross, "gross"],
    ] as const
  ).entries()) {
    put(label, 370, foot + at * 20, { bold: name === "gross" });
    put(text, 545, foot + at * 20, { name, right: true, bold: name === "gross" });
  }
  put(invoice.currency, 440, foot + 40, { name: "currency" });
  put("Zahlbar innerhalb von 30 Tagen auf", 50, 660, { grey: true });
  put(`IBAN`, 50, 676, { grey: true });
  put(invoice.iban, 84, 676, { name: "iban" });
  return {
    boxes,
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${width * 2}" height="${height * 2}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, sans-serif"><path fill="#ffffff" d="M0 0H${width}V${height}H0z"/>${parts.join("")}</svg>`,
  };
}
