import { createHash, createHmac } from "node:crypto";

/** A request before anyone has judged it. */
export interface UnverifiedRequest {
  readonly method: string;
  /** As sent, percent-encoded, without the query. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly rawQuery: string;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface CanonicalOptions {
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly payloadHash: string;
}

/** The text that both sides hash. @see AWS General Reference, "Create a canonical request" */
export function canonicalRequest(
  request: UnverifiedRequest,
  { service, signedHeaders, payloadHash }: CanonicalOptions,
): string {
  const headers = signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? "").trim().replaceAll(/ +/g, " ")}\n`,
  );
  return [
    request.method,
    canonicalPath(request.path, service),
    canonicalQuery(request.rawQuery),
    headers.join(""),
    signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
}

/** S3 encodes a path once, every other service twice. */
function canonicalPath(path: string, service: string): string {
  if (service !== "s3") return path.split("/").map(encodeRfc3986).join("/");
  return path.split("/").map(decodeLeniently).map(encodeRfc3986).join("/");
}

function canonicalQuery(rawQuery: string): string {
  if (rawQuery === "") return "";
  return rawQuery
    .split("&")
    .map((part) => {
      const [name = "", ...value] = part.replaceAll("+", " ").split("=");
      return [encodeRfc3986(decodeLeniently(name)), encodeRfc3986(decodeLeniently(value.join("=")))] as const;
    })
    .filter(([name]) => name !== "X-Amz-Signature")
    .sort(([a, aValue], [b, bValue]) => compare(a, b) || compare(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const encodeRfc3986 = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Text that is not valid percent-encoding stays as it is: its signature will not match, which is the right answer. */
function decodeLeniently(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export interface SigningScope {
  /** YYYYMMDD */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

export function signingKey(secretAccessKey: string, { date, region, service }: SigningScope): Buffer {
  return [date, region, service, "aws4_request"].reduce<Buffer>(
    (key, part) => hmac(key, part),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

export const hmac = (key: Buffer, text: string) => createHmac("sha256", key).update(text).digest();

export const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");
