import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import type { Write } from "../storage/storage.ts";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsResponse } from "../wire/service.ts";
import { checksumHeaders, verifiedChecksums } from "./checksums.ts";
import { checkWriteConditions } from "./conditions.ts";
import { versionHeaders } from "./get-object.ts";
import { storedHeaders } from "./object-headers.ts";
import { md5 } from "./put-object.ts";
import { createVersion, type Store } from "./store.ts";
import type { Target } from "./target.ts";
import { parseXml, xml } from "./xml.ts";

/** @see S3 user guide, "Multipart upload limits" */
const maxPartNumber = 10_000;
const minPartBytes = 5 * 1024 * 1024;

const upload = z.object({
  uploadId: z.string(),
  bucket: z.string(),
  key: z.string(),
  headers: z.record(z.string(), z.string()),
});

const part = z.object({
  number: z.number(),
  etag: z.string(),
  checksums: z.record(z.string(), z.string()),
  blob: z.object({ name: z.string(), size: z.number() }),
});

type Upload = z.infer<typeof upload>;
type Part = z.infer<typeof part>;

const uploadKey = (uploadId: string) => `upload/${uploadId}`;
const partPrefix = (uploadId: string) => `part/${uploadId}/`;
const partKey = (uploadId: string, number: number) => partPrefix(uploadId) + String(number).padStart(5, "0");

export async function createUpload(target: Target): Promise<AwsResponse> {
  const { store, bucket, key, headers } = target;
  target.allow("PutObject", "object");
  const created: Upload = { uploadId: randomUUID(), bucket: bucket.name, key, headers: storedHeaders(headers) };
  await store.journal.append([{ key: uploadKey(created.uploadId), value: created }]);
  return {
    status: 200,
    headers: { "content-type": "application/xml" },
    body: xml("InitiateMultipartUploadResult", { Bucket: bucket.name, Key: key, UploadId: created.uploadId }),
  };
}

export async function uploadPart(target: Target): Promise<AwsResponse> {
  const { store, headers, query, body } = target;
  target.allow("PutObject", "object");
  if (headers["x-amz-copy-source"] !== undefined) throw new NotImitatedError("UploadPartCopy");
  const { uploadId } = await theUpload(target);
  const number = Number(query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > maxPartNumber) {
    throw new AwsError(
      "InvalidArgument",
      `Part number must be an integer between 1 and ${maxPartNumber}, not "${query.get("partNumber")}"`,
    );
  }
  const checksums = verifiedChecksums(body, headers);
  const uploaded: Part = { number, etag: md5(body), checksums, blob: await store.blobs.write(body) };
  const replaced = (await partsOf(store, uploadId)).find((old) => old.number === number);
  await store.journal.append([{ key: partKey(uploadId, number), value: uploaded }]);
  if (replaced) await store.blobs.remove([replaced.blob]);
  return { status: 200, headers: { etag: `"${uploaded.etag}"`, ...checksumHeaders(checksums) } };
}

const completion = z.object({
  CompleteMultipartUpload: z.object({
    Part: z.array(z.object({ PartNumber: z.coerce.number().int(), ETag: z.string() })).min(1),
  }),
});

/** The parts' files become the object's, as they lie; nothing is copied. */
export async function completeUpload(target: Target): Promise<AwsResponse> {
  const { store, bucket, key, headers, body } = target;
  target.allow("PutObject", "object");
  if (Object.keys(headers).some((name) => /^x-amz-checksum-(crc|sha)/.test(name))) {
    throw new NotImitatedError("a checksum over a whole multipart upload; each part's own is verified");
  }
  const { uploadId, headers: stored } = await theUpload(target);
  const wanted = parseXml(body, completion, ["Part"]).CompleteMultipartUpload.Part;
  const uploaded = await partsOf(store, uploadId);
  const parts = chosenParts(wanted, uploaded);
  const digests = createHash("md5");
  for (const { etag } of parts) digests.update(Buffer.from(etag, "hex"));
  const fresh = {
    key,
    deleteMarker: false,
    size: parts.reduce((sum, { blob }) => sum + blob.size, 0),
    etag: `${digests.digest("hex")}-${parts.length}`,
    headers: stored,
    checksums: {},
    blobs: parts.map(({ blob }) => blob),
  };
  // From here to the index nothing waits: of two that complete the same upload at once, the second finds it finished.
  if (store.finishedUploads.has(uploadId)) throw noSuchUpload();
  checkWriteConditions(headers, store.index.latest(bucket.name, key));
  store.finishedUploads.add(uploadId);
  const version = await createVersion(store, {
    bucket,
    fresh,
    headers,
    reason: "CompleteMultipartUpload",
    more: forget(uploadId, uploaded),
  });
  await store.blobs.remove(uploaded.filter((other) => !parts.includes(other)).map(({ blob }) => blob));
  const { etag: _, "last-modified": __, ...ids } = versionHeaders(target, version);
  return {
    status: 200,
    headers: { ...ids, "content-type": "application/xml" },
    body: xml("CompleteMultipartUploadResult", { Bucket: bucket.name, Key: key, ETag: `"${version.etag}"` }),
  };
}

