import { createRemoteJWKSet, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Clock } from "../clock/clock.ts";
import type { JwtAuthorizer } from "./declared-api.ts";

/** Claims as a Lambda behind an HTTP API receives them: text, all of it. */
export interface Authorization {
  readonly claims: Readonly<Record<string, string>>;
  readonly scopes: readonly string[];
}

type Verdict =
  | { readonly status: 200; readonly authorization: Authorization }
  /** No token, or not one to trust. */
  | { readonly status: 401 }
  /** A good token without a scope that the route asks for. */
  | { readonly status: 403 };

export interface AuthorizerOptions {
  readonly clock: Clock;
  /** Address of an issuer on this machine. */
  localise(issuer: string): string;
  /** @default fetched from the issuer, and kept as API Gateway does */
  readonly keysOf?: (issuer: string) => JWTVerifyGetKey;
}

export type Authorizer = (authorizer: JwtAuthorizer, scopes: readonly string[], header?: string) => Promise<Verdict>;

/** The JWT authorizer of an HTTP API. @see API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers" */
export function createAuthorizer({ clock, localise, keysOf = remoteKeys }: AuthorizerOptions): Authorizer {
  const keys = new Map<string, JWTVerifyGetKey>();
  return async ({ issuer: declaredIssuer, audience }, scopes, header = "") => {
    const issuer = localise(declaredIssuer);
    let getKey = keys.get(issuer);
    if (!getKey) {
      getKey = keysOf(issuer);
      keys.set(issuer, getKey);
    }
    const token = header.replace(/^Bearer +/i, "");
    let payload: JWTPayload;
    try {
      const options = { issuer, algorithms: ["RS256"], currentDate: clock.now(), requiredClaims: ["exp"] };
      ({ payload } = await jwtVerify(token, getKey, options));
    } catch {
      return { status: 401 };
    }
    if (!meantForUs(payload, audience) || isFromTheFuture(payload, clock.now())) return { status: 401 };
    const held = scopesOf(payload);
    const granted = scopes.filter((scope) => held.includes(scope));
    if (scopes.length > 0 && granted.length === 0) return { status: 403 };
    return { status: 200, authorization: { claims: asText(payload), scopes: granted } };
  };
}

const remoteKeys = (issuer: string) => createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

/** `client_id` counts only where there is no `aud`: Cognito's access tokens have none. */
function meantForUs({ aud, client_id }: JWTPayload, audience: readonly string[]): boolean {
  const named = aud === undefined ? [client_id] : [aud].flat();
  return named.some((name) => typeof name === "string" && audience.includes(name));
}

/** API Gateway takes no token that says it is still to be issued. */
const isFromTheFuture = ({ iat }: JWTPayload, now: Date): boolean => iat !== undefined && iat > now.getTime() / 1000;

function scopesOf({ scope, scp }: JWTPayload): readonly string[] {
  const held = scope ?? scp;
  if (Array.isArray(held)) return held.map(String);
  return typeof held === "string" ? held.split(" ") : [];
}

/** API Gateway flattens claims; a list becomes `[a b]`. */
function asText(payload: JWTPayload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(" ")}]` : typeof value === "object" ? JSON.stringify(value) : String(value),
    ]),
  );
}
