import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { pageExpirySeconds } from "../../contracts/limits.ts";
import type { Attachments } from "../../review/attachments.ts";
import type { EvidenceBucket } from "./evidence.ts";
import { isMissing } from "./missing.ts";

const keyOf = (caseId: string, attachmentId: string) => `cases/${caseId}/attachments/${attachmentId}`;

/** Kept as it came, under a key of ours; downloaded, never opened in a browser, under the name it had. */
export function s3Attachments({ client, bucket }: EvidenceBucket): Attachments {
  return {
    inspect: async (caseId, attachmentId) => {
      try {
        const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: keyOf(caseId, attachmentId) }));
        return { sizeBytes: head.ContentLength ?? 0, etag: head.ETag ?? "" };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    keep: async (caseId, attachmentId, { fileName, contentType, bytes }) => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(caseId, attachmentId),
          Body: bytes,
          ContentType: contentType,
          ContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        }),
      );
    },
    address: (caseId, attachmentId) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: keyOf(caseId, attachmentId) }), {
        expiresIn: pageExpirySeconds,
      }),
  };
}
