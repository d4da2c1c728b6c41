import { companies } from "../../local/demo/samples/company.ts";
import { drawInvoice } from "../../local/demo/samples/layouts/draw-invoice.ts";
import type { SampleInvoice } from "../../local/demo/samples/sample-invoice.ts";
import { officeScan, scanPage, withPageRenderer } from "../../local/demo/samples/scan.ts";

let drawn = 0;
const day = (offset: number) => new Date(Date.now() + offset * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

/** An invoice that passes alone once the sample lists are uploaded; each has a number and an amount of its own. */
export function anInvoice(change: Partial<SampleInvoice> = {}): SampleInvoice {
  drawn += 1;
  const supplier = change.supplier ?? companies.thistlecombe;
  return {
    supplier,
    number: `INV-${40_000 + drawn * 137}`,
    issueDate: day(-10),
    dueDate: day(20),
    orderReference: null,
    costCentre: "4300",
    lines: [
      { description: "Recycled copier paper A4, box", quantity: 10 + drawn, unitPriceMinor: 1_795 },
      { description: "Archive box, acid free", quantity: 12, unitPriceMinor: 215 },
    ],
    iban: supplier.iban,
    misprintedGrossMinor: null,
    embedded: null,
    ...change,
  };
}

/** Its PDF. */
export const invoicePdf = (change: Partial<SampleInvoice> = {}): Promise<Buffer> => drawInvoice(anInvoice(change));

/** One that a reviewer must see: the total is misprinted by 100.00. */
export const invoiceThatDoesNotAddUp = (change: Partial<SampleInvoice> = {}): Promise<Buffer> =>
  invoicePdf({ misprintedGrossMinor: 987_65, ...change });

/** One as an office scanner sends it: a picture, without text. */
export async function scannedInvoice(): Promise<Buffer> {
  const pdf = await invoicePdf();
  const page = await withPageRenderer(async (render) => scanPage(await render(pdf, officeScan.dpi), officeScan, 1));
  return page.jpeg;
}
