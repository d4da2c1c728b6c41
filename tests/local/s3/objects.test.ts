import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketAclCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  PutObjectTaggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { givenS3, intake, outcomes } from "./running-s3.ts";

const put = (
  client: S3Client,
  Key: string,
  Body: string | Uint8Array = "invoice",
  more: Partial<PutObjectCommandInput> = {},
) => client.send(new PutObjectCommand({ Bucket: outcomes, Key, Body, ...more }));

const text = async (client: S3Client, Key: string, more: Partial<GetObjectCommandInput> = {}) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: outcomes, Key, ...more }));
  return Body?.transformToString();
};

const failure = (name: string, status: number) => ({
  name,
  $metadata: expect.objectContaining({ httpStatusCode: status }),
});

describe("objects", () => {
  it("come back as they were put, with type, metadata and ETag", async () => {
    const { client } = await givenS3();
    const { ETag } = await put(client, "invoices/a.pdf", "invoice", {
      ContentType: "application/pdf",
      CacheControl: "no-store",
      Metadata: { submitter: "kim", reference: "=?UTF-8?B?w6k=?=" },
    });
    expect(ETag).toBe(`"${createHash("md5").update("invoice").digest("hex")}"`);
    const object = await client.send(new GetObjectCommand({ Bucket: outcomes, Key: "invoices/a.pdf" }));
    expect(await object.Body?.transformToString()).toBe("invoice");
    expect(object).toMatchObject({
      ETag,
      ContentType: "application/pdf",
      CacheControl: "no-store",
      ContentLength: 7,
      Metadata: { submitter: "kim", reference: "=?UTF-8?B?w6k=?=" },
    });
    const head = await client.send(new HeadObjectCommand({ Bucket: outcomes, Key: "invoices/a.pdf" }));
    expect(head).toMatchObject({
      ETag,
      ContentLength: 7,
      ContentType: "application/pdf",
      LastModified: new Date("2026-01-05T09:00:00Z"),
    });
  });

  it("give metadata beyond ASCII back as S3 does", async () => {
    const { client } = await givenS3();
    await put(client, "a", "a", { Metadata: { submitter: "Zoë" } });
    const { Metadata } = await client.send(new HeadObjectCommand({ Bucket: outcomes, Key: "a" }));
    expect(Metadata?.submitter).toBe(`=?UTF-8?B?${Buffer.from("Zoë").toString("base64")}?=`);
  });

  it("have any key of Unicode, spaces and signs, and none becomes a path", async () => {
    const { client, directory } = await givenS3();
    const keys = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .filter((key) => !/^\/|[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(key));
    const fixed = [
      "../../etc/passwd",
      "a/./b//c",
      "100 % + ?&=#.pdf",
      "Rechnung Müller – 発票.pdf",
      "a%2Fb",
      " leading",
      "'!*()",
    ];
    const stored = new Map<string, string>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(keys, fc.constantFrom(...fixed)), fc.string(), async (key, content) => {
        fc.pre(Buffer.byteLength(key) <= 1024);
        await put(client, key, content);
        stored.set(key, content);
        expect(await text(client, key)).toBe(content);
      }),
      { numRuns: 60, examples: fixed.map((key) => [key, key]) },
    );
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: outcomes }));
    const listed = Contents.map(({ Key = "" }) => Key);
    expect(new Set(listed)).toEqual(new Set(stored.keys()));
    expect(listed).toEqual([...listed].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    expect(readdirSync(join(directory, "objects"))).toHaveLength(stored.size); // replaced files are gone
  });

  it.each([
    ["bytes=0-3", 206, "invo", "bytes 0-3/7"],
    ["bytes=4-", 206, "ice", "bytes 4-6/7"],
    ["bytes=-2", 206, "ce", "bytes 5-6/7"],
    ["bytes=5-100", 206, "ce", "bytes 5-6/7"],
  ])("are read in ranges (%s)", async (Range, _, content, ContentRange) => {
    const { client } = await givenS3();
    await put(client, "a");
    const part = await client.send(new GetObjectCommand({ Bucket: outcomes, Key: "a", Range }));
    expect(await part.Body?.transformToString()).toBe(content);
    expect(part.ContentRange).toBe(ContentRange);
  });

  it("refuse a range behind their end", async () => {
    const { client } = await givenS3();
    await put(client, "a");
    await expect(text(client, "a", { Range: "bytes=7-" })).rejects.toMatchObject(failure("InvalidRange", 416));
  });

  it("are empty when nothing is put", async () => {
    const { client } = await givenS3();
    await put(client, "a", "");
    expect(await text(client, "a")).toBe("");
  });

  it("are not sent to who has them already", async () => {
    const { client } = await givenS3();
    const { ETag } = await put(client, "a");
    await expect(text(client, "a", { IfNoneMatch: ETag })).rejects.toMatchObject({
      $metadata: { httpStatusCode: 304 },
    });
    await expect(text(client, "a", { IfMatch: '"other"' })).rejects.toMatchObject(failure("PreconditionFailed", 412));
    expect(await text(client, "a", { IfNoneMatch: '"other"' })).toBe("invoice");
  });

  it("are created once when many would create them", async () => {
    const { client, directory } = await givenS3();
    const race = await Promise.allSettled(
      Array.from({ length: 12 }, (_, racer) => put(client, "a", `racer ${racer}`, { IfNoneMatch: "*" })),
    );
    expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await text(client, "a")).toBe(`racer ${race.findIndex(({ status }) => status === "fulfilled")}`);
    expect(readdirSync(join(directory, "objects"))).toHaveLength(1); // losers leave nothing behind
  });

  it("are replaced only by who saw them last, if asked for", async () => {
    const { client } = await givenS3();
    const { ETag } = await put(client, "a", "first");
    await put(client, "a", "second", { IfMatch: ETag });
    await expect(put(client, "a", "third", { IfMatch: ETag })).rejects.toMatchObject(
      failure("PreconditionFailed", 412),
    );
    await expect(put(client, "none", "x", { IfMatch: ETag })).rejects.toMatchObject(failure("NoSuchKey", 404));
    expect(await text(client, "a")).toBe("second");
  });

  it.each(["CRC32", "CRC32C", "SHA1", "SHA256"] as const)(
    "are verified by their %s, going and coming",
    async (ChecksumAlgorithm) => {
      const { client } = await givenS3();
      const sent = await put(client, "a", "invoice", { ChecksumAlgorithm });
      const read = await client.send(new GetObjectCommand({ Bucket: outcomes, Key: "a", ChecksumMode: "ENABLED" }));
      expect(await read.Body?.transformToString()).toBe("invoice"); // the client verifies what it reads
      expect(read[`Checksum${ChecksumAlgorithm}`]).toBe(sent[`Checksum${ChecksumAlgorithm}`]);
      const wrong = { [`Checksum${ChecksumAlgorithm}`]: sent[`Checksum${ChecksumAlgorithm}`] };
      await expect(put(client, "b", "another", wrong)).rejects.toMatchObject(failure("BadDigest", 400));
    },
  );

  it("are copied with their metadata, or with new", async () => {
    const { client } = await givenS3();
    await put(client, "a b+c.txt", "invoice", { Metadata: { submitter: "kim" }, ContentType: "text/plain" });
    const CopySource = `${outcomes}/${encodeURIComponent("a b+c.txt")}`;
    await client.send(new CopyObjectCommand({ Bucket: intake, Key: "copy", CopySource }));
    const copy = await client.send(new GetObjectCommand({ Bucket: intake, Key: "copy" }));
    expect(copy).toMatchObject({ Metadata: { submitter: "kim" }, ContentType: "text/plain" });
    expect(await copy.Body?.transformToString()).toBe("invoice");
    const replace = { MetadataDirective: "REPLACE", Metadata: { submitter: "lee" } } as const;
    await client.send(new CopyObjectCommand({ Bucket: intake, Key: "copy", CopySource, ...replace }));
    expect((await client.send(new HeadObjectCommand({ Bucket: intake, Key: "copy" }))).Metadata).toEqual({
      submitter: "lee",
    });
  });

  it.each([
    ["longer than S3 allows", "k".repeat(1025), {}, failure("KeyTooLongError", 400)],
    [
      "with more metadata than S3 allows",
      "a",
      { Metadata: { note: "x".repeat(2100) } },
      failure("MetadataTooLarge", 400),
    ],
    ["with tags, which would be lost", "a", { Tagging: "a=b" }, failure("NotImplemented", 501)],
    ["in a colder storage class", "a", { StorageClass: "GLACIER" as const }, failure("NotImplemented", 501)],
  ])("are refused %s", async (_, key, more, expected) => {
    const { client } = await givenS3();
    await expect(put(client, key, "a", more)).rejects.toMatchObject(expected);
  });
});

