import type { JudgedInvoice } from "./judged-invoice.ts";
import { clears, fires, type Judgement } from "./judgement.ts";

export function severalDocuments({ extraction, pages }: JudgedInvoice): Judgement {
  return extraction.severalDocuments
    ? fires(`The ${pages.length} pages seem to belong to more than one invoice.`, "the file held one invoice", [
        "number",
        "gross",
      ])
    : clears("One invoice.");
}
