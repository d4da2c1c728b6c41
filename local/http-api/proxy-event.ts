import type { PageRequest } from "../stack/loopback.ts";
import { accountId } from "../template/physical-name.ts";
import type { Authorization } from "./authorizer.ts";
import type { RouteMatch } from "./router.ts";

export interface RequestIdentity {
  readonly apiId: string;
  readonly requestId: string;
  readonly receivedAt: Date;
  readonly stage: string;
}

/** The event of a Lambda proxy integration, payload format 2.0. @see API Gateway developer guide, "AWS Lambda proxy integrations for HTTP APIs" */
export function proxyEvent(
  request: PageRequest,
  { route, pathParameters }: RouteMatch,
  { apiId, requestId, receivedAt, stage }: RequestIdentity,
  authorization?: Authorization,
): Readonly<Record<string, unknown>> {
  const { cookie, ...headers } = request.headers;
  const domainName = `${apiId}.execute-api.us-east-1.amazonaws.com`;
  const base64 = request.body.length > 0 && !isText(headers["content-type"]);
  const query = combinedQuery(request.rawQuery);
  return {
    version: "2.0",
    routeKey: route.routeKey,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; */) }),
    headers: {
      ...headers,
      host: domainName,
      "x-forwarded-for": request.sourceIp,
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
    },
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId,
      apiId,
      ...(authorization ? { authorizer: { jwt: { claims: authorization.claims, scopes: authorization.scopes } } } : {}),
      domainName,
      domainPrefix: apiId,
      http: {
        method: request.method,
        path: request.path,
        protocol: "HTTP/1.1",
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey: route.routeKey,
      stage,
      time: commonLogTime(receivedAt),
      timeEpoch: receivedAt.getTime(),
    },
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...(request.body.length === 0 ? {} : { body: request.body.toString(base64 ? "base64" : "utf8") }),
    isBase64Encoded: base64,
  };
}

const isText = (contentType = "") => /^(text\/|application\/(json|javascript|xml|.+\+json|.+\+xml))/i.test(contentType);

/** A parameter given several times arrives once, its values joined by commas. */
function combinedQuery(rawQuery: string): Record<string, string> | undefined {
  if (rawQuery === "") return undefined;
  const combined: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    combined[name] = Object.hasOwn(combined, name) ? `${combined[name]},${value}` : value;
  }
  return combined;
}

/** `12/Mar/2020:19:03:58 +0000`, as in access logs. */
export function commonLogTime(date: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(date.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