describe("deleting", () => {
  it("removes an object, and its file", async () => {
    const { client, directory } = await givenS3();
    await put(client, "a");
    await client.send(new DeleteObjectCommand({ Bucket: outcomes, Key: "a" }));
    await client.send(new DeleteObjectCommand({ Bucket: outcomes, Key: "a" })); // again is no error
    await expect(text(client, "a")).rejects.toMatchObject(failure("NoSuchKey", 404));
    expect(readdirSync(join(directory, "objects"))).toEqual([]);
  });

  it("removes many at once, whatever their keys", async () => {
    const { client } = await givenS3();
    const keys = ["a&b<c>", " spaced ", "line\nend", "quote\"'"];
    for (const key of [...keys, "kept"]) await put(client, key);
    const { Deleted, Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket: outcomes, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    );
    expect(Deleted?.map(({ Key }) => Key).sort()).toEqual([...keys].sort());
    expect(Errors).toBeUndefined();
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: outcomes }));
    expect(Contents?.map(({ Key }) => Key)).toEqual(["kept"]);
  });
});

describe("versions", () => {
  it("are all kept and read by id, the newest by default", async () => {
    const { client } = await givenS3();
    const bucket = { Bucket: intake };
    const first = await put(client, "a", "first", bucket);
    const second = await put(client, "a", "second", bucket);
    expect(first.VersionId).not.toBe(second.VersionId);
    expect(await text(client, "a", bucket)).toBe("second");
    expect(await text(client, "a", { ...bucket, VersionId: first.VersionId })).toBe("first");
    await expect(text(client, "a", { ...bucket, VersionId: "none" })).rejects.toMatchObject(
      failure("NoSuchVersion", 404),
    );
  });

  it("are hidden by a delete marker and appear again without it", async () => {
    const { client } = await givenS3();
    const bucket = { Bucket: intake };
    const { VersionId } = await put(client, "a", "first", bucket);
    const marker = await client.send(new DeleteObjectCommand({ ...bucket, Key: "a" }));
    expect(marker.DeleteMarker).toBe(true);
    await expect(text(client, "a", bucket)).rejects.toMatchObject(failure("NoSuchKey", 404));
    await expect(text(client, "a", { ...bucket, VersionId: marker.VersionId })).rejects.toMatchObject(
      failure("MethodNotAllowed", 405),
    );
    expect(await text(client, "a", { ...bucket, VersionId })).toBe("first");
    expect((await client.send(new ListObjectsV2Command(bucket))).KeyCount).toBe(0);
    await client.send(new DeleteObjectCommand({ ...bucket, Key: "a", VersionId: marker.VersionId }));
    expect(await text(client, "a", bucket)).toBe("first");
  });
});

