import type PDFDocument from "pdfkit";

export type Pdf = InstanceType<typeof PDFDocument>;
/** PDF's standard fonts: nothing is embedded, and every viewer has them. */
export type Font =
  | "Helvetica"
  | "Helvetica-Bold"
  | "Helvetica-Oblique"
  | "Times-Roman"
  | "Times-Bold"
  | "Times-Italic"
  | "Courier"
  | "Courier-Bold";

interface TextStyle {
  readonly font?: Font;
  /** Points. */
  readonly size?: number;
  readonly colour?: string;
  readonly align?: "left" | "right" | "center";
  readonly width?: number;
  readonly spacing?: number;
}

/** A4, in points. */
export const pageWidth = 595.28;
export const pageHeight = 841.89;

/** Writes one line of text with its top at `y`; it never wraps and never starts a page by itself. */
export function write(pdf: Pdf, text: string, x: number, y: number, style: TextStyle = {}): void {
  const { font = "Helvetica", size = 9, colour = "#1d1d1f", align = "left", width = 300, spacing = 0 } = style;
  pdf.font(font).fontSize(size).fillColor(colour);
  const drawn = pdf.widthOfString(text, { characterSpacing: spacing });
  const shift = align === "right" ? width - drawn : align === "center" ? (width - drawn) / 2 : 0;
  pdf.text(text, x + shift, y, { lineBreak: false, characterSpacing: spacing });
}

/** Lines of text one below the other; the `y` below the last. `leading` in points. */
export function writeLines(
  pdf: Pdf,
  lines: readonly string[],
  x: number,
  y: number,
  style: TextStyle & { leading?: number } = {},
): number {
  const leading = style.leading ?? (style.size ?? 9) * 1.4;
  for (const [index, line] of lines.entries()) write(pdf, line, x, y + index * leading, style);
  return y + lines.length * leading;
}

export function rule(pdf: Pdf, x: number, y: number, width: number, colour = "#c9c9ce", thickness = 0.5): void {
  pdf
    .moveTo(x, y)
    .lineTo(x + width, y)
    .lineWidth(thickness)
    .strokeColor(colour)
    .stroke();
}
