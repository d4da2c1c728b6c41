import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { sidecarSuffix } from "../../case/drop.ts";
import type { Intake } from "../../case/open-case.ts";
import type { SubmitCasePorts } from "../../case/submit-case.ts";
import { type DropMetadata, dropMetadata } from "../../contracts/case.ts";
import { uploadExpirySeconds } from "../../contracts/limits.ts";
import type { Documents } from "../../reading/reading.ts";
import { isMissing } from "./missing.ts";

/** Largest sidecar that is read, in bytes; three short values fit many times. */
const maxSidecarBytes = 16 * 1024;

export function s3IntakeMetadata({ client, bucket }: { client: S3Client; bucket: string }): Intake {
  return {
    metadata: async ({ key, versionId }) => {
      const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
      const { submitter, reference, "due-at": dueAt } = head.Metadata ?? {};
      const own = dropped({ submitter: decoded(submitter), reference: decoded(reference), dueAt });
      if (own.problem) return own;
      const sidecar = await sidecarOf(key);
      return sidecar.problem ? sidecar : { metadata: { ...own.metadata, ...sidecar.metadata }, problem: null };
    },
  };

  async function sidecarOf(key: string): Promise<Told> {
    try {
      const { Body, ContentLength } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: `${key}${sidecarSuffix}` }),
      );
      if ((ContentLength ?? 0) > maxSidecarBytes)
        return unreadable(`The sidecar is larger than ${maxSidecarBytes} bytes`);
      return dropped(JSON.parse((await Body?.transformToString("utf-8")) ?? ""));
    } catch (error) {
      if (isMissing(error)) return dropped({});
      if (error instanceof SyntaxError) return unreadable("The sidecar is not JSON");
      throw error;
    }
  }
}

interface Told {
  readonly metadata: DropMetadata;
  readonly problem: string | null;
}
const unreadable = (problem: string): Told => ({ metadata: {}, problem });

/** Metadata as told, or the first thing that is wrong with it; never in the words of whoever wrote it. */
function dropped(told: unknown): Told {
  const parsed = dropMetadata.safeParse(told);
  if (parsed.success) {
    const { submitter, reference, dueAt } = parsed.data;
    const metadata = {
      ...(submitter !== undefined && { submitter }),
      ...(reference !== undefined && { reference }),
      ...(dueAt !== undefined && { dueAt }),
    };
    return { metadata, problem: null };
  }
  const [issue] = parsed.error.issues;
  return unreadable(`${issue?.path.join(".") || "metadata"}: ${issue?.message ?? "is not an object"}`);
}

/** S3 hands metadata beyond ASCII as RFC 2047 encoded words. */
function decoded(value: string | undefined): string | undefined {
  return value?.replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, encoding: string, text: string) =>
    encoding.toLowerCase() === "b"
      ? Buffer.from(text, "base64").toString("utf-8")
      : Buffer.from(
          text
            .replaceAll("_", " ")
            .replaceAll(/=([0-9a-f]{2})/gi, (__, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          "latin1",
        ).toString("utf-8"),
  );
}

export function s3Documents({ client }: { client: S3Client }): Documents {
  return {
    read: async ({ bucket, key, versionId }) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
      if (!Body) throw new Error("S3 answered without a body.");
      return Body.transformToByteArray();
    },
  };
}

/** The client must be made with `requestChecksumCalculation: "WHEN_REQUIRED"`, or the signature covers the empty body's checksum. */
export function s3Uploads({ client, bucket }: { client: S3Client; bucket: string }): SubmitCasePorts["uploads"] {
  return {
    presign: async (key, { contentType, sizeBytes }) => {
      const command = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ContentType: contentType,
        ContentLength: sizeBytes,
      });
      const signed = new Set(["content-length", "content-type"]);
      const url = await getSignedUrl(client, command, {
        expiresIn: uploadExpirySeconds,
        signableHeaders: signed,
        unhoistableHeaders: signed,
      });
      return { url, headers: { "content-type": contentType, "content-length": String(sizeBytes) } };
    },
  };
}
