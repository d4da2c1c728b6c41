import { timingSafeEqual } from "node:crypto";
import type { Credentials } from "../iam/credentials.ts";
import type { Principal } from "../iam/principal.ts";
import { AwsError } from "./aws-error.ts";
import {
  canonicalRequest,
  hmac,
  type SigningScope,
  sha256,
  signingKey,
  type UnverifiedRequest,
} from "./canonical-request.ts";
import {
  algorithm,
  type ClaimedSignature,
  claimedSignature,
  incomplete,
  parseCredential,
  wrongScope,
} from "./claimed-signature.ts";

/** A request whose signature is right. Chunked bodies carry further signatures, made with `key` and chained from `signature`. */
export interface VerifiedSignature {
  readonly principal: Principal;
  readonly scope: SigningScope;
  /** `x-amz-content-sha256` as signed: a hash, or one of the words for unsigned and streaming bodies. */
  readonly payloadHash: string;
  readonly key: Buffer;
  readonly signature: string;
  /** ISO 8601 basic format, as signed. */
  readonly signedAt: string;
}

/** AWS tolerates a client's clock this far from its own. */
const maxSkewMilliseconds = 15 * 60 * 1000;

/**
 * Verifies Signature Version 4 in the Authorization header or in a presigned query. Our own, since the SDK's signer makes
 * signatures from parsed requests, while a verifier must judge the bytes that came: raw path, raw query, chunk signatures.
 *
 * @throws {AwsError} with AWS's name for what is missing, unknown, too old or wrong.
 */
export function verifySignature(request: UnverifiedRequest, credentials: Credentials, now: Date): VerifiedSignature {
  const query = new URLSearchParams(request.rawQuery);
  const claimed = claimedSignature(request.headers, query);
  const { accessKeyId, scope } = parseCredential(claimed.credential);
  checkTime(claimed, scope, now);
  const known = credentials.lookUp(accessKeyId);
  if (!known) throw unknownKey(scope.service, accessKeyId);
  checkSignedHeaders(claimed, request.headers, scope.service);

  const payloadHash = signedPayloadHash(request, query, scope.service);
  const key = signingKey(known.secretAccessKey, scope);
  const canonical = canonicalRequest(request, {
    service: scope.service,
    signedHeaders: claimed.signedHeaders,
    payloadHash,
  });
  const scopeText = `${scope.date}/${scope.region}/${scope.service}/aws4_request`;
  const canonicalBytes = Buffer.from(canonical, "latin1"); // the bytes that came: Node reads headers as Latin-1
  const expected = hmac(key, [algorithm, claimed.signedAt, scopeText, sha256(canonicalBytes)].join("\n"));
  if (!sameSignature(expected, claimed.signature)) throw wrongSignature(scope.service);
  return {
    principal: known.principal,
    scope,
    payloadHash,
    key,
    signature: claimed.signature,
    signedAt: claimed.signedAt,
  };
}

/** Compares in constant time, so that a wrong signature tells nothing about the right one. */
export function sameSignature(expected: Buffer, claimedHex: string): boolean {
  const claimed = Buffer.from(claimedHex, "hex");
  return claimed.length === expected.length && timingSafeEqual(claimed, expected);
}

export function wrongSignature(service: string): AwsError {
  return new AwsError(
    service === "s3" ? "SignatureDoesNotMatch" : "InvalidSignatureException",
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.",
    403,
  );
}

/**
 * The host must be signed, or a request could be replayed against another; on S3 every `x-amz-…` header too, or whoever holds a
 * presigned URL could add metadata to an upload in the signer's name.
 */
function checkSignedHeaders(
  { signedHeaders }: ClaimedSignature,
  headers: UnverifiedRequest["headers"],
  service: string,
): void {
  if (!signedHeaders.includes("host")) throw incomplete("'Host' must be a 'SignedHeader' in the AWS Authorization.");
  const unsigned = Object.keys(headers).filter((name) => name.startsWith("x-amz-") && !signedHeaders.includes(name));
  if (service === "s3" && unsigned.length > 0) {
    throw new AwsError("AccessDenied", "There were headers present in the request which were not signed", 403, {
      HeadersNotSigned: unsigned.join(", "),
    });
  }
}

function checkTime({ signedAt, expiresSeconds }: ClaimedSignature, { date, service }: SigningScope, now: Date): void {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt) ?? [];
  const signed = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(signed)) throw incomplete(`X-Amz-Date must look like 20260105T090000Z, not "${signedAt}".`);
  if (!signedAt.startsWith(date))
    throw wrongScope(service, `The credential's date ${date} is not that of X-Amz-Date ${signedAt}.`);
  const ageMilliseconds = now.getTime() - signed;
  if (
    expiresSeconds === undefined
      ? Math.abs(ageMilliseconds) > maxSkewMilliseconds
      : ageMilliseconds < -maxSkewMilliseconds
  ) {
    throw service === "s3"
      ? new AwsError(
          "RequestTimeTooSkewed",
          "The difference between the request time and the current time is too large.",
          403,
        )
      : new AwsError(
          "InvalidSignatureException",
          `Signature expired or not yet valid: ${signedAt}; it is ${now.toISOString()}.`,
          403,
        );
  }
  if (expiresSeconds !== undefined && ageMilliseconds > expiresSeconds * 1000) {
    throw new AwsError("AccessDenied", "Request has expired", 403, {
      Expires: new Date(signed + expiresSeconds * 1000).toISOString(),
    });
  }
}

/** S3 signs the header's word for the payload; a presigned URL is made before there is a payload. Others sign its hash. */
function signedPayloadHash({ headers, body }: UnverifiedRequest, query: URLSearchParams, service: string): string {
  const stated = headers["x-amz-content-sha256"] ?? query.get("X-Amz-Content-Sha256");
  if (stated) return stated;
  return service === "s3" && query.has("X-Amz-Signature") ? "UNSIGNED-PAYLOAD" : sha256(body);
}

function unknownKey(service: string, accessKeyId: string): AwsError {
  return service === "s3"
    ? new AwsError("InvalidAccessKeyId", `The AWS Access Key Id ${accessKeyId} does not exist in our records.`, 403)
    : new AwsError("UnrecognizedClientException", "The security token included in the request is invalid.");
}
