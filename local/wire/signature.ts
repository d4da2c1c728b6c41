import { timingSafeEqual } from "node:crypto";
import type { Credentials } from "../iam/credentials.ts";
import type { Principal } from "../iam/principal.ts";
import { region } from "../template/physical-name.ts";
import { AwsError } from "./aws-error.ts";
import {
  canonicalRequest,
  hmac,
  type SigningScope,
  sha256,
  signingKey,
  type UnverifiedRequest,
} from "./canonical-request.ts";

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

interface ClaimedSignature {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly signedAt: string;
  /** Presigned URLs only; 1 to 604,800 (a week). */
  readonly expiresSeconds?: number;
}

/** AWS tolerates a client's clock this far from its own. */
const maxSkewMilliseconds = 15 * 60 * 1000;
const maxExpiresSeconds = 7 * 24 * 60 * 60;
const algorithm = "AWS4-HMAC-SHA256";

/**
 * Verifies Signature Version 4 in the Authorization header or in a presigned query. Our own, since the SDK's signer makes
 * signatures from parsed requests, while a verifier must judge the bytes that came: raw path, raw query, chunk signatures.
 *
 * @throws {AwsError} with AWS's name for what is missing, unknown, too old or wrong.
 */
export function verifySignature(request: UnverifiedRequest, credentials: Credentials, now: Date): VerifiedSignature {
  const query = new URLSearchParams(request.rawQuery);
  const claimed = query.has("X-Amz-Signature") ? claimedInQuery(query) : claimedInHeader(request.headers);
  const { accessKeyId, scope } = parseCredential(claimed.credential);
  checkTime(claimed, scope, now);
  const known = credentials.lookUp(accessKeyId);
  if (!known) throw unknownKey(scope.service, accessKeyId);
  if (!claimed.signedHeaders.includes("host"))
    throw incomplete("'Host' must be a 'SignedHeader' in the AWS Authorization.");

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

function claimedInHeader({ authorization, "x-amz-date": signedAt }: UnverifiedRequest["headers"]): ClaimedSignature {
  if (authorization === undefined) {
    throw new AwsError("MissingAuthenticationTokenException", "Request is missing Authentication Token.", 403);
  }
  const fields = new Map(
    authorization
      .slice(algorithm.length)
      .split(",")
      .map((field) => field.trim().split("="))
      .map(([name = "", value = ""]) => [name, value]),
  );
  const [credential, signedHeaders, signature] = ["Credential", "SignedHeaders", "Signature"].map((name) =>
    fields.get(name),
  );
  if (!authorization.startsWith(`${algorithm} `) || !credential || !signedHeaders || !signature || !signedAt) {
    throw incomplete(
      `The Authorization header must hold ${algorithm} Credential, SignedHeaders, Signature, beside X-Amz-Date.`,
    );
  }
  return { credential, signedHeaders: signedHeaders.split(";"), signature, signedAt };
}

function claimedInQuery(query: URLSearchParams): ClaimedSignature {
  const [credential, signedHeaders, signature, signedAt, expires] = [
    "X-Amz-Credential",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
    "X-Amz-Date",
    "X-Amz-Expires",
  ].map((name) => query.get(name));
  const expiresSeconds = Number(expires);
  if (
    query.get("X-Amz-Algorithm") !== algorithm ||
    !credential ||
    !signedHeaders ||
    !signature ||
    !signedAt ||
    !expires
  ) {
    throw incomplete(
      "A presigned query needs X-Amz-Algorithm, -Credential, -Date, -Expires, -SignedHeaders and -Signature.",
    );
  }
  if (!Number.isInteger(expiresSeconds) || expiresSeconds < 1 || expiresSeconds > maxExpiresSeconds) {
    throw incomplete(`X-Amz-Expires must be a whole number from 1 to ${maxExpiresSeconds}, not "${expires}".`);
  }
  return { credential, signedHeaders: signedHeaders.split(";"), signature, signedAt, expiresSeconds };
}

function parseCredential(credential: string): { accessKeyId: string; scope: SigningScope } {
  const parts = credential.split("/");
  const [accessKeyId, date, scopeRegion, service, terminator] = parts;
  if (!accessKeyId || !date || !scopeRegion || !service || terminator !== "aws4_request" || parts.length !== 5) {
    throw incomplete(`Credential must be key/date/region/service/aws4_request, not "${credential}".`);
  }
  if (scopeRegion !== region) {
    throw wrongScope(service, `Credential should be scoped to region ${region}, not "${scopeRegion}".`);
  }
  return { accessKeyId, scope: { date, region: scopeRegion, service } };
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

const incomplete = (message: string) => new AwsError("IncompleteSignature", message, 400);

const wrongScope = (service: string, message: string) =>
  new AwsError(service === "s3" ? "AuthorizationHeaderMalformed" : "InvalidSignatureException", message, 400);
