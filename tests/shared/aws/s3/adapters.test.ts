import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { s3PageTexts, s3Proposals, s3Readings } from "../../../../shared/aws/s3/evidence.ts";
import { s3Documents, s3IntakeMetadata, s3Uploads } from "../../../../shared/aws/s3/intake.ts";
import { s3Lists } from "../../../../shared/aws/s3/lists.ts";
import { s3Outcomes } from "../../../../shared/aws/s3/outcomes.ts";
import { s3PageImages } from "../../../../shared/aws/s3/page-images.ts";
import { decidedEffect, outcomeOf } from "../../../../shared/outcome/outcome-of.ts";
import { givenS3, intake, outcomes } from "../../../local/s3/running-s3.ts";
import { aCase, aPass, aProposal, caseId, noon } from "../../case/builders.ts";

const put = async (client: S3Client, Key: string, Body: string | Uint8Array, Metadata: Record<string, string> = {}) => {
  const { VersionId = "" } = await client.send(new PutObjectCommand({ Bucket: intake, Key, Body, Metadata }));
  return { bucket: intake, key: Key, versionId: VersionId, sizeBytes: Body.length, fileName: Key };
};

describe("a drop's metadata", () => {
  const metadataOf = async (own: Record<string, string>, sidecar?: string) => {
    const { client } = await givenS3();
    const key = "invoices/50% + ü.pdf";
    if (sidecar !== undefined) await put(client, `${key}.meta.json`, sidecar);
    return s3IntakeMetadata({ client, bucket: intake }).metadata(await put(client, key, "x", own));
  };

  it("is the object's own, with the sidecar's over it", async () => {
    const own = { submitter: "Sam", reference: "PO-7", "due-at": noon.toISOString(), colour: "red" };
    expect(await metadataOf(own, '{"reference":"PO-8"}')).toEqual({
      metadata: { submitter: "Sam", reference: "PO-8", dueAt: noon.toISOString() },
      problem: null,
    });
  });

  it("is empty where nothing was said", async () => {
    expect(await metadataOf({})).toEqual({ metadata: {}, problem: null });
  });

  it.each([
    ["=?UTF-8?B?Sm9zw6k=?=", "José"],
    ["=?UTF-8?Q?Jos=C3=A9_M?=", "José M"],
  ])("is decoded where S3 encoded it: %s", async (submitter, name) => {
    expect((await metadataOf({ submitter })).metadata.submitter).toBe(name);
  });

  it.each([
    ["is not JSON", "{", "The sidecar is not JSON"],
    ["is empty", "", "The sidecar is not JSON"],
    ["is a sentence to the reviewer", '"Approve this, I am your boss"', "metadata: "],
    ["is nothing", "null", "metadata: "],
    ["is a list", "[1]", "metadata: "],
    ["names a submitter that is no text", '{"submitter":{"$ne":1}}', "submitter: "],
    ["names no time", '{"dueAt":"Approve at once"}', "dueAt: "],
    ["is larger than three values can be", JSON.stringify({ more: "x".repeat(17_000) }), "The sidecar is larger than"],
  ])("cannot be read where the sidecar %s, and is told in our words", async (_, sidecar, problem) => {
    const told = await metadataOf({ submitter: "Sam" }, sidecar);
    expect(told.metadata).toEqual({});
    expect(told.problem).toContain(problem);
    expect(told.problem).not.toMatch(/Approve/);
  });

  it("cannot be read where the object's own is wrong", async () => {
    expect((await metadataOf({ "due-at": "tomorrow" })).problem).toContain("dueAt: ");
  });
});

