import type { DocumentKind } from "../document-kind.ts";
import type { DocumentLimits } from "../document-limits.ts";
import type { RenderedPage } from "../image/encode-page.ts";
import type { PdfReading } from "../pdf/read-pdf.ts";

/** What the main thread asks of the reading thread. */
export type ReadingRequest = {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly kind: DocumentKind;
  readonly limits: DocumentLimits;
} & ({ readonly task: "read" } | { readonly task: "render"; readonly page: number; readonly widthPixels: number });

/** `unusable`: the engine ran out of memory and the thread must be replaced. */
export type ReadingAnswer =
  | { readonly id: number; readonly reading: PdfReading }
  | { readonly id: number; readonly rendered: RenderedPage }
  | {
      readonly id: number;
      readonly error: { readonly name: string; readonly message: string };
      readonly unusable: boolean;
    };
