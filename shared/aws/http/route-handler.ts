import middy from "@middy/core";
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type RouteName, routes } from "../../contracts/routes.ts";
import type { IdempotencyStore } from "../dynamodb/idempotency.ts";
import { framesOf, logger } from "../observation.ts";
import { internalProblem, knownProblem, RequestRefusedError } from "./errors.ts";
import { type ApiRequest, readRequest } from "./request.ts";

interface RoutePorts {
  /** For POST routes; a GET needs none. */
  readonly idempotency?: IdempotencyStore;
  readonly now: () => Date;
}

/**
 * The shell of every route: problems as RFC 9457, the request checked by the route's schemas, a repeated POST answered as
 * it was answered. `answer` returns the body, or undefined for 204.
 */
export function routeHandler<N extends RouteName>(
  name: N,
  { idempotency, now }: RoutePorts,
  answer: (request: ApiRequest<N>) => Promise<unknown>,
) {
  const route = routes[name];
  return middy<APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2>()
    .use(problemDocuments())
    .handler(async (event) => {
      const request = readRequest(event, route) as ApiRequest<N>;
      logger.setCorrelationId(correlationOf(request.path) ?? event.requestContext.requestId);
      const { personId, idempotency: key } = request;
      const remembered = key && (await idempotency?.find(personId, key.key));
      if (remembered) {
        if (remembered.fingerprint === key.fingerprint) return jsonResponse(remembered.response);
        throw new RequestRefusedError(
          "idempotency-key-reused",
          "This key was used with another request. Take a new one for a new intent.",
        );
      }
      const body = await answer(request);
      const response = { statusCode: route.status, body: body === undefined ? "" : JSON.stringify(body) };
      if (key) await idempotency?.remember(personId, key.key, { fingerprint: key.fingerprint, response }, now());
      return jsonResponse(response);
    });
}

function correlationOf(path: unknown): string | null {
  if (typeof path !== "object" || path === null) return null;
  if ("caseId" in path) return String(path.caseId);
  return "reviewId" in path ? (String(path.reviewId).split("-")[0] ?? null) : null;
}

const jsonResponse = ({
  statusCode,
  body,
}: {
  statusCode: number;
  body: string;
}): APIGatewayProxyStructuredResultV2 => ({
  statusCode,
  headers: { ...(body && { "content-type": "application/json" }), "cache-control": "no-store" },
  ...(body && { body }),
});

/** Registered first, so that it sees every error last. What nobody foresaw is logged by name and answered without detail. */
function problemDocuments(): middy.MiddlewareObj<
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2
> {
  return {
    onError: (request) => {
      const known = knownProblem(request.error);
      if (!known) logger.error("A route failed", { errorName: request.error?.name, frames: framesOf(request.error) });
      const problem = known ?? internalProblem();
      request.response = {
        statusCode: problem.status,
        headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
        body: JSON.stringify(problem),
      };
    },
  };
}
