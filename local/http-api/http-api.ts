import { randomUUID } from "node:crypto";
import type { Clock } from "../clock/clock.ts";
import type { InvokePermitted } from "../lambda/permissions.ts";
import type { PageRequest, PageResponse } from "../stack/loopback.ts";
import type { Template } from "../template/template.ts";
import { accessLogLine } from "./access-log.ts";
import type { Authorization, Authorizer } from "./authorizer.ts";
import { readApi } from "./declared-api.ts";
import { proxyEvent } from "./proxy-event.ts";
import { proxyResponse } from "./proxy-response.ts";
import { createRouter, type RouteMatch } from "./router.ts";
import { createThrottle } from "./throttle.ts";

export interface HttpApiOptions {
  readonly template: Template;
  readonly clock: Clock;
  readonly authorize: Authorizer;
  readonly mayInvoke: InvokePermitted;
  /** Rejects when the function fails. */
  invoke(functionArn: string, event: unknown): Promise<unknown>;
  accessLog(line: string): void;
  report(problem: string, error: unknown): void;
}

export interface HttpApi {
  readonly apiId: string;
  handle(request: PageRequest): Promise<PageResponse>;
  metered(): { readonly requests: number };
}

/** API Gateway: 10 MB of body. @see API Gateway quotas */
export const maxBodyBytes = 10 * 1024 * 1024;

/** How API Gateway answers for itself. */
const gatewayResponse = (status: number, message: string, headers: Record<string, string> = {}): PageResponse => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify({ message }),
});
export const bodyTooLarge = gatewayResponse(413, "Request Entity Too Large");

/** The template's HTTP API: routes, JWT authorizer, throttling, Lambda proxy integrations. */
export function openHttpApi(options: HttpApiOptions): HttpApi {
  const { template, clock, authorize, mayInvoke, accessLog, report } = options;
  const api = readApi(template);
  const findRoute = createRouter(api.routes);
  const throttles = new Map(api.routes.map(({ routeKey, throttle }) => [routeKey, createThrottle(throttle)]));
  const meter = { requests: 0 };

  const answer = async (
    request: PageRequest,
    match: RouteMatch | undefined,
    identity: { requestId: string; receivedAt: Date },
    noteAuthorization: (authorization: Authorization) => void,
  ): Promise<PageResponse> => {
    if (!match) return gatewayResponse(404, "Not Found");
    const { route } = match;
    const admitted = throttles.get(route.routeKey)?.(identity.receivedAt) ?? true;
    if (!admitted) return gatewayResponse(429, "Too Many Requests");
    let authorization: Authorization | undefined;
    if (route.authorizer) {
      const verdict = await authorize(route.authorizer, route.scopes, request.headers.authorization);
      if (verdict.status === 401) return gatewayResponse(401, "Unauthorized", { "www-authenticate": "Bearer" });
      if (verdict.status === 403) {
        const challenge = `Bearer scope="${route.scopes.join(" ")}" error="insufficient_scope"`;
        return gatewayResponse(403, "Forbidden", { "www-authenticate": challenge });
      }
      authorization = verdict.authorization;
      noteAuthorization(authorization);
    }
    const [method = "*", path = "/*"] = route.routeKey.split(" ");
    const source = `${api.arn}/${api.stage}/${method}${path}`;
    if (!mayInvoke(route.functionArn, "apigateway.amazonaws.com", source)) {
      report(`The template lets no API invoke ${route.functionArn} for ${source}.`, undefined);
      return gatewayResponse(500, "Internal Server Error");
    }
    const event = proxyEvent(request, match, { apiId: api.apiId, stage: api.stage, ...identity }, authorization);
    return integrate(route.functionArn, route.timeoutSeconds, event);
  };

  const integrate = async (functionArn: string, timeoutSeconds: number, event: unknown): Promise<PageResponse> => {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<PageResponse>((resolve) => {
      timer = setTimeout(() => resolve(gatewayResponse(503, "Service Unavailable")), timeoutSeconds * 1000);
    });
    const answered = options.invoke(functionArn, event).then(
      (result) => proxyResponse(result) ?? gatewayResponse(500, "Internal Server Error"),
      () => gatewayResponse(500, "Internal Server Error"), // the function's log says what failed
    );
    return Promise.race([answered, tooLate]).finally(() => clearTimeout(timer));
  };

  return {
    apiId: api.apiId,
    metered: () => ({ ...meter }),
    handle: async (request) => {
      meter.requests += 1;
      const began = performance.now();
      const identity = { requestId: randomUUID(), receivedAt: clock.now() };
      const match = findRoute(request.method, request.path);
      let claims: Readonly<Record<string, string>> = {};
      const response = await answer(request, match, identity, (authorization) => {
        claims = authorization.claims;
      });
      if (api.accessLogFormat !== undefined) {
        const line = accessLogLine(api.accessLogFormat, {
          ...identity,
          sourceIp: request.sourceIp,
          method: request.method,
          path: request.path,
          routeKey: match?.route.routeKey ?? "-",
          status: response.status,
          responseBytes: Buffer.byteLength(response.body ?? ""),
          milliseconds: performance.now() - began,
          userAgent: request.headers["user-agent"] ?? "-",
          claims,
          error: "-",
        });
        accessLog(line);
      }
      return { ...response, headers: { ...response.headers, "apigw-requestid": identity.requestId } };
    },
  };
}