/** @throws {AwsError} InvalidPartOrder, InvalidPart or EntityTooSmall, in this order. */
function chosenParts(
  wanted: readonly { PartNumber: number; ETag: string }[],
  uploaded: readonly Part[],
): readonly Part[] {
  if (wanted.some(({ PartNumber }, index) => PartNumber <= (wanted[index - 1]?.PartNumber ?? 0))) {
    throw new AwsError("InvalidPartOrder", "The list of parts was not in ascending order.");
  }
  const parts = wanted.map(({ PartNumber, ETag }) => {
    const found = uploaded.find(({ number, etag }) => number === PartNumber && etag === ETag.replaceAll('"', ""));
    if (found) return found;
    throw new AwsError("InvalidPart", `Part ${PartNumber} was not uploaded, or under another ETag than ${ETag}.`);
  });
  const small = parts.slice(0, -1).find(({ blob }) => blob.size < minPartBytes);
  if (!small) return parts;
  throw new AwsError(
    "EntityTooSmall",
    `Part ${small.number} is smaller than ${minPartBytes} bytes, the least for all but the last.`,
  );
}

export async function abortUpload(target: Target): Promise<AwsResponse> {
  const { store } = target;
  target.allow("AbortMultipartUpload", "object");
  const { uploadId } = await theUpload(target);
  const parts = await partsOf(store, uploadId);
  if (store.finishedUploads.has(uploadId)) throw noSuchUpload();
  store.finishedUploads.add(uploadId);
  await store.journal.append(forget(uploadId, parts));
  await store.blobs.remove(parts.map(({ blob }) => blob));
  return { status: 204 };
}

/** Files of parts whose upload is neither complete nor aborted; forgets parts that came when theirs already was. */
export async function pendingBlobNames({ storage }: Pick<Store, "storage">): Promise<readonly string[]> {
  const uploads = new Set<string>();
  for await (const [, value] of storage.entries("upload/")) uploads.add(partPrefix(upload.parse(value).uploadId));
  const names: string[] = [];
  const late: Write[] = [];
  for await (const [key, value] of storage.entries("part/")) {
    if (uploads.has(key.slice(0, key.lastIndexOf("/") + 1))) names.push(part.parse(value).blob.name);
    else late.push({ key, delete: true });
  }
  await storage.write(late);
  return names;
}

const forget = (uploadId: string, parts: readonly Part[]): readonly Write[] =>
  [uploadKey(uploadId), ...parts.map(({ number }) => partKey(uploadId, number))].map((key) => ({ key, delete: true }));

/** @throws {AwsError} NoSuchUpload when it was never begun, is finished, or belongs to another key. */
async function theUpload({ store, bucket, key, query }: Target): Promise<Upload> {
  const known = upload.safeParse(await store.storage.get(uploadKey(query.get("uploadId") ?? "")));
  if (known.success && known.data.bucket === bucket.name && known.data.key === key) return known.data;
  throw noSuchUpload();
}

const noSuchUpload = () =>
  new AwsError("NoSuchUpload", "The specified upload does not exist. It may have been aborted or completed.", 404);

async function partsOf({ storage }: Store, uploadId: string): Promise<readonly Part[]> {
  const parts: Part[] = [];
  for await (const [, value] of storage.entries(partPrefix(uploadId))) parts.push(part.parse(value));
  return parts;
}
