import type { APIGatewayProxyEventV2WithJWTAuthorizer, Context } from "aws-lambda";
import type { IdempotencyStore, Remembered } from "../../../../shared/aws/dynamodb/idempotency.ts";

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly pathParameters?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly claims?: Record<string, string>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** An HTTP API event (payload 2.0) as the authorizer leaves it. Rita asks, with a key. */
export const anEvent = ({
  method = "POST",
  path = "/api/reviews",
  pathParameters,
  query,
  headers = { "idempotency-key": "key-12345" },
  claims = { sub: "rita" },
  body,
  isBase64Encoded = false,
}: Call = {}): APIGatewayProxyEventV2WithJWTAuthorizer => ({
  version: "2.0",
  routeKey: `${method} ${path}`,
  rawPath: path,
  rawQueryString: new URLSearchParams(query).toString(),
  headers,
  isBase64Encoded,
  ...(pathParameters && { pathParameters }),
  ...(query && { queryStringParameters: query }),
  ...(body !== undefined && { body }),
  requestContext: {
    accountId: "000000000000",
    apiId: "api",
    domainName: "api.example",
    domainPrefix: "api",
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
    requestId: "request-1",
    routeKey: `${method} ${path}`,
    stage: "$default",
    time: "02/Mar/2026:12:00:00 +0000",
    timeEpoch: 1_772_452_800_000,
    authorizer: { principalId: "", integrationLatency: 0, jwt: { claims, scopes: [] } },
  },
});

export const aContext: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: "a-function",
  functionVersion: "1",
  invokedFunctionArn: "arn:aws:lambda:us-east-1:000000000000:function:a-function",
  memoryLimitInMB: "512",
  awsRequestId: "request-1",
  logGroupName: "group",
  logStreamName: "stream",
  getRemainingTimeInMillis: () => 15_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

export function inMemoryIdempotency(): IdempotencyStore & { readonly remembered: Map<string, Remembered> } {
  const remembered = new Map<string, Remembered>();
  return {
    remembered,
    find: async (personId, key) => remembered.get(`${personId} ${key}`) ?? null,
    remember: async (personId, key, answer) => void remembered.set(`${personId} ${key}`, answer),
  };
}

/** Status, content type and body of an answer, the body parsed. */
export function read(answer: unknown): { status: number; type: string; body: Record<string, unknown> } {
  if (typeof answer !== "object" || answer === null) throw new Error("A route answers with an object.");
  const { statusCode, headers, body } = { statusCode: 0, headers: {}, body: "", ...answer };
  const parsed: unknown = body === "" ? {} : JSON.parse(String(body));
  if (typeof parsed !== "object" || parsed === null) throw new Error("A body is an object.");
  const type = "content-type" in headers ? String(headers["content-type"]) : "";
  return { status: Number(statusCode), type, body: { ...parsed } };
}
