import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod";
import type { PageText } from "../../../shared/contracts/document.ts";
import { dayMonthOrder, findDates } from "../../../shared/workflows/invoices/extraction/dates.ts";
import { documentLines } from "../../../shared/workflows/invoices/extraction/text-line.ts";
import type { Truth } from "./judge.ts";

export interface PdfSample {
  readonly id: string;
  readonly path: string;
  readonly truth: Truth;
}

const amount = (value: number) => value.toFixed(2);
const stated = (entries: readonly (readonly [string, string | undefined])[]): Truth =>
  Object.fromEntries(entries.flatMap(([field, value]) => (value === undefined ? [] : [[field, value]])));

const einvoiceTruth = z.object({
  id: z.string(),
  pdf: z.string(),
  truth: z.object({
    invoice_number: z.string(),
    issue_date: z.string(),
    due_date: z.string().optional(),
    currency: z.string(),
    seller: z.string(),
    buyer: z.string(),
    net_total: z.number(),
    tax_total: z.number(),
    gross_total: z.number(),
  }),
});

/** PDFs with embedded e-invoices. */
export async function einvoiceSamples(directory: string): Promise<PdfSample[]> {
  const folder = join(directory, "einvoice-pdf");
  if (!existsSync(folder)) return [];
  return (await jsonLines(join(folder, "truth.jsonl"), einvoiceTruth)).map(({ id, pdf, truth }) => ({
    id,
    path: join(folder, pdf),
    truth: stated([
      ["number", truth.invoice_number],
      ["issueDate", truth.issue_date],
      ["dueDate", truth.due_date],
      ["currency", truth.currency],
      ["supplier", truth.seller],
      ["buyer", truth.buyer],
      ["net", amount(truth.net_total)],
      ["tax", amount(truth.tax_total)],
      ["gross", amount(truth.gross_total)],
    ]),
  }));
}

const vendorTruth = z
  .array(
    z.object({
      issuer: z.string(),
      partner_name: z.string().optional(),
      invoice_number: z.string(),
      date: z.string(),
      date_due: z.string().optional(),
      currency: z.string(),
      amount: z.number().optional(),
      amount_tax: z.number().optional(),
      vat: z.string().optional(),
      iban: z.string().optional(),
    }),
  )
  .length(1);

/** Vendors' PDFs. Their truth takes net for gross in places, and some account numbers are no IBANs: those are not judged. */
export async function vendorSamples(directory: string): Promise<PdfSample[]> {
  const folder = join(directory, "invoice2data");
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => name.endsWith(".pdf"));
  return Promise.all(
    names.map(async (name) => {
      const [truth] = vendorTruth.parse(JSON.parse(await readFile(join(folder, name.replace(/pdf$/, "json")), "utf8")));
      return { id: name, path: join(folder, name), truth: truth === undefined ? {} : vendorFields(truth) };
    }),
  );
}

const vendorFields = (truth: z.infer<typeof vendorTruth>[number]): Truth =>
  stated([
    ["number", truth.invoice_number],
    ["issueDate", truth.date],
    ["dueDate", truth.date_due],
    ["currency", truth.currency],
    ["supplier", (truth.partner_name ?? truth.issuer).replace(/ - For .*/, "")],
    ["gross", truth.amount === undefined ? undefined : amount(truth.amount)],
    ["tax", truth.amount_tax === undefined ? undefined : amount(truth.amount_tax)],
    ["taxId", truth.vat],
    ["iban", truth.iban !== undefined && /^[A-Z]{2}\d{2}[A-Z0-9]{11,}$/.test(truth.iban) ? truth.iban : undefined],
  ]);

export interface ScanSample {
  readonly id: string;
  readonly image: string;
  readonly pages: readonly PageText[];
  readonly truth: Truth;
}

const receiptTruth = z.object({
  id: z.string(),
  image: z.string(),
  width: z.number(),
  height: z.number(),
  truth: z.object({ company: z.string(), date: z.string(), total: z.string() }),
});
const receiptWords = z.object({
  id: z.string(),
  words: z.array(z.tuple([z.string(), z.number(), z.number(), z.number(), z.number(), z.number()])),
});

/** Scanned receipts, with what Tesseract read of them (words, confidence in percent, corners in pixels). */
export async function receiptSamples(directory: string): Promise<ScanSample[]> {
  const folder = join(directory, "sroie");
  if (!existsSync(folder)) return [];
  const read = new Map(
    (await jsonLines(join(folder, "ocr-tesseract.jsonl"), receiptWords)).map((entry) => [entry.id, entry.words]),
  );
  return (await jsonLines(join(folder, "truth.jsonl"), receiptTruth)).map(({ id, image, width, height, truth }) => ({
    id,
    image: join(folder, image),
    pages: [
      {
        page: 1,
        widthPoints: width * 0.36,
        heightPoints: height * 0.36,
        source: "text-detection" as const,
        words: (read.get(id) ?? []).map(([text, confidence, left, top, right, bottom]) => ({
          text,
          confidence: confidence / 100,
          box: {
            left: left / width,
            top: top / height,
            width: (right - left) / width,
            height: (bottom - top) / height,
          },
        })),
      },
    ],
    truth: receiptFields(truth),
  }));
}

const transcript = z.object({
  id: z.string(),
  words: z.array(z.string()),
  bboxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
  truth: receiptTruth.shape.truth,
});

/** Receipts as people transcribed them: lines with their corners in pixels. What is wrong here no better reader would mend. */
export async function transcriptSamples(directory: string): Promise<Omit<ScanSample, "image">[]> {
  const folder = join(directory, "sroie");
  if (!existsSync(folder)) return [];
  return (await jsonLines(join(folder, "text-only.jsonl"), transcript)).map(({ id, words, bboxes, truth }) => {
    const width = Math.max(...bboxes.map(([, , right]) => right)) * 1.05;
    const height = Math.max(...bboxes.map(([, , , bottom]) => bottom)) * 1.05;
    const placed = words.flatMap((text, index) => {
      const [left, top, right, bottom] = bboxes[index] ?? [0, 0, 0, 0];
      const perCharacter = (right - left) / Math.max(1, text.length);
      return [...text.matchAll(/\S+/g)].map((match) => ({
        text: match[0],
        confidence: 1,
        box: {
          left: (left + match.index * perCharacter) / width,
          top: top / height,
          width: (match[0].length * perCharacter) / width,
          height: (bottom - top) / height,
        },
      }));
    });
    const page = { page: 1, widthPoints: width * 0.36, heightPoints: height * 0.36, source: "text-detection" as const };
    return { id, pages: [{ ...page, words: placed }], truth: receiptFields(truth) };
  });
}

const receiptFields = (truth: z.infer<typeof receiptTruth>["truth"]): Truth =>
  stated([
    ["supplier", truth.company],
    ["issueDate", receiptDate(truth.date)],
    ["gross", amount(Number(truth.total.replace(/[^\d.]/g, "")))],
  ]);

/** The truth copies dates as printed; all receipts are Malaysian, the day first. */
function receiptDate(printed: string): string | undefined {
  const word = { text: printed, confidence: 1, box: { left: 0, top: 0, width: 1, height: 0.1 } };
  const [line] = documentLines([{ page: 1, widthPoints: 100, heightPoints: 100, source: "text-layer", words: [word] }]);
  if (line === undefined) return undefined;
  return findDates(line, dayMonthOrder([line], null, false) ?? "day-first")[0]?.date;
}

async function jsonLines<T>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  return (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((text) => schema.parse(JSON.parse(text)));
}
