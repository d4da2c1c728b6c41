import { DocumentEmptyError, DocumentTypeUnsupportedError } from "./document-errors.ts";

export type DocumentKind = "pdf" | "jpeg" | "png";

/** PDF readers accept a header within the first KiB (ISO 32000-1, annex H, note 13). */
const pdfHeaderWithinBytes = 1_024;

const startsWith = (bytes: Uint8Array, signature: readonly number[]) =>
  signature.every((byte, index) => bytes[index] === byte);

/**
 * What a file is, judged by its first bytes; a name or a content type is a claim of the sender.
 *
 * @throws {DocumentEmptyError} @throws {DocumentTypeUnsupportedError}
 */
export function documentKind(bytes: Uint8Array): DocumentKind {
  if (bytes.length === 0)
    throw new DocumentEmptyError("The file is empty (0 bytes). Ask the sender for the document again.");
  if (startsWith(bytes, [0xff, 0xd8, 0xff])) return "jpeg";
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, pdfHeaderWithinBytes));
  if (head.includes("%PDF-")) return "pdf";
  throw new DocumentTypeUnsupportedError(
    `The file begins with ${head.subarray(0, 8).toString("hex")}, which is neither PDF, JPEG nor PNG. Send it as one of these.`,
  );
}
