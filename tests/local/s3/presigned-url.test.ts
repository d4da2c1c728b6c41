import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, it } from "vitest";
import { givenS3, outcomes } from "./running-s3.ts";

const object = { Bucket: outcomes, Key: "pages/1 é.png" };
const arn = `arn:aws:s3:::${outcomes}/*`;

async function givenSigner(...actions: string[]) {
  const given = await givenS3({ statements: [{ Effect: "Allow", Action: actions, Resource: arn }] });
  const signer = new S3Client({
    endpoint: given.url,
    region: "us-east-1",
    credentials: given.credentials.keyOf("Role"),
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  const operator = new S3Client({
    endpoint: given.url,
    region: "us-east-1",
    credentials: given.credentials.keyOf("operator"),
  });
  return { signer, operator };
}

describe("a presigned URL", () => {
  it("reads an object without further credentials", async () => {
    const { signer, operator } = await givenSigner("s3:GetObject");
    await operator.send(new PutObjectCommand({ ...object, Body: "page", ContentType: "image/png" }));
    const url = await getSignedUrl(signer, new GetObjectCommand({ ...object, ResponseCacheControl: "private" }), {
      expiresIn: 60,
    });
    const answer = await fetch(url);
    expect([answer.status, await answer.text()]).toEqual([200, "page"]);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("cache-control")).toBe("private");
    expect((await fetch(url.replace("pages", "other"))).status).toBe(403);
  });

  it("may no more than who signed it, at the time it is used", async () => {
    const { signer, operator } = await givenSigner("s3:PutObject");
    await operator.send(new PutObjectCommand({ ...object, Body: "page" }));
    const answer = await fetch(await getSignedUrl(signer, new GetObjectCommand(object)));
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("is not authorized to perform: s3:GetObject");
  });

  it("uploads just the length and metadata that were signed", async () => {
    const { signer, operator } = await givenSigner("s3:PutObject");
    const command = new PutObjectCommand({ ...object, ContentLength: 7, Metadata: { submitter: "kim" } });
    const url = await getSignedUrl(signer, command, { expiresIn: 60, signableHeaders: new Set(["content-length"]) });
    expect((await fetch(url, { method: "PUT", body: "longer than signed" })).status).toBe(403);
    const headers = { "x-amz-meta-submitter": "lee" };
    expect((await fetch(url, { method: "PUT", body: "invoice", headers })).status).toBe(403);
    expect((await fetch(url, { method: "PUT", body: "invoice" })).status).toBe(200);
    const head = await operator.send(new HeadObjectCommand(object));
    expect(head).toMatchObject({ ContentLength: 7, Metadata: { submitter: "kim" } });
  });
});
