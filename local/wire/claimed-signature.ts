import { region } from "../template/physical-name.ts";
import { AwsError } from "./aws-error.ts";
import type { SigningScope, UnverifiedRequest } from "./canonical-request.ts";

/** What a request says of its own signature; nothing of it is verified yet. */
export interface ClaimedSignature {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly signedAt: string;
  /** Presigned URLs only; 1 to 604,800 (a week). */
  readonly expiresSeconds?: number;
}

const maxExpiresSeconds = 7 * 24 * 60 * 60;
export const algorithm = "AWS4-HMAC-SHA256";

/** Reads the claim from the Authorization header, or from the query of a presigned URL. @throws {AwsError} for what is missing or malformed. */
export function claimedSignature(headers: UnverifiedRequest["headers"], query: URLSearchParams): ClaimedSignature {
  return query.has("X-Amz-Signature") ? claimedInQuery(query) : claimedInHeader(headers);
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

export function parseCredential(credential: string): { accessKeyId: string; scope: SigningScope } {
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

export const incomplete = (message: string) => new AwsError("IncompleteSignature", message, 400);

export const wrongScope = (service: string, message: string) =>
  new AwsError(service === "s3" ? "AuthorizationHeaderMalformed" : "InvalidSignatureException", message, 400);
