/**
 * Why a document could not be read. Every one of these is final for this file: reading it again gives the same answer,
 * so a state machine catches them by `name` and hands the case to a person instead of retrying.
 */
abstract class DocumentError extends Error {}

/** The file has no bytes. */
export class DocumentEmptyError extends DocumentError {
  override readonly name = "DocumentEmptyError";
}

/** The content is neither PDF, JPEG nor PNG, whatever the file is called. */
export class DocumentTypeUnsupportedError extends DocumentError {
  override readonly name = "DocumentTypeUnsupportedError";
}

/** The PDF asks for a password. One that opens with the empty password is read like any other. */
export class DocumentEncryptedError extends DocumentError {
  override readonly name = "DocumentEncryptedError";
}

/** The file is cut off or damaged. */
export class DocumentUnreadableError extends DocumentError {
  override readonly name = "DocumentUnreadableError";
}

/** More bytes, pages, pixels or points than the limits allow. */
export class DocumentTooLargeError extends DocumentError {
  override readonly name = "DocumentTooLargeError";
}

/** A well-formed PDF without a single page. */
export class DocumentHasNoPagesError extends DocumentError {
  override readonly name = "DocumentHasNoPagesError";
}

/** Reading would take more time or memory than a document may: a decompression bomb, or endless drawing. */
export class DocumentTooComplexError extends DocumentError {
  override readonly name = "DocumentTooComplexError";
}

/** A page was asked for that the document does not have. A fault of the caller, not of the file. */
export class DocumentPageMissingError extends DocumentError {
  override readonly name = "DocumentPageMissingError";
}

const errorClasses = {
  DocumentEmptyError,
  DocumentTypeUnsupportedError,
  DocumentEncryptedError,
  DocumentUnreadableError,
  DocumentTooLargeError,
  DocumentHasNoPagesError,
  DocumentTooComplexError,
  DocumentPageMissingError,
} as const;
type DocumentErrorName = keyof typeof errorClasses;

const isDocumentErrorName = (name: string): name is DocumentErrorName => Object.hasOwn(errorClasses, name);

/** The error a worker thread reported, as the class it was there: structured cloning keeps names and messages only. */
export function documentErrorFrom(name: string, message: string): Error {
  return isDocumentErrorName(name) ? new errorClasses[name](message) : new Error(`${name}: ${message}`);
}
