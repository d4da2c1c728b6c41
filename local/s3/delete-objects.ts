import { createHash } from "node:crypto";
import * as z from "zod";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsResponse } from "../wire/service.ts";
import type { Stored } from "./object-index.ts";
import { persist } from "./store.ts";
import type { Target } from "./target.ts";
import { parseXml, xml } from "./xml.ts";

interface Deletion {
  /** Id of the version that was removed, or of the delete marker that was put on top. */
  readonly versionId?: string;
  readonly deleteMarker: boolean;
}

export async function deleteObject(target: Target): Promise<AwsResponse> {
  if (target.headers["if-match"] !== undefined) throw new NotImitatedError("If-Match on DeleteObject");
  const { versionId, deleteMarker } = await remove(target, target.query.get("versionId") ?? undefined);
  return {
    status: 204,
    headers: {
      ...(versionId === undefined ? {} : { "x-amz-version-id": versionId }),
      ...(deleteMarker ? { "x-amz-delete-marker": "true" } : {}),
    },
  };
}

const maxObjects = 1000;

const request = z.object({
  Delete: z.object({
    Object: z
      .array(z.object({ Key: z.string(), VersionId: z.string().optional() }))
      .min(1)
      .max(maxObjects),
    Quiet: z.string().optional(),
  }),
});

/** Each key by itself: what one may not delete is reported and does not hold up the others. */
export async function deleteObjects(target: Target, onKey: (key: string) => Target): Promise<AwsResponse> {
  const md5 = target.headers["content-md5"];
  if (md5 !== undefined && md5 !== createHash("md5").update(target.body).digest("base64")) {
    throw new AwsError("BadDigest", "The Content-MD5 you specified did not match what we received.");
  }
  const { Delete } = parseXml(target.body, request, ["Object"]);
  const Deleted: Record<string, unknown>[] = [];
  const Errors: Record<string, unknown>[] = [];
  for (const { Key, VersionId } of Delete.Object) {
    const named = { Key, ...(VersionId === undefined ? {} : { VersionId }) };
    try {
      const { versionId, deleteMarker } = await remove(onKey(Key), VersionId);
      Deleted.push({ ...named, ...(deleteMarker ? { DeleteMarker: "true", DeleteMarkerVersionId: versionId } : {}) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      Errors.push({ ...named, Code: error.name, Message: error.message });
    }
  }
  const quiet = Delete.Quiet === "true";
  return {
    status: 200,
    headers: { "content-type": "application/xml" },
    body: xml("DeleteResult", { Deleted: quiet ? [] : Deleted, Error: Errors }),
  };
}

async function remove(target: Target, versionId: string | undefined): Promise<Deletion> {
  const { store, bucket, key } = target;
  target.allow(versionId === undefined ? "DeleteObject" : "DeleteObjectVersion", "object");
  if (versionId === undefined && bucket.versioned) {
    const marker = store.index.add(bucket, {
      key,
      deleteMarker: true,
      size: 0,
      etag: "",
      headers: {},
      checksums: {},
      blobs: [],
    });
    await persist(store, marker);
    return { versionId: marker.version.versionId, deleteMarker: true };
  }
  const version =
    versionId === undefined ? store.index.latest(bucket.name, key) : store.index.version(bucket.name, key, versionId);
  if (!version) return { deleteMarker: false, ...(versionId === undefined ? {} : { versionId }) };
  const removed: Stored = store.index.remove(bucket, version);
  await persist(store, removed);
  return { deleteMarker: version.deleteMarker, ...(bucket.versioned ? { versionId: version.versionId } : {}) };
}
