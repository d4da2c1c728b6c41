import { deflateSync } from "node:zlib";
import PDFDocument from "pdfkit";

type Draw = (pdf: PDFKit.PDFDocument) => void;

/** A PDF drawn with pdfkit. */
export function drawnPdf(draw: Draw, options: PDFKit.PDFDocumentOptions = {}): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: "A4", margin: 50, ...options });
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  const finished = new Promise<Uint8Array>((resolve) =>
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks)))),
  );
  draw(pdf);
  pdf.end();
  return finished;
}

/** Lines of text from the top of a page, each `[x, text]` or several of these on one line. */
export const textPdf = (
  rows: readonly (readonly (readonly [number, string])[])[],
  options: PDFKit.PDFDocumentOptions = {},
) =>
  drawnPdf((pdf) => {
    rows.forEach((row, index) => {
      for (const [x, text] of row) pdf.fontSize(10).text(text, x, 50 + index * 18, { lineBreak: false });
    });
  }, options);

/** A PDF of hand-written objects, numbered from 1; object 1 is the catalog. The cross-reference table is right. */
function rawPdf(objects: readonly (string | Buffer)[]): Uint8Array {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  objects.forEach((object, index) => {
    const body = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n")]);
    offsets.push(length);
    length += body.length;
    parts.push(body);
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\n`,
    ),
    Buffer.from(`startxref\n${length}\n%%EOF\n`),
  );
  return new Uint8Array(Buffer.concat(parts));
}

const stream = (dictionary: string, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<< ${dictionary} /Length ${content.length} >>\nstream\n`),
    content,
    Buffer.from("\nendstream"),
  ]);

const catalog = "<< /Type /Catalog /Pages 2 0 R >>";

export const pdfWithoutPages = () => rawPdf([catalog, "<< /Type /Pages /Kids [] /Count 0 >>"]);

export const pdfWithPageOf = (points: number) =>
  rawPdf([
    catalog,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${points} ${points}] /Contents 4 0 R >>`,
    stream("", Buffer.from("0 0 10 10 re f")),
  ]);

/** A page whose content is half a gigabyte of spaces, deflated twice into a few kilobytes. */
export function decompressionBomb(): Uint8Array {
  const once = deflateSync(Buffer.alloc(512 * 1024 * 1024, 0x20), { level: 1 });
  return rawPdf([
    catalog,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
    stream("/Filter [/FlateDecode /FlateDecode]", deflateSync(once)),
  ]);
}

/** Forms that draw each other, ten times each: 10 to the power of `depth` drawings from a file of a few kilobytes. */
export function endlessDrawing(depth: number): Uint8Array {
  const first = 5;
  const forms = Array.from({ length: depth }, (_, level) => {
    const next = level + 1 < depth ? `/Resources << /XObject << /F ${first + level + 1} 0 R >> >>` : "";
    const content = level + 1 < depth ? "/F Do ".repeat(10) : "0 0 m 9 9 l S ".repeat(10);
    return stream(`/Type /XObject /Subtype /Form /BBox [0 0 600 800] ${next}`, Buffer.from(content));
  });
  return rawPdf([
    catalog,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /F ${first} 0 R >> >> >>`,
    stream("", Buffer.from("/F Do ".repeat(10))),
    ...forms,
  ]);
}
