import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { ListStore, StoredList } from "../../workflows/invoices/reference-list.ts";
import { isMissing } from "./missing.ts";

interface ListBucket {
  readonly client: S3Client;
  readonly bucket: string;
  /** Milliseconds. @default the system's clock */
  readonly now?: () => number;
}

const rowsOf = z.array(z.json());

/** A list that was just read is not asked for again so soon: an upload counts within this many seconds. */
const freshSeconds = 10;

/** Reference lists under `lists/`, as JSON. A list read before is asked for again only by its entity tag. */
export function s3Lists({ client, bucket, now = Date.now }: ListBucket): ListStore {
  const known = new Map<string, { etag: string; stored: StoredList; askedAt: number }>();
  const keyOf = (workflow: string, list: string) => `lists/${workflow}/${list}.json`;
  return {
    find: async (workflow, list) => {
      const key = keyOf(workflow, list);
      const before = known.get(key);
      if (before && now() - before.askedAt < freshSeconds * 1000) return before.stored;
      try {
        const got = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key, ...(before && { IfNoneMatch: before.etag }) }),
        );
        const rows = rowsOf.parse(JSON.parse((await got.Body?.transformToString("utf-8")) ?? ""));
        const stored = { rows, updatedAt: got.LastModified ?? null };
        if (got.ETag) known.set(key, { etag: got.ETag, stored, askedAt: now() });
        return stored;
      } catch (error) {
        if (before && isNotModified(error)) {
          known.set(key, { ...before, askedAt: now() });
          return before.stored;
        }
        if (isMissing(error)) return null;
        throw error;
      }
    },
    put: async (workflow, list, rows) => {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: keyOf(workflow, list),
          Body: JSON.stringify(rows),
          ContentType: "application/json",
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
