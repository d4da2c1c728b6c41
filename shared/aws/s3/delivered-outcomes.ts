import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { type Outcome, outcome } from "../../contracts/outcome.ts";

/** Outcomes as they lie in their bucket; one that is announced is there. */
export function s3DeliveredOutcomes({ client, bucket }: { client: S3Client; bucket: string }) {
  return {
    find: async ({ key }: { key: string }): Promise<Outcome> => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return outcome.parse(JSON.parse((await Body?.transformToString("utf-8")) ?? ""));
    },
  };
}
