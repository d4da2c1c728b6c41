import { join } from "node:path";
import type { Clock } from "../clock/clock.ts";
import { Journal } from "../dynamodb/journal.ts";
import type { Authorise } from "../iam/principal.ts";
import type { Storage } from "../storage/storage.ts";
import { region } from "../template/physical-name.ts";
import type { Template } from "../template/template.ts";
import { NotImitatedError } from "../wire/aws-error.ts";
import type { AwsRequest, AwsResponse, AwsService } from "../wire/service.ts";
import { Blobs } from "./blobs.ts";
import { declaredBuckets } from "./buckets.ts";
import { deleteObject, deleteObjects } from "./delete-objects.ts";
import { getObject } from "./get-object.ts";
import { listObjects } from "./list-objects.ts";
import { abortUpload, completeUpload, createUpload, pendingBlobNames, uploadPart } from "./multipart-upload.ts";
import { Notifications, type PublishEvent } from "./notifications.ts";
import { ObjectIndex } from "./object-index.ts";
import { copyObject, putObject } from "./put-object.ts";
import type { Store } from "./store.ts";
import { allow, type Target, targetOf } from "./target.ts";
import { xml } from "./xml.ts";

export interface S3Options {
  readonly template: Template;
  /** Of this service alone. Whoever opened it closes it, after this service. */
  readonly storage: Storage;
  /** Where the objects' bytes lie. */
  readonly directory: string;
  readonly clock: Clock;
  readonly authorise: Authorise;
  readonly publishEvent: PublishEvent;
  /** Told when the bus refused an event, which is then published again. @default writes to standard error */
  readonly report?: (problem: string, error: unknown) => void;
}

export interface S3 extends AwsService {
  /** Resolves when all that was answered is on disk and no event is under way. */
  close(): Promise<void>;
}

/** S3 over the file system, with the buckets of the template. What it does not imitate it answers with 501. */
export async function openS3(options: S3Options): Promise<S3> {
  const { template, storage, directory, clock, authorise, publishEvent, report = console.error } = options;
  const buckets = declaredBuckets(template);
  const journal = new Journal(storage);
  const notifications = new Notifications(journal, { publishEvent, clock, report });
  const index = new ObjectIndex(buckets.keys(), clock);
  const blobs = new Blobs(join(directory, "objects"));
  const store: Store = { buckets, index, blobs, journal, storage, notifications, clock, finishedUploads: new Set() };
  await index.load(storage);
  await blobs.removeUnknown(new Set([...index.blobNames(), ...(await pendingBlobNames(store))]));
  await notifications.resume(storage);
  return {
    name: "s3",
    handle: async (request) => {
      try {
        return await answer(request, store, authorise);
      } finally {
        await journal.settled(); // neither success nor refusal may rest on what a crash could undo
      }
    },
    close: async () => {
      await notifications.close();
      await journal.settled();
    },
  };
}

async function answer(request: AwsRequest, store: Store, authorise: Authorise): Promise<AwsResponse> {
  if (request.path === "/" && request.method === "GET") return listBuckets(request, store, authorise);
  const target = targetOf(request, store, authorise);
  const onPath = (path: string) => targetOf({ ...request, path, query: new URLSearchParams() }, store, authorise);
  const onKey = (bucketName: string, key: string) => onPath(`/${bucketName}/${encodeURIComponent(key)}`);
  const route = `${request.method} ${target.key === "" ? "bucket" : "object"}${subresource(target)}`;
  switch (route) {
    case "GET bucket":
      return listObjects(target);
    case "GET bucket?location":
      return bucketLocation(target);
    case "HEAD bucket":
      target.allow("ListBucket", "bucket");
      return { status: 200, headers: { "x-amz-bucket-region": region } };
    case "POST bucket?delete":
      return deleteObjects(target, (key) => onKey(target.bucket.name, key));
    case "PUT object":
      return target.headers["x-amz-copy-source"] === undefined ? putObject(target) : copyObject(target, onKey);
    case "GET object":
      return getObject(target, true);
    case "HEAD object":
      return getObject(target, false);
    case "DELETE object":
      return deleteObject(target);
    case "POST object?uploads":
      return createUpload(target);
    case "PUT object?uploadId":
      return uploadPart(target);
    case "POST object?uploadId":
      return completeUpload(target);
    case "DELETE object?uploadId":
      return abortUpload(target);
    default:
      throw new NotImitatedError(`S3's ${route}`);
  }
}

/** Query parameters that choose no other operation. */
const parameters = new Set([
  "list-type",
  "prefix",
  "delimiter",
  "continuation-token",
  "start-after",
  "max-keys",
  "encoding-type",
  "fetch-owner",
  "versionId",
  "partNumber",
  "x-id",
]);

/** The query parameter that makes a request an operation of its own, such as `?uploads`. */
function subresource({ query }: Target): string {
  const names = [...query.keys()].filter((name) => !parameters.has(name) && !/^(x-amz-|response-)/i.test(name));
  return names.length === 0 ? "" : `?${names.sort().join("&")}`;
}

function listBuckets({ principal }: AwsRequest, { buckets, clock }: Store, authorise: Authorise): AwsResponse {
  allow(authorise, principal, "ListAllMyBuckets", "arn:aws:s3:::*");
  const CreationDate = clock.now().toISOString();
  const Bucket = [...buckets.keys()].sort().map((Name) => ({ Name, CreationDate }));
  return {
    status: 200,
    headers: { "content-type": "application/xml" },
    body: xml("ListAllMyBucketsResult", { Buckets: { Bucket } }),
  };
}

/** us-east-1 is named by an empty element, for historical reasons. */
function bucketLocation(target: Target): AwsResponse {
  target.allow("GetBucketLocation", "bucket");
  return { status: 200, headers: { "content-type": "application/xml" }, body: xml("LocationConstraint", {}) };
}
