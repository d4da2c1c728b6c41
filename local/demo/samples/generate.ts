import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { drawInvoice } from "./layouts/draw-invoice.ts";
import { type Sample, sampleSet } from "./sample-set.ts";
import { type PageRenderer, scanAsPdf, scanPage, withPageRenderer } from "./scan.ts";

/**
 * Writes the sample invoices into a directory (made where missing) and answers their paths in the order they should be
 * dropped. The same day gives the same bytes; on another day only dates differ.
 *
 * @param today - ISO 8601 date; invoices are dated up to 18 days before it.
 */
export async function generateSamples(directory: string, today: string): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  return withPageRenderer(async (render) => {
    const paths: string[] = [];
    for (const [index, sample] of sampleSet(today).entries()) {
      const path = join(directory, sample.file);
      await writeFile(path, await fileOf(sample, index, render));
      paths.push(path);
    }
    return paths;
  });
}

async function fileOf({ file, invoice, scan }: Sample, seed: number, render: PageRenderer): Promise<Buffer> {
  const pdf = await drawInvoice(invoice);
  if (scan === null) return pdf;
  const page = scanPage(await render(pdf, scan.dpi), scan, seed);
  return file.endsWith(".pdf") ? scanAsPdf(page, scan.dpi, new Date(`${invoice.issueDate}T09:00:00Z`)) : page.jpeg;
}
