import * as z from "zod";

/** Where the bytes lie: one file, or one for each part of a multipart upload. */
const blob = z.object({ name: z.string(), size: z.number() });

export const objectVersion = z.object({
  key: z.string(),
  /** "null" in a bucket without versions, as on AWS. */
  versionId: z.string(),
  /** Grows with every write to the bucket; hexadecimal, of one length, so that text order is write order. */
  sequencer: z.string(),
  lastModified: z.string(),
  deleteMarker: z.boolean(),
  size: z.number(),
  /** Without quotes: MD5 of the content, or of the parts' MD5s with their number. */
  etag: z.string(),
  /** Content type and the like, and the user's metadata, as they go back to a reader. */
  headers: z.record(z.string(), z.string()),
  /** By algorithm in lower case, base64; of the whole object. */
  checksums: z.record(z.string(), z.string()),
  blobs: z.array(blob),
});

export type ObjectVersion = z.infer<typeof objectVersion>;
export type Blob = z.infer<typeof blob>;
