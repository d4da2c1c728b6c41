import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { isMissing } from "./missing.ts";

export interface StoredList {
  readonly csv: string;
  readonly updatedAt: Date | null;
}

/** Reference lists that an owner uploads, as CSV objects under `lists/`. */
export interface ListStore {
  /** Null when the list was never uploaded. A list read before is asked for again only by its entity tag. */
  find(workflow: string, list: string): Promise<StoredList | null>;
  put(workflow: string, list: string, csv: string): Promise<void>;
}

export function s3Lists({ client, bucket }: { client: S3Client; bucket: string }): ListStore {
  const known = new Map<string, { etag: string; stored: StoredList }>();
  const keyOf = (workflow: string, list: string) => `lists/${workflow}/${list}.csv`;
  return {
    find: async (workflow, list) => {
      const key = keyOf(workflow, list);
      const before = known.get(key);
      try {
        const got = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key, ...(before && { IfNoneMatch: before.etag }) }),
        );
        const stored = { csv: (await got.Body?.transformToString("utf-8")) ?? "", updatedAt: got.LastModified ?? null };
        if (got.ETag) known.set(key, { etag: got.ETag, stored });
        return stored;
      } catch (error) {
        if (before && isNotModified(error)) return before.stored;
        if (isMissing(error)) return null;
        throw error;
      }
    },
    put: async (workflow, list, csv) => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(workflow, list),
          Body: csv,
          ContentType: "text/csv; charset=utf-8",
        }),
      );
    },
  };
}

function isNotModified(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = "$metadata" in error ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode : undefined;
  return error.name === "304" || error.name === "NotModified" || status === 304;
}
