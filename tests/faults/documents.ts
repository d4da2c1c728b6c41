import { encode as encodeJpeg } from "jpeg-js";
import { drawInvoice } from "../../local/demo/samples/layouts/draw-invoice.ts";
import { anInvoice } from "../stack/an-invoice.ts";

export interface Document {
  readonly name: string;
  readonly ending: string;
  readonly body: Uint8Array;
  /** How often it is dropped, in comparison. Reading a PDF costs some 100 ms of a core, rendering it 200 more. */
  readonly weight: number;
}

/** Everything is dated by the harness's clock, which starts here. */
export const start = new Date("2026-03-02T08:00:00.000Z");
const dates = { issueDate: "2026-02-20", dueDate: "2026-03-20" };

/** What a schedule drops: mostly what ends in front of a person at once, since the handoff is what is to be broken. */
export async function drawDocuments(): Promise<readonly Document[]> {
  const pdf = (name: string, weight: number, change: Parameters<typeof anInvoice>[0]) =>
    drawInvoice(anInvoice({ ...dates, ...change })).then((body) => ({ name, ending: "pdf", body, weight }));
  const dear = [{ description: "Archive box, acid free", quantity: 3_000, unitPriceMinor: 215 }];
  const [width, height] = [100, 150];
  const blank = encodeJpeg({ width, height, data: Buffer.alloc(width * height * 4, 0xff) }, 80).data;
  return [
    { name: "empty", ending: "pdf", body: new Uint8Array(0), weight: 4 },
    { name: "words", ending: "pdf", body: Buffer.from("just words"), weight: 2 },
    { name: "scan", ending: "jpg", body: blank, weight: 1 },
    ...(await Promise.all([
      pdf("in order", 2, {}),
      pdf("in order", 2, {}),
      pdf("in order", 2, {}),
      pdf("misprinted", 3, { misprintedGrossMinor: 987_65 }),
      pdf("dear", 2, { lines: dear, misprintedGrossMinor: 7_000_00 }),
    ])),
  ];
}
