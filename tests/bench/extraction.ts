import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { openTextract } from "../../local/textract/textract.ts";
import { readEmbeddedInvoice } from "../../shared/documents/embedded-invoice/read-embedded-invoice.ts";
import { detectedPage, inspectDocument, renderPage } from "../../shared/documents/inspect-document.ts";
import { wordsOf } from "../../shared/documents/textract-detector.ts";
import { extractInvoice } from "../../shared/workflows/invoices/extraction/extract-invoice.ts";
import {
  einvoiceSamples,
  type PdfSample,
  receiptSamples,
  type ScanSample,
  transcriptSamples,
  vendorSamples,
} from "./extraction/data-sets.ts";
import { type JudgedValue, judge, measuresOf, type SetMeasures } from "./extraction/judge.ts";

export interface ExtractionMeasures {
  readonly einvoices: SetMeasures | null;
  readonly einvoicesByPageText: SetMeasures | null;
  readonly vendorInvoices: SetMeasures | null;
  readonly receipts: SetMeasures | null;
  readonly receiptTranscripts: SetMeasures | null;
}

interface MeasureOptions {
  /** Reads the receipts' pictures through the local text detection instead of taking what was read before. About 1 s a receipt. */
  readonly recognise?: boolean;
  readonly onJudged?: (set: keyof ExtractionMeasures, judged: readonly JudgedValue[]) => void;
}

/** Accuracy by field, AUROC of confidence, and time, on the real data; null for a set that is not there. */
export async function measureExtraction(
  dataDirectory: string,
  { recognise = false, onJudged }: MeasureOptions = {},
): Promise<ExtractionMeasures> {
  const measure = async <S extends { id: string; truth: Readonly<Record<string, string>> }>(
    set: keyof ExtractionMeasures,
    samples: readonly S[],
    read: (sample: S) => Promise<ReturnType<typeof extractInvoice>>,
  ): Promise<SetMeasures | null> => {
    const [warmUp] = samples;
    if (warmUp === undefined) return null;
    await read(warmUp);
    const judged: JudgedValue[] = [];
    const started = performance.now();
    for (const sample of samples) judged.push(...judge(sample.id, (await read(sample)).findings, sample.truth));
    const milliseconds = performance.now() - started;
    onJudged?.(set, judged);
    return measuresOf(judged, samples.length, milliseconds);
  };
  const einvoices = await einvoiceSamples(dataDirectory);
  const reader = recognise ? receiptReader() : null;
  try {
    return {
      einvoices: await measure("einvoices", einvoices, (sample) => readPdf(sample, true)),
      einvoicesByPageText: await measure("einvoicesByPageText", einvoices, (sample) => readPdf(sample, false)),
      vendorInvoices: await measure("vendorInvoices", await vendorSamples(dataDirectory), (sample) =>
        readPdf(sample, false),
      ),
      receipts: await measure("receipts", await receiptSamples(dataDirectory), async (sample) =>
        extractInvoice({ pages: reader === null ? sample.pages : [await reader.read(sample)], embedded: null }),
      ),
      receiptTranscripts: await measure(
        "receiptTranscripts",
        await transcriptSamples(dataDirectory),
        async ({ pages }) => extractInvoice({ pages, embedded: null }),
      ),
    };
  } finally {
    await reader?.close();
  }
}

async function readPdf({ path }: PdfSample, withXml: boolean) {
  const { texts, embedded } = await inspectDocument(await readFile(path));
  const stated = withXml && embedded !== null ? readEmbeddedInvoice(embedded.bytes) : null;
  return extractInvoice({ pages: texts.filter((text) => text !== null), embedded: stated });
}

/** Pictures on the way a case takes: drawn anew, then the local text detection. */
function receiptReader() {
  const textract = openTextract({ authorise: () => undefined });
  const principal = { arn: "arn:aws:iam::000000000000:root", name: "operator", statements: [] };
  return {
    close: () => textract.close(),
    async read({ image }: ScanSample) {
      const { bytes, widthPixels, heightPixels } = await renderPage(await readFile(image), 1, { widthPixels: 2_000 });
      const body = Buffer.from(JSON.stringify({ Document: { Bytes: Buffer.from(bytes).toString("base64") } }));
      const headers = { "x-amz-target": "Textract.DetectDocumentText" };
      const answer = await textract.handle({
        method: "POST",
        path: "/",
        query: new URLSearchParams(),
        headers,
        body,
        principal,
      });
      const size = { widthPoints: widthPixels * 0.36, heightPoints: heightPixels * 0.36 };
      return detectedPage(1, size, wordsOf(JSON.parse(String(answer.body)).Blocks));
    },
  };
}

/** `tsx tests/bench/extraction.ts [data directory] [--recognise] [--wrong]`: prints the measures; `--wrong` lists what was not right. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = process.argv.slice(2);
  const dataDirectory =
    options.find((option) => !option.startsWith("--")) ??
    fileURLToPath(new URL("../../../shared/data", import.meta.url));
  const onJudged = (set: string, judged: readonly JudgedValue[]) => {
    for (const { document, field, expected, found, confidence, correct } of judged)
      if (!correct)
        console.log(`${set} ${document} ${field}: expected ${expected}, found ${found} (${confidence.toFixed(2)})`);
  };
  const measures = await measureExtraction(dataDirectory, {
    recognise: options.includes("--recognise"),
    ...(options.includes("--wrong") ? { onJudged } : {}),
  });
  for (const [set, figures] of Object.entries(measures))
    if (figures === null) console.log(`${set}: skipped, not found in ${dataDirectory}`);
  console.log(JSON.stringify(measures, null, 2));
}
