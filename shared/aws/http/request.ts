import { createHash } from "node:crypto";
import type { APIGatewayProxyEventV2WithJWTAuthorizer } from "aws-lambda";
import type * as z from "zod";
import { maxBodyBytes } from "../../contracts/limits.ts";
import type { RouteName, routes } from "../../contracts/routes.ts";
import { RequestRefusedError } from "./errors.ts";

type RouteOf<N extends RouteName> = (typeof routes)[N];
type Parsed<N extends RouteName, K extends string> =
  RouteOf<N> extends { readonly [P in K]: infer S extends z.ZodType } ? z.infer<S> : undefined;

/** One call of a route, checked: who asks, for what. */
export interface ApiRequest<N extends RouteName> {
  /** `sub` of the token; for a program its client id. */
  readonly personId: string;
  readonly path: Parsed<N, "pathParameters">;
  readonly query: Parsed<N, "query">;
  readonly body: Parsed<N, "body">;
  /** Null on GET. */
  readonly idempotency: { readonly key: string; readonly fingerprint: string } | null;
}

interface RouteSchemas {
  readonly method: string;
  readonly path: string;
  readonly pathParameters?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly maxBodyBytes?: number;
}

/** Reads an HTTP API event by its route's schemas. @throws {RequestRefusedError} */
export function readRequest(event: APIGatewayProxyEventV2WithJWTAuthorizer, route: RouteSchemas) {
  const claims = event.requestContext.authorizer.jwt.claims;
  const personId = claims.sub ?? claims.client_id;
  if (typeof personId !== "string" || personId === "")
    throw new RequestRefusedError("not-signed-in", "The token names nobody. Sign in again.");
  const text = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString("utf-8") : (event.body ?? "");
  // A path parameter that is not an id cannot name anything.
  const path = route.pathParameters?.safeParse(event.pathParameters ?? {});
  if (path && !path.success) throw new RequestRefusedError("not-found", "There is nothing under this address.");
  return {
    personId,
    path: path?.data,
    query: route.query && parsed(route.query, event.queryStringParameters ?? {}, "query"),
    body: route.body && parsed(route.body, json(text, route.maxBodyBytes ?? maxBodyBytes), "body"),
    idempotency: route.method === "POST" ? idempotencyOf(event, text) : null,
  };
}

function idempotencyOf(event: APIGatewayProxyEventV2WithJWTAuthorizer, text: string) {
  const key = event.headers["idempotency-key"];
  if (!key || !/^[\x21-\x7e]{8,100}$/.test(key)) {
    throw new RequestRefusedError(
      "missing-idempotency-key",
      "Send an Idempotency-Key header of 8 to 100 visible ASCII characters, a new one for each intent.",
    );
  }
  const fingerprint = createHash("sha256").update(`${event.rawPath}\n${text}`).digest("hex");
  return { key, fingerprint };
}

function json(text: string, maxBytes: number): unknown {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > maxBytes) {
    throw new RequestRefusedError("body-too-large", `The body has ${sizeBytes} bytes; at most ${maxBytes} are taken.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestRefusedError("malformed-request", "The body is not JSON. Send application/json in UTF-8.");
  }
}

function parsed<S extends z.ZodType>(schema: S, value: unknown, where: "query" | "body"): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.map((issue) => ({
    pointer: `/${issue.path.map(String).join("/")}`,
    detail: issue.message,
  }));
  throw new RequestRefusedError("malformed-request", `The ${where} does not fit. ${errors[0]?.detail ?? ""}`.trim(), {
    errors,
  });
}
