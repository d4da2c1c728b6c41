import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import * as z from "zod";
import type { Template } from "../template/template.ts";

/** One file of a bucket deployment, as S3 would hold it. */
export interface DeployedFile {
  readonly content: Buffer;
  readonly contentType: string;
  /** Quoted, as an HTTP header has it. */
  readonly etag: string;
  readonly cacheControl?: string;
}

/** A bucket deployment uses more than is imitated. */
class DeploymentNotImitatedError extends Error {
  override readonly name = "DeploymentNotImitatedError";
}

const shape = z.object({
  SourceObjectKeys: z.array(z.string()),
  SourceMarkers: z.array(z.record(z.string(), z.unknown())).default([]),
  SourceMarkersConfig: z
    .array(
      z.object({
        jsonEscape: z.union([z.boolean(), z.stringbool()]).default(false),
        markerEncodings: z.record(z.string(), z.enum(["LITERAL", "UNQUOTED_JSON_VALUE", "JSON_VALUE"])).default({}),
      }),
    )
    .default([]),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(""),
  SystemMetadata: z.record(z.string(), z.string()).default({}),
});

/** Files by bucket name, then by key. What the deployment's own Lambda does on AWS, its markers filled in. */
export function readDeployedFiles(
  template: Template,
  localise: (text: string) => string,
): ReadonlyMap<string, ReadonlyMap<string, DeployedFile>> {
  const buckets = new Map<string, Map<string, DeployedFile>>();
  for (const { logicalId, properties } of template.ofType("Custom::CDKBucketDeployment")) {
    const { success, data, error } = shape.safeParse(properties);
    if (!success) throw new DeploymentNotImitatedError(`${logicalId}: ${z.prettifyError(error)}`);
    const files = buckets.get(data.DestinationBucketName) ?? new Map<string, DeployedFile>();
    buckets.set(data.DestinationBucketName, files);
    const cacheControl = data.SystemMetadata["cache-control"];
    for (const [index, objectKey] of data.SourceObjectKeys.entries()) {
      const markers = data.SourceMarkers[index] ?? {};
      const config = data.SourceMarkersConfig[index];
      const values = Object.entries(markers).map(([marker, value]) => {
        const encoding = config?.markerEncodings[marker] ?? (config?.jsonEscape ? "UNQUOTED_JSON_VALUE" : "LITERAL");
        return [marker, encoded(value, encoding)] as const;
      });
      const directory = template.assetPath(objectKey);
      for (const path of readdirSync(directory, { recursive: true, withFileTypes: true })) {
        if (!path.isFile()) continue;
        const file = join(path.parentPath, path.name);
        const key =
          data.DestinationBucketKeyPrefix +
          file
            .slice(directory.length + 1)
            .split(sep)
            .join("/");
        const content = filled(readFileSync(file), values, localise);
        files.set(key, {
          content,
          contentType: contentTypeOf(key),
          etag: `"${createHash("md5").update(content).digest("hex")}"`,
          ...(cacheControl === undefined ? {} : { cacheControl }),
        });
      }
    }
  }
  return buckets;
}

/** As the deployment's own Lambda fills a marker in. @see aws-cdk, bucket-deployment-handler */
function encoded(value: unknown, encoding: "LITERAL" | "UNQUOTED_JSON_VALUE" | "JSON_VALUE"): string {
  if (typeof value !== "string") return JSON.stringify(value);
  if (encoding === "LITERAL") return value;
  return encoding === "JSON_VALUE" ? JSON.stringify(value) : JSON.stringify(value).slice(1, -1);
}

function filled(
  content: Buffer,
  values: readonly (readonly [marker: string, value: string])[],
  localise: (text: string) => string,
): Buffer {
  if (values.length === 0) return content;
  const text = values.reduce((result, [marker, value]) => result.replaceAll(marker, value), content.toString("utf8"));
  return Buffer.from(localise(text)); // only now: a marker may stand for a part of an address
}

const contentTypes: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  mjs: "text/javascript",
  css: "text/css",
  json: "application/json",
  map: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  woff2: "font/woff2",
  txt: "text/plain",
  webmanifest: "application/manifest+json",
};

/** By the ending, as `aws s3 cp` guesses it. */
function contentTypeOf(key: string): string {
  return contentTypes[key.split(".").at(-1)?.toLowerCase() ?? ""] ?? "binary/octet-stream";
}
