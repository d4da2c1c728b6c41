/** Is the object not there? Needs ListBucket on the bucket, or S3 answers AccessDenied instead, which is never taken for absence. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && (error.name === "NoSuchKey" || error.name === "NotFound");