describe("listing", () => {
  const list = async (
    client: S3Client,
    more: { Prefix?: string; Delimiter?: string; MaxKeys?: number; StartAfter?: string },
  ) => {
    const found: string[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await client.send(new ListObjectsV2Command({ Bucket: outcomes, ContinuationToken, ...more }));
      found.push(
        ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix),
        ...(page.Contents ?? []).map(({ Key = "" }) => Key),
      );
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    return found;
  };

  it("finds the same, page size whatever it is", async () => {
    const { client } = await givenS3();
    const keys = ["a/1", "a/2", "a0", "b", "b/c/1", "b/c/2", "b/d", "c/1", "é/1", "😀"];
    for (const key of keys) await put(client, key);
    for (const MaxKeys of [1, 2, 3, 1000]) {
      expect(await list(client, { MaxKeys })).toEqual(keys);
      expect((await list(client, { MaxKeys, Delimiter: "/" })).sort()).toEqual([
        "a/",
        "a0",
        "b",
        "b/",
        "c/",
        "é/",
        "😀",
      ]);
      expect((await list(client, { MaxKeys, Delimiter: "/", Prefix: "b/" })).sort()).toEqual(["b/c/", "b/d"]);
      expect(await list(client, { MaxKeys, Prefix: "a" })).toEqual(["a/1", "a/2", "a0"]);
      expect(await list(client, { MaxKeys, StartAfter: "b/c/1" })).toEqual(["b/c/2", "b/d", "c/1", "é/1", "😀"]);
    }
  });
});

