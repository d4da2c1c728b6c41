import { createHash } from "node:crypto";
import type { PageText, Word } from "../contracts/document.ts";
import { DocumentTooLargeError } from "./document-errors.ts";
import { type DocumentKind, documentKind } from "./document-kind.ts";
import { type DocumentLimits, documentLimits } from "./document-limits.ts";
import type { RenderedPage } from "./image/encode-page.ts";
import type { EmbeddedFile } from "./pdf/pdf-attachments.ts";
import type { PageSize } from "./pdf/pdf-document.ts";
import { inReadingOrder } from "./reading-order.ts";
import { onReadingThread } from "./worker/reading-thread.ts";

export type { DocumentLimits, PageSize, RenderedPage };

/** What a file is, and what can be read of it without text detection. */
export interface DocumentInspection {
  readonly kind: DocumentKind;
  readonly pages: number;
  /** SHA-256 of the file, hex. */
  readonly documentHash: string;
  /** The e-invoice attached to a PDF (Factur-X, ZUGFeRD, XRechnung), as it is. */
  readonly embedded: EmbeddedFile | null;
  /** One for each page; null where the text has to be detected from the page's picture. */
  readonly texts: readonly (PageText | null)[];
  readonly pageSizes: readonly PageSize[];
  /** Numbers of the pages whose text is null, from 1. */
  readonly pagesToDetect: readonly number[];
  /** Words that no person can see (invisible, white on white, tiny, off the page). They are in no text; an honest scan has them too. */
  readonly hiddenWords: number;
}

/** SHA-256 of the file, hex. */
export const hashOfDocument = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * Looks into a document: kind by content, hash, text layer, attached e-invoice, and which pages need text detection.
 * Bounded in time and memory; nothing a file holds can end the process.
 *
 * @throws {DocumentEmptyError} @throws {DocumentTypeUnsupportedError} @throws {DocumentEncryptedError}
 * @throws {DocumentUnreadableError} @throws {DocumentTooLargeError} @throws {DocumentHasNoPagesError} @throws {DocumentTooComplexError}
 */
export async function inspectDocument(
  bytes: Uint8Array,
  limits: DocumentLimits = documentLimits,
): Promise<DocumentInspection> {
  const kind = checkedKind(bytes, limits);
  const answer = await onReadingThread({ task: "read", bytes, kind, limits });
  if (!("reading" in answer)) throw new Error("The reading thread answered another question.");
  const { embedded, pages } = answer.reading;
  return {
    kind,
    pages: pages.length,
    documentHash: hashOfDocument(bytes),
    embedded,
    texts: pages.map(({ text }) => text),
    pageSizes: pages.map(({ size }) => size),
    pagesToDetect: pages.flatMap(({ text }, index) => (text === null ? [index + 1] : [])),
    hiddenWords: pages.reduce((sum, page) => sum + page.hiddenWords, 0),
  };
}

/**
 * Draws a page (numbered from 1) as a picture of our own making, upright, at most `widthPixels` wide. A page of a PDF is drawn
 * at that width, a picture is never enlarged. Neither side exceeds 4,000 pixels.
 *
 * @throws {DocumentPageMissingError} and the errors of `inspectDocument`.
 */
export async function renderPage(
  bytes: Uint8Array,
  page: number,
  { widthPixels, limits = documentLimits }: { readonly widthPixels: number; readonly limits?: DocumentLimits },
): Promise<RenderedPage> {
  const kind = checkedKind(bytes, limits);
  const answer = await onReadingThread({ task: "render", bytes, kind, limits, page, widthPixels });
  if (!("rendered" in answer)) throw new Error("The reading thread answered another question.");
  return answer.rendered;
}

/** A page whose words came from text detection. */
export const detectedPage = (page: number, size: PageSize, words: readonly Word[]): PageText => ({
  page,
  ...size,
  source: "text-detection",
  words: inReadingOrder(words),
});

function checkedKind(bytes: Uint8Array, { maxBytes }: DocumentLimits): DocumentKind {
  if (bytes.length > maxBytes)
    throw new DocumentTooLargeError(
      `The file has ${bytes.length} bytes, the limit is ${maxBytes}. Ask the sender for a smaller one.`,
    );
  return documentKind(bytes);
}
