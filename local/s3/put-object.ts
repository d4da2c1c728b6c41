import { createHash } from "node:crypto";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsResponse } from "../wire/service.ts";
import { checksumHeaders, verifiedChecksums } from "./checksums.ts";
import { checkReadConditions, checkWriteConditions } from "./conditions.ts";
import { readableVersion, versionHeaders } from "./get-object.ts";
import { storedHeaders } from "./object-headers.ts";
import { createFromBytes } from "./store.ts";
import { parsePath, type Target } from "./target.ts";
import { xml } from "./xml.ts";

export async function putObject(target: Target): Promise<AwsResponse> {
  const { store, bucket, key, headers, body } = target;
  target.allow("PutObject", "object");
  checkWriteConditions(headers, store.index.latest(bucket.name, key)); // once more when the bytes are on disk
  const stored = storedHeaders(headers);
  const checksums = verifiedChecksums(body, headers);
  const fresh = { key, etag: md5(body), headers: stored, checksums };
  const version = await createFromBytes(store, { bucket, fresh, headers, reason: "PutObject" }, body);
  return { status: 200, headers: { ...versionHeaders(target, version), ...checksumHeaders(checksums) } };
}

/** Copies within this machine; the source is checked with the caller's own permission to read it. */
export async function copyObject(
  target: Target,
  sourceOf: (bucketName: string, key: string) => Target,
): Promise<AwsResponse> {
  const { store, bucket, key, headers } = target;
  const [path = "", query] = (headers["x-amz-copy-source"] ?? "").split("?");
  const { bucketName, key: sourceKey } = parsePath(path.startsWith("/") ? path : `/${path}`);
  target.allow("PutObject", "object");
  const source = sourceOf(bucketName, sourceKey);
  const from = readableVersion(source, new URLSearchParams(query).get("versionId") ?? undefined);
  checkSourceConditions(headers, from);
  const replaces = headers["x-amz-metadata-directive"] === "REPLACE";
  if (!replaces && bucket === source.bucket && key === sourceKey && !bucket.versioned) {
    throw new AwsError(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing it.",
    );
  }
  const body = await store.blobs.read(from.blobs, 0, from.size - 1);
  const fresh = {
    key,
    etag: md5(body),
    headers: replaces ? storedHeaders(headers) : from.headers,
    checksums: from.checksums,
  };
  const version = await createFromBytes(store, { bucket, fresh, headers, reason: "CopyObject" }, body);
  const { etag: _, "last-modified": __, ...ids } = versionHeaders(target, version);
  return {
    status: 200,
    headers: { ...ids, "content-type": "application/xml" },
    body: xml("CopyObjectResult", { ETag: `"${version.etag}"`, LastModified: version.lastModified }),
  };
}

function checkSourceConditions(
  headers: Readonly<Record<string, string>>,
  source: Parameters<typeof checkReadConditions>[1],
): void {
  const prefix = "x-amz-copy-source-";
  const conditions = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
  if (Object.keys(conditions).some((name) => name.startsWith("server-side")))
    throw new NotImitatedError("keys that a client brings along");
  if (checkReadConditions(conditions, source) === "not modified") {
    throw new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
  }
}

export const md5 = (content: Buffer) => createHash("md5").update(content).digest("hex");
