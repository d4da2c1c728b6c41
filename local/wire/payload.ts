import { AwsError } from "./aws-error.ts";
import { hmac, sha256, type UnverifiedRequest } from "./canonical-request.ts";
import { sameSignature, type VerifiedSignature, wrongSignature } from "./signature.ts";

/** A body as the client meant it, with the headers that followed it. */
export interface Payload {
  readonly body: Buffer;
  /** Headers sent after the body, such as `x-amz-checksum-crc32`. */
  readonly trailers: Readonly<Record<string, string>>;
}

const emptyHash = sha256("");

/**
 * Checks the body against what the signature says of it, and undoes `aws-chunked`.
 *
 * @throws {AwsError} when a hash, a chunk's signature or the stated length is wrong.
 * @see S3 API reference, "Signature calculations for the Authorization header: transferring payload in multiple chunks"
 */
export function readPayload(request: UnverifiedRequest, signature: VerifiedSignature): Payload {
  const { payloadHash, scope } = signature;
  switch (payloadHash) {
    case "UNSIGNED-PAYLOAD":
      return { body: request.body, trailers: {} };
    case "STREAMING-UNSIGNED-PAYLOAD-TRAILER":
      return decode(request);
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD":
    case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER":
      return decode(request, signature);
    default:
      if (sha256(request.body) === payloadHash) return { body: request.body, trailers: {} };
      throw scope.service === "s3"
        ? new AwsError(
            "XAmzContentSHA256Mismatch",
            "The provided 'x-amz-content-sha256' header does not match what was computed.",
          )
        : wrongSignature(scope.service);
  }
}

/** Chunks are `length[;chunk-signature=…]CRLF data CRLF`, the last of length 0, then trailers, then an empty line. */
function decode({ body, headers }: UnverifiedRequest, signature?: VerifiedSignature): Payload {
  const chunks: Buffer[] = [];
  let position = 0;
  let previous = signature?.signature ?? "";
  const line = () => {
    const end = body.indexOf("\r\n", position);
    if (end < 0) throw malformed("a line without an end");
    const text = body.toString("latin1", position, end);
    position = end + 2;
    return text;
  };
  for (;;) {
    const [lengthText = "", extension = ""] = line().split(";");
    if (!/^[0-9a-fA-F]{1,8}$/.test(lengthText)) throw malformed(`a chunk of length "${lengthText}"`);
    const length = Number.parseInt(lengthText, 16);
    const data = body.subarray(position, position + length);
    if (data.length < length) throw malformed("a chunk shorter than it says");
    if (signature) previous = checkChunk(data, extension, previous, signature);
    if (length === 0) break;
    chunks.push(data);
    position += length;
    if (line() !== "") throw malformed("a chunk longer than it says");
  }
  const trailers = readTrailers(
    line,
    headers,
    signature?.payloadHash.endsWith("-TRAILER") === true ? { previous, signature } : undefined,
  );
  const decoded = Buffer.concat(chunks);
  const stated = headers["x-amz-decoded-content-length"];
  if (stated !== undefined && Number(stated) !== decoded.length) {
    throw malformed(`${decoded.length} bytes where x-amz-decoded-content-length says ${stated}`);
  }
  return { body: decoded, trailers };
}

function checkChunk(
  data: Buffer,
  extension: string,
  previous: string,
  { key, scope, signedAt }: VerifiedSignature,
): string {
  const claimed = /^chunk-signature=([0-9a-f]{64})$/.exec(extension)?.[1] ?? "";
  const text = ["AWS4-HMAC-SHA256-PAYLOAD", signedAt, scopeText(scope), previous, emptyHash, sha256(data)].join("\n");
  if (!sameSignature(hmac(key, text), claimed)) throw wrongSignature(scope.service);
  return claimed;
}

function readTrailers(
  line: () => string,
  headers: UnverifiedRequest["headers"],
  signed: { previous: string; signature: VerifiedSignature } | undefined,
): Record<string, string> {
  const trailers: Record<string, string> = {};
  const announced = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim().toLowerCase());
  // Checksums only: a trailer need not be signed, and must not stand in for a header that is.
  const declared = new Set([
    "x-amz-trailer-signature",
    ...announced.filter((name) => name.startsWith("x-amz-checksum-")),
  ]);
  for (let text = line(); text !== ""; text = line()) {
    const colon = text.indexOf(":");
    if (colon < 1) throw malformed(`a trailer "${text}"`);
    const name = text.slice(0, colon).trim().toLowerCase();
    if (!declared.has(name)) throw malformed(`the trailer "${name}", which x-amz-trailer does not announce`);
    trailers[name] = text.slice(colon + 1).trim();
  }
  const { "x-amz-trailer-signature": claimed = "", ...rest } = trailers;
  if (!signed) return rest;
  const { key, scope, signedAt } = signed.signature;
  const hashed = sha256(
    Object.entries(rest)
      .map(([name, value]) => `${name}:${value}\n`)
      .join(""),
  );
  const text = ["AWS4-HMAC-SHA256-TRAILER", signedAt, scopeText(scope), signed.previous, hashed].join("\n");
  if (!sameSignature(hmac(key, text), claimed)) throw wrongSignature(scope.service);
  return rest;
}

const scopeText = ({ date, region, service }: VerifiedSignature["scope"]) =>
  `${date}/${region}/${service}/aws4_request`;

const malformed = (what: string) => new AwsError("IncompleteBody", `The aws-chunked body holds ${what}.`);
