import type { Authorise, Principal, RequestContext } from "../iam/principal.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { AwsRequest } from "../wire/service.ts";
import type { Bucket } from "./buckets.ts";
import { effectiveHeaders } from "./object-headers.ts";
import type { Store } from "./store.ts";

const maxKeyBytes = 1024;

/** One request, its bucket found. */
export interface Target {
  readonly store: Store;
  readonly bucket: Bucket;
  /** Empty for a request on the bucket itself. */
  readonly key: string;
  /** Headers, completed by those that a presigned URL carries in its query. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  /** Throws AccessDenied unless the caller may do this on this object, or on the bucket. */
  readonly allow: (action: string, on: "object" | "bucket", context?: RequestContext) => void;
}

/** @throws {AwsError} InvalidURI, KeyTooLongError, NoSuchBucket. */
export function targetOf(request: AwsRequest, store: Store, authorise: Authorise): Target {
  const { bucketName, key } = parsePath(request.path);
  const bucket = store.buckets.get(bucketName);
  if (!bucket)
    throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: bucketName });
  return {
    store,
    bucket,
    key,
    headers: effectiveHeaders(request.headers, request.query),
    query: request.query,
    body: request.body,
    allow: (action, on, context) => {
      allow(authorise, request.principal, action, on === "object" ? objectArn(bucket, key) : bucket.arn, context);
    },
  };
}

/** `/bucket/any/key`, each byte of the key percent-encoded or not. Dots and empty parts mean themselves: a key is no path. */
export function parsePath(path: string): { bucketName: string; key: string } {
  const [, bucketName = "", ...rest] = path.split("/");
  let key: string;
  try {
    key = decodeURIComponent(rest.join("/"));
  } catch {
    throw new AwsError("InvalidURI", `Couldn't parse the specified URI: ${path}`);
  }
  if (Buffer.byteLength(key) > maxKeyBytes)
    throw new AwsError("KeyTooLongError", `Your key is too long; ${maxKeyBytes} bytes are allowed.`);
  return { bucketName, key };
}

const objectArn = ({ arn }: Bucket, key: string) => `${arn}/${key}`;

/** The check, with the name and status by which S3 refuses. */
export function allow(
  authorise: Authorise,
  principal: Principal,
  action: string,
  resource: string,
  context?: RequestContext,
): void {
  try {
    authorise(principal, `s3:${action}`, resource, context);
  } catch (error) {
    if (error instanceof AwsError && error.name === "AccessDeniedException")
      throw new AwsError("AccessDenied", error.message, 403);
    throw error;
  }
}

export function mayAllow(target: Target, action: string, on: "object" | "bucket"): boolean {
  try {
    target.allow(action, on);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.name === "AccessDenied") return false;
    throw error;
  }
}
