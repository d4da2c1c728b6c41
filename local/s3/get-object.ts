import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsResponse } from "../wire/service.ts";
import { checksumHeaders } from "./checksums.ts";
import { byteRange, checkReadConditions } from "./conditions.ts";
import type { ObjectVersion } from "./object-version.ts";
import { mayAllow, type Target } from "./target.ts";

/** Headers of the answer that a reader may choose for itself. */
const overrides = [
  "content-type",
  "content-language",
  "expires",
  "cache-control",
  "content-disposition",
  "content-encoding",
];

/** GetObject and HeadObject. */
export async function getObject(target: Target, withBody: boolean): Promise<AwsResponse> {
  const { store, headers, query } = target;
  if (query.has("partNumber")) throw new NotImitatedError("reading one part of an object");
  const version = readableVersion(target);
  const described = {
    ...versionHeaders(target, version),
    ...version.headers,
    ...chosenHeaders(query),
    "accept-ranges": "bytes",
  };
  if (checkReadConditions(headers, version) === "not modified") return { status: 304, headers: described };
  const range = byteRange(headers.range, version.size);
  const { start, end } = range ?? { start: 0, end: version.size - 1 };
  const wholeSums = headers["x-amz-checksum-mode"]?.toUpperCase() === "ENABLED" && !range;
  return {
    status: range ? 206 : 200,
    headers: {
      ...described,
      "content-length": String(end - start + 1),
      ...(range ? { "content-range": `bytes ${start}-${end}/${version.size}` } : {}),
      ...(wholeSums ? checksumHeaders(version.checksums) : {}),
    },
    ...(withBody ? { body: await store.blobs.read(version.blobs, start, end) } : {}),
  };
}

/**
 * The version that a reader asked for and may read.
 *
 * @throws {AwsError} NoSuchKey only to those who may list the bucket; to others a missing object is AccessDenied, as on AWS.
 */
export function readableVersion(target: Target, versionId = target.query.get("versionId") ?? undefined): ObjectVersion {
  const { store, bucket, key } = target;
  target.allow(versionId === undefined ? "GetObject" : "GetObjectVersion", "object");
  const version =
    versionId === undefined ? store.index.latest(bucket.name, key) : store.index.version(bucket.name, key, versionId);
  if (version && !version.deleteMarker) return version;
  if (version && versionId !== undefined) {
    throw new AwsError("MethodNotAllowed", "The specified version is a delete marker and cannot be read.", 405);
  }
  if (!mayAllow(target, "ListBucket", "bucket")) {
    throw new AwsError(
      "AccessDenied",
      "Access Denied: whoever may not list the bucket is not told that an object is missing.",
      403,
    );
  }
  throw versionId === undefined
    ? new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: key })
    : new AwsError("NoSuchVersion", "The specified version does not exist.", 404, { Key: key, VersionId: versionId });
}

export function versionHeaders({ bucket }: Pick<Target, "bucket">, version: ObjectVersion): Record<string, string> {
  return {
    etag: `"${version.etag}"`,
    "last-modified": new Date(version.lastModified).toUTCString(),
    ...(bucket.versioned ? { "x-amz-version-id": version.versionId } : {}),
  };
}

function chosenHeaders(query: URLSearchParams): Record<string, string> {
  return Object.fromEntries(
    overrides.flatMap((name) => query.getAll(`response-${name}`).map((value) => [name, value])),
  );
}