describe("buckets", () => {
  it("are those of the template", async () => {
    const { client } = await givenS3();
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([intake, outcomes]);
    await client.send(new HeadBucketCommand({ Bucket: intake }));
    await client.send(new GetBucketLocationCommand({ Bucket: intake }));
    await expect(put(client, "a", "a", { Bucket: "other" })).rejects.toMatchObject(failure("NoSuchBucket", 404));
  });

  it("refuse what is not imitated, in a sentence", async () => {
    const { client } = await givenS3();
    const acl = client.send(new GetBucketAclCommand({ Bucket: intake }));
    await expect(acl).rejects.toMatchObject({
      name: "NotImplemented",
      message: expect.stringContaining("GET bucket?acl"),
    });
    const tag = client.send(new PutObjectTaggingCommand({ Bucket: intake, Key: "a", Tagging: { TagSet: [] } }));
    await expect(tag).rejects.toMatchObject(failure("NotImplemented", 501));
  });
});

describe("permissions", () => {
  const arn = `arn:aws:s3:::${outcomes}`;
  const allow = (Action: string, Resource: string) => ({ Effect: "Allow" as const, Action, Resource });

  it("are checked for each action on each object", async () => {
    const { client } = await givenS3({
      statements: [allow("s3:PutObject", `${arn}/a*`), allow("s3:GetObject", `${arn}/a`)],
    });
    await put(client, "a");
    expect(await text(client, "a")).toBe("invoice");
    const denied = failure("AccessDenied", 403);
    await expect(put(client, "b")).rejects.toMatchObject(denied);
    await put(client, "ab");
    await expect(text(client, "ab")).rejects.toMatchObject(denied);
    await expect(client.send(new ListObjectsV2Command({ Bucket: outcomes }))).rejects.toMatchObject(denied);
    await expect(client.send(new DeleteObjectCommand({ Bucket: outcomes, Key: "a" }))).rejects.toMatchObject(denied);
    const copy = new CopyObjectCommand({ Bucket: outcomes, Key: "a2", CopySource: `${outcomes}/ab` });
    await expect(client.send(copy)).rejects.toMatchObject(denied);
    const { Errors } = await client.send(
      new DeleteObjectsCommand({ Bucket: outcomes, Delete: { Objects: [{ Key: "a" }] } }),
    );
    expect(Errors).toMatchObject([{ Key: "a", Code: "AccessDenied" }]);
    await expect(text(client, "a", { VersionId: "null" })).rejects.toMatchObject(denied); // needs s3:GetObjectVersion
  });

  it("hide what is missing from who may not list", async () => {
    const { client } = await givenS3({ statements: [allow("s3:GetObject", `${arn}/*`)] });
    await expect(text(client, "none")).rejects.toMatchObject(failure("AccessDenied", 403));
    const listing = await givenS3({ statements: [allow("s3:GetObject", `${arn}/*`), allow("s3:ListBucket", arn)] });
    await expect(text(listing.client, "none")).rejects.toMatchObject(failure("NoSuchKey", 404));
  });
});
