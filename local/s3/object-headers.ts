import { AwsError, NotImitatedError } from "../wire/aws-error.ts";

/** Largest user metadata of an object, names and values together. @see S3 user guide, "Object metadata" */
const maxMetadataBytes = 2048;
const metadataPrefix = "x-amz-meta-";

const kept = new Set([
  "content-type",
  "cache-control",
  "content-disposition",
  "content-encoding",
  "content-language",
  "expires",
  "x-amz-server-side-encryption",
]);

/** Headers that change what a write means, and that this machine would have to honour to be honest. */
const refused = [
  /^x-amz-tagging$/,
  /^x-amz-object-lock-/,
  /^x-amz-server-side-encryption-customer-/,
  /^x-amz-grant-/,
  /^x-amz-website-redirect-location$/,
  /^x-amz-write-offset-bytes$/,
];

/**
 * What of a request's headers is kept with the object.
 *
 * @throws {AwsError} MetadataTooLarge; {NotImitatedError} for headers whose effect is missing here.
 */
export function storedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const stored: Record<string, string> = { "content-type": "application/octet-stream" };
  let metadataBytes = 0;
  for (const [name, value] of Object.entries(headers)) {
    if (refused.some((pattern) => pattern.test(name))) throw new NotImitatedError(`the header ${name}`);
    if (name === "x-amz-storage-class" && value !== "STANDARD")
      throw new NotImitatedError(`the storage class ${value}`);
    if (name.startsWith(metadataPrefix)) {
      metadataBytes += Buffer.byteLength(name.slice(metadataPrefix.length)) + Buffer.byteLength(value, "latin1");
      stored[name] = asciiHeader(value);
    } else if (kept.has(name)) stored[name] = value;
  }
  const encoding = withoutChunking(stored["content-encoding"]);
  if (encoding === undefined) delete stored["content-encoding"];
  else stored["content-encoding"] = encoding;
  if (metadataBytes > maxMetadataBytes) {
    throw new AwsError(
      "MetadataTooLarge",
      `Your metadata headers hold ${metadataBytes} bytes; ${maxMetadataBytes} are allowed.`,
    );
  }
  return stored;
}

/** `aws-chunked` says how the body travelled, not what it is. */
function withoutChunking(encoding: string | undefined): string | undefined {
  const left = encoding?.split(",").filter((part) => part.trim() !== "aws-chunked");
  return left && left.length > 0 ? left.join(",").trim() : undefined;
}

/** S3 gives metadata beyond ASCII back in the form of RFC 2047. Node reads header bytes as Latin-1; they were UTF-8. */
function asciiHeader(value: string): string {
  if (/^[\t\u0020-\u007e]*$/.test(value)) return value;
  const bytes = Buffer.from(value, "latin1");
  return `=?UTF-8?B?${bytes.toString("base64")}?=`;
}

/**
 * Headers of a request, completed by query parameters: whoever presigns a URL puts `x-amz-…` headers into its query, and S3
 * reads them from there.
 */
export function effectiveHeaders(
  headers: Readonly<Record<string, string>>,
  query: URLSearchParams,
): Record<string, string> {
  const hoisted = [...query].filter(([name]) =>
    /^x-amz-(?!algorithm|credential|date|expires|signedheaders|signature)/i.test(name),
  );
  return { ...Object.fromEntries(hoisted.map(([name, value]) => [name.toLowerCase(), value])), ...headers };
}
