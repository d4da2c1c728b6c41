import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { givenS3, intake, newDirectory, outcomes } from "./running-s3.ts";

const fiveMebibytes = 5 * 1024 * 1024;

const begin = async (client: S3Client, Bucket = outcomes) => {
  const created = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key: "scan.pdf", ContentType: "application/pdf" }),
  );
  return { Bucket, Key: "scan.pdf", UploadId: created.UploadId };
};

const uploadPart = async (
  client: S3Client,
  upload: Awaited<ReturnType<typeof begin>>,
  PartNumber: number,
  Body: Uint8Array,
) => {
  const { ETag } = await client.send(new UploadPartCommand({ ...upload, PartNumber, Body }));
  return { PartNumber, ETag };
};

describe("a multipart upload", () => {
  it("becomes one object, read whole and across its parts", async () => {
    const { client, events } = await givenS3();
    const upload = await begin(client, intake);
    const [first, second] = [Buffer.alloc(fiveMebibytes, "a"), Buffer.from("the end")];
    const Parts = [await uploadPart(client, upload, 1, first), await uploadPart(client, upload, 3, second)];
    const { ETag } = await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    const whole = await client.send(new GetObjectCommand({ Bucket: intake, Key: "scan.pdf" }));
    expect(whole.ContentType).toBe("application/pdf");
    expect(Buffer.concat([first, second]).equals((await whole.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(
      true,
    );
    const Range = `bytes=${fiveMebibytes - 2}-${fiveMebibytes + 2}`;
    const across = await client.send(new GetObjectCommand({ Bucket: intake, Key: "scan.pdf", Range }));
    expect(await across.Body?.transformToString()).toBe("aathe");
    await expect.poll(() => events.map(({ detail }) => detail.reason)).toEqual(["CompleteMultipartUpload"]);
  });

  it("is completed once, even when two complete it at the same time", async () => {
    const { client, directory } = await givenS3();
    const upload = await begin(client);
    const Parts = [await uploadPart(client, upload, 1, Buffer.from("only"))];
    const complete = () => client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    const outcomesOfBoth = await Promise.allSettled([complete(), complete()]);
    expect(outcomesOfBoth.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await (await client.send(new GetObjectCommand(upload))).Body?.transformToString()).toBe("only");
    expect(readdirSync(join(directory, "objects"))).toHaveLength(1);
  });

  it("outlives a restart and can be aborted, leaving nothing", async () => {
    const directory = newDirectory();
    const before = await givenS3({ directory });
    const upload = await begin(before.client);
    await uploadPart(before.client, upload, 1, Buffer.from("first"));
    await before.close();
    const { client } = await givenS3({ directory });
    expect(readdirSync(join(directory, "objects"))).toHaveLength(1);
    await client.send(new AbortMultipartUploadCommand(upload));
    expect(readdirSync(join(directory, "objects"))).toHaveLength(0);
    await expect(uploadPart(client, upload, 2, Buffer.from("late"))).rejects.toMatchObject({ name: "NoSuchUpload" });
  });

  it.each([
    ["parts in the wrong order", [2, 1], "InvalidPartOrder"],
    ["a part that was not uploaded", [1, 4], "InvalidPart"],
    ["a part too small to stand before another", [1, 2], "EntityTooSmall"],
  ])("is refused with %s", async (_, numbers, name) => {
    const { client } = await givenS3();
    const upload = await begin(client);
    const parts = [
      await uploadPart(client, upload, 1, Buffer.from("a")),
      await uploadPart(client, upload, 2, Buffer.from("b")),
    ];
    const Parts = numbers.map(
      (PartNumber) => parts.find((part) => part.PartNumber === PartNumber) ?? { PartNumber, ETag: '"x"' },
    );
    const call = client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
    await expect(call).rejects.toMatchObject({ name });
  });

  it("stays open when its condition fails", async () => {
    const { client } = await givenS3();
    const upload = await begin(client);
    const Parts = [await uploadPart(client, upload, 1, Buffer.from("upload"))];
    await client.send(new PutObjectCommand({ ...upload, Body: "there already" }));
    const complete = (IfNoneMatch?: string) =>
      client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, IfNoneMatch }));
    await expect(complete("*")).rejects.toMatchObject({ name: "PreconditionFailed" });
    await complete();
    expect(await (await client.send(new GetObjectCommand(upload))).Body?.transformToString()).toBe("upload");
  });
});
