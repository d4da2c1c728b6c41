import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsResponse } from "../wire/service.ts";
import type { Position } from "./object-index.ts";
import type { ObjectVersion } from "./object-version.ts";
import type { Target } from "./target.ts";
import { xml } from "./xml.ts";

const maxKeysLimit = 1000;

interface Page {
  readonly contents: readonly ObjectVersion[];
  readonly commonPrefixes: readonly string[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: Position | undefined;
}

/** ListObjectsV2. */
export async function listObjects(target: Target): Promise<AwsResponse> {
  const { store, bucket, query } = target;
  if (query.get("list-type") !== "2") throw new NotImitatedError("ListObjects version 1; use ListObjectsV2");
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const context = { "s3:prefix": prefix, ...(delimiter === "" ? {} : { "s3:delimiter": delimiter }) };
  target.allow("ListBucket", "bucket", context);
  const maxKeys = Number(query.get("max-keys") ?? maxKeysLimit);
  if (!Number.isInteger(maxKeys) || maxKeys < 0)
    throw new AwsError("InvalidArgument", `max-keys must be 0 or more, not "${query.get("max-keys")}".`);
  const token = query.get("continuation-token") ?? undefined;
  const startAfter = query.get("start-after") ?? undefined;
  const begin = startAfter === undefined ? undefined : { key: startAfter, allUnder: false };
  const versions = store.index.newest(bucket.name, prefix, token === undefined ? begin : decodeToken(token));
  const { contents, commonPrefixes, next } = collect(versions, {
    prefix,
    delimiter,
    limit: Math.min(maxKeys, maxKeysLimit),
  });

  const encode = query.get("encoding-type") === "url" ? encodeKey : (text: string) => text;
  const echoed = {
    ContinuationToken: token,
    StartAfter: startAfter,
    EncodingType: query.get("encoding-type") ?? undefined,
  };
  return {
    status: 200,
    headers: { "content-type": "application/xml" },
    body: xml("ListBucketResult", {
      Name: bucket.name,
      Prefix: encode(prefix),
      Delimiter: delimiter === "" ? undefined : encode(delimiter),
      MaxKeys: maxKeys,
      KeyCount: contents.length + commonPrefixes.length,
      IsTruncated: next !== undefined,
      NextContinuationToken: next === undefined ? undefined : encodeToken(next),
      ...echoed,
      Contents: contents.map(({ key, lastModified, etag, size }) => ({
        Key: encode(key),
        LastModified: lastModified,
        ETag: `"${etag}"`,
        Size: size,
        StorageClass: "STANDARD",
      })),
      CommonPrefixes: commonPrefixes.map((common) => ({ Prefix: encode(common) })),
    }),
  };
}

/** Keys under the prefix; those that go on behind the delimiter are counted once, as their common prefix. */
function collect(
  versions: Iterable<ObjectVersion>,
  { prefix, delimiter, limit }: { prefix: string; delimiter: string; limit: number },
): Page {
  const contents: ObjectVersion[] = [];
  const commonPrefixes: string[] = [];
  let last: Position | undefined;
  for (const version of versions) {
    const { key } = version;
    if (!key.startsWith(prefix)) break;
    const end = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    const common = end < 0 ? undefined : key.slice(0, end + delimiter.length);
    if (common !== undefined && common === commonPrefixes.at(-1)) continue;
    if (contents.length + commonPrefixes.length >= limit) return { contents, commonPrefixes, next: last };
    if (common === undefined) contents.push(version);
    else commonPrefixes.push(common);
    last = common === undefined ? { key, allUnder: false } : { key: common, allUnder: true };
  }
  return { contents, commonPrefixes, next: undefined };
}

const encodeToken = ({ key, allUnder }: Position) =>
  Buffer.from(`${allUnder ? "under" : "key"}:${key}`).toString("base64url");

/** @throws {AwsError} InvalidArgument for a token that this machine did not write. */
function decodeToken(token: string): Position {
  const [, kind, key] = /^(under|key):(.*)$/s.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (key === undefined) throw new AwsError("InvalidArgument", "The continuation token provided is incorrect");
  return { key, allUnder: kind === "under" };
}

const encodeKey = (key: string) => encodeURIComponent(key).replaceAll("%2F", "/");
