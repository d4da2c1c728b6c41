import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Outcomes } from "../../outcome/deliver-outcome.ts";

/** `<workflow>/<caseId>.json`; a repeated delivery writes the same bytes. */
export function s3Outcomes({ client, bucket }: { client: S3Client; bucket: string }): Outcomes {
  return {
    put: async (outcome) => {
      const key = `${outcome.workflow}/${outcome.caseId}.json`;
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: JSON.stringify(outcome, null, 2),
          ContentType: "application/json",
        }),
      );
      return { bucket, key };
    },
  };
}
