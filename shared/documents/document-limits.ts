import { maxDocumentBytes, maxDocumentPages } from "../contracts/limits.ts";

/** What reading one document may cost. Whatever is above a limit is refused by name and goes to a person. */
export interface DocumentLimits {
  readonly maxBytes: number;
  readonly maxPages: number;
  /** Longest side of a page, in points (1/72 inch). */
  readonly maxPagePoints: number;
  /** Pixels of an image that is decoded, in millions. */
  readonly maxMegapixels: number;
  readonly maxCharactersPerPage: number;
  /** Attached e-invoice, bytes after decompression. */
  readonly maxEmbeddedBytes: number;
  /** Reading is stopped after this long, by ending the thread it runs in. */
  readonly maxReadSeconds: number;
}

/**
 * The defaults. 25 MiB and 100 pages are far above any invoice seen (real ones: 0.2 MB, 2 pages); 14,400 points is the
 * largest page of PDF itself (ISO 32000-1, annex C); 25 megapixels is an A4 page at 600 dpi rounded down to what fits
 * beside the reader in 1 GB; 15 s leaves a function of 30 s time to report.
 */
export const documentLimits: DocumentLimits = {
  maxBytes: maxDocumentBytes,
  maxPages: maxDocumentPages,
  maxPagePoints: 14_400,
  maxMegapixels: 25,
  maxCharactersPerPage: 200_000,
  maxEmbeddedBytes: 5 * 1024 * 1024,
  maxReadSeconds: 15,
};

/** Heap of the PDF engine. A page of 25 megapixels takes 100 MB of it; a bomb runs into it and is refused. */
export const maxPdfHeapBytes = 320 * 1024 * 1024;

/** Sides of a page image that is rendered for people or for text detection. Textract takes 10,000 pixels a side at most. */
export const maxRenderPixelsPerSide = 4_000;
