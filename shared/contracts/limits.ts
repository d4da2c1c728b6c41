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
/** How long an Idempotency-Key is remembered, in seconds. */
export const idempotencySeconds = 24 * 60 * 60;
/** Reviews on one page of a listing. */
export const reviewsPerPage = 50;
/** Longest note that is kept with a decision, in characters. */
export const maxNoteCharacters = 4_000;
/** Longest message between sender and reviewers, in characters, and most messages of one case: together far below an item's 400 KB. */
export const maxMessageCharacters = 2_000;
export const maxMessages = 20;
/** Largest file that proves what a reason asks for: 3 MiB, as base64 in characters, and with the JSON around it in bytes. Lambda takes 6 MB. */
export const maxAttachmentCharacters = 4 * mebibyte;
export const maxAttachmentBodyBytes = maxAttachmentCharacters + 16 * 1024;
/** How old an execution may get before the reconciler continues its case in a new one, in days; a year is the service's limit. */
export const maxExecutionDays = 330;
/** Largest policy document, in bytes of JSON: a change, its differences and the documents go into one transaction of at most 4 MB, each in an item of 400 KB. */
export const maxPolicyBytes = 128 * 1024;
/** How long a policy change waits for a second owner, in days; the machine's time-out is longer. */
export const signatureDays = 14;
