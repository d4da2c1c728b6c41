import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { pageExpirySeconds } from "../../contracts/limits.ts";
import type { EvidenceBucket } from "./evidence.ts";

const imageKey = (caseId: string, page: number) => `cases/${caseId}/pages/${page}`;

interface PageImage {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export function s3PageImages({ client, bucket }: EvidenceBucket) {
  return {
    save: async (caseId: string, page: number, { bytes, contentType }: PageImage): Promise<void> => {
      await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: imageKey(caseId, page), Body: bytes, ContentType: contentType }),
      );
    },
    /** An address for an `<img>`, valid for minutes; never logged. */
    address: (caseId: string, page: number): Promise<string> =>
      getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: imageKey(caseId, page) }), {
        expiresIn: pageExpirySeconds,
      }),
  };
}
