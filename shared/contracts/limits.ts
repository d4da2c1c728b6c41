const mebibyte = 1024 * 1024;

/** Largest document that is read, in bytes. A larger drop opens a case that goes to a person unread. */
export const maxDocumentBytes = 25 * mebibyte;
/** Most pages that are read of one document. */
export const maxDocumentPages = 100;
/**
 * Largest JSON body a route takes, in bytes. A decision is stored whole in one DynamoDB item of at most 400 KB, beside its
 * review's reasons; one with 1,000 lines is some 200 KB.
 */
export const maxBodyBytes = 256 * 1024;
/** Largest reference list, in bytes: some 40,000 vendors. */
export const maxListBytes = 4 * mebibyte;
/** Largest JSON body that carries such a list, in bytes: quotes and line ends are escaped. Lambda takes 6 MB with all around it. */
export const maxListBodyBytes = 5 * mebibyte;
/** How long a presigned upload stays valid, in seconds. */
export const uploadExpirySeconds = 15 * 60;
/** How long the address of a page image stays valid, in seconds. */
export const pageExpirySeconds = 5 * 60;
/** How long a claim lasts unless renewed, in seconds. */
export const claimSeconds = 15 * 60;
/** How long an Idempotency-Key is remembered, in seconds. */
export const idempotencySeconds = 24 * 60 * 60;
/** Reviews on one page of a listing. */
export const reviewsPerPage = 50;
/** Longest note that is kept with a decision, in characters. */
export const maxNoteCharacters = 4_000;