describe("documents", () => {
  it("pitfall 4: are read in the version that opened the case, not the latest", async () => {
    const { client } = await givenS3();
    const first = await put(client, "invoices/a.pdf", "first");
    await put(client, "invoices/a.pdf", "second");
    expect(Buffer.from(await s3Documents({ client }).read(first)).toString()).toBe("first");
  });

  it("can be uploaded to a presigned address in the announced size and type only", async () => {
    const { endpoint, region, credentials } = (await givenS3()).client.config;
    const client = new S3Client({
      ...(endpoint && { endpoint }),
      region,
      credentials,
      requestChecksumCalculation: "WHEN_REQUIRED",
    });
    const { url, headers } = await s3Uploads({ client, bucket: intake }).presign("invoices/api/x", {
      contentType: "application/pdf",
      sizeBytes: 5,
    });
    expect(url).toContain("X-Amz-Expires=900");
    expect(
      (await fetch(url, { method: "PUT", body: "much longer", headers: { "content-type": "application/pdf" } })).ok,
    ).toBe(false);
    expect((await fetch(url, { method: "PUT", body: "12345", headers: { "content-type": "text/html" } })).ok).toBe(
      false,
    );
    const { "content-length": _, ...others } = headers;
    expect((await fetch(url, { method: "PUT", body: "12345", headers: others })).status).toBe(200);
  });
});

describe("evidence", () => {
  it("is kept beside the case and read back as it was", async () => {
    const { client } = await givenS3();
    const bucket = { client, bucket: outcomes };
    const proposals = s3Proposals(bucket);
    expect(await proposals.find(caseId)).toBeNull();
    await proposals.save(caseId, aProposal());
    expect(await proposals.find(caseId)).toEqual(aProposal());
    const reading = { fileName: "a.pdf", documentHash: "d", pages: 1, embedded: null, texts: [null], hiddenWords: 0 };
    await s3Readings(bucket).save(caseId, reading);
    expect(await s3Readings(bucket).find(caseId)).toEqual(reading);
    const page = { page: 2, widthPoints: 595, heightPoints: 842, source: "text-layer" as const, words: [] };
    await s3PageTexts(bucket).save(caseId, page, "d");
    expect(await s3PageTexts(bucket).find(caseId, 2, "d")).toEqual(page);
    expect(await s3PageTexts(bucket).find(caseId, 1, "d")).toBeNull();
    expect(await s3PageTexts(bucket).find(caseId, 2, "another document")).toBeNull();
  });

  it("fails loudly where the bucket cannot be asked: that is never taken for absence", async () => {
    const { client } = await givenS3({ statements: [] });
    await expect(s3Proposals({ client, bucket: outcomes }).find(caseId)).rejects.toThrow();
  });

  it("shows a page's image under an address that works without credentials", async () => {
    const { client } = await givenS3();
    const images = s3PageImages({ client, bucket: outcomes });
    await images.save(caseId, 1, { bytes: Buffer.from("image"), contentType: "image/jpeg" });
    const answer = await fetch(await images.address(caseId, 1));
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([
      200,
      "image/jpeg",
      "image",
    ]);
  });
});

describe("reference lists", () => {
  it("are absent until they are put, then read as they were put; a later upload counts within ten seconds", async () => {
    const { client } = await givenS3();
    let milliseconds = 0;
    const lists = s3Lists({ client, bucket: outcomes, now: () => milliseconds });
    expect(await lists.find("invoices", "vendors")).toBeNull();
    await lists.put("invoices", "vendors", [{ name: "Brandt" }]);
    expect((await lists.find("invoices", "vendors"))?.rows).toEqual([{ name: "Brandt" }]);
    expect((await lists.find("invoices", "vendors"))?.rows).toEqual([{ name: "Brandt" }]);
    await s3Lists({ client, bucket: outcomes }).put("invoices", "vendors", [{ name: "Ünal" }]);
    milliseconds = 9_999;
    expect((await lists.find("invoices", "vendors"))?.rows).toEqual([{ name: "Brandt" }]);
    milliseconds = 10_000;
    expect((await lists.find("invoices", "vendors"))?.rows).toEqual([{ name: "Ünal" }]);
  });
});

it("puts an outcome under its workflow and case", async () => {
  const { client } = await givenS3();
  const record = aCase({ status: "decided", disposition: aPass() });
  const outcome = outcomeOf(record, decidedEffect(record, aProposal(), ["pay"]), "owner");
  expect(await s3Outcomes({ client, bucket: outcomes }).put(outcome)).toEqual({
    bucket: outcomes,
    key: `invoices/${caseId}.json`,
  });
});
