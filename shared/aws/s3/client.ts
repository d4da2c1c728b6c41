import { S3Client } from "@aws-sdk/client-s3";

/** Checksums only where S3 demands them: a presigned PUT would otherwise be signed for the checksum of an empty body. */
export const s3 = () =>
  new S3Client({ requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED" });
