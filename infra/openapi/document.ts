import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { type ProblemType, problem, problems } from "../../shared/contracts/problem.ts";
import { scopes } from "../../shared/contracts/route.ts";
import { type RouteName, routes } from "../../shared/contracts/routes.ts";

type Route = (typeof routes)[RouteName] & {
  readonly pathParameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response?: z.ZodType;
};

/** Problems that every route can answer with. */
const everywhere: readonly ProblemType[] = ["malformed-request", "not-signed-in", "not-allowed", "internal", "busy"];
const onPost: readonly ProblemType[] = ["missing-idempotency-key", "idempotency-key-reused", "conflict"];

/** The OpenAPI 3.1 document of the API, from the schemas that the handlers parse with. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Signoff",
      version: "1",
      description:
        "Hands cases to people and resumes their workflows. Problems are RFC 9457 documents whose `type` ends in the names given with each status.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/", description: "The page's own origin" }],
    paths,
    components: {
      securitySchemes: {
        signIn: {
          type: "oauth2",
          description: "People: authorization code with PKCE. Programs: client credentials.",
          flows: {
            authorizationCode: {
              authorizationUrl: "/oauth2/authorize",
              tokenUrl: "/oauth2/token",
              scopes: Object.fromEntries(Object.values(scopes).map((scope) => [scope, scope])),
            },
            clientCredentials: {
              tokenUrl: "/oauth2/token",
              scopes: { [scopes.submit]: scopes.submit, [scopes.read]: scopes.read },
            },
          },
        },
      },
    },
  });
}

function operation(name: RouteName, route: Route): ZodOpenApiOperationObject {
  const idempotencyKey = z.object({
    "Idempotency-Key": z
      .string()
      .min(8)
      .max(100)
      .meta({ description: "A new one for each intent; the same for each retry of it" }),
  });
  return {
    operationId: name,
    summary: route.summary,
    security: [{ signIn: [...route.scopes] }],
    requestParams: {
      ...(route.pathParameters && { path: route.pathParameters }),
      ...(route.query && { query: route.query }),
      ...(route.method === "POST" && { header: idempotencyKey }),
    },
    ...(route.body && { requestBody: { required: true, content: { "application/json": { schema: route.body } } } }),
    responses: {
      [`${route.status}`]: route.response
        ? { description: route.summary, content: { "application/json": { schema: route.response } } }
        : { description: "Done" },
      ...problemResponses(problemsOf(route)),
    },
  };
}

/** All problems that a route can answer with: its own, and those that follow from what it takes. */
function problemsOf(route: Route): readonly ProblemType[] {
  const all: ProblemType[] = [
    ...everywhere,
    ...(route.method === "POST" ? onPost : []),
    ...(route.body ? (["body-too-large"] as const) : []),
    ...(route.pathParameters ? (["not-found"] as const) : []),
    ...route.problems,
  ];
  return [...new Set(all)];
}

/** One response a status, naming all problems that have it. */
function problemResponses(types: readonly ProblemType[]) {
  const statuses = [...new Set(types.map((type) => problems[type].status))].sort();
  const byStatus = statuses.map((status) => ({
    status,
    all: types.filter((type) => problems[type].status === status),
  }));
  return Object.fromEntries(
    byStatus.map(({ status, all }) => [
      `${status}`,
      {
        description: all.map((type) => `\`${type}\`: ${problems[type].title}`).join(". "),
        content: { "application/problem+json": { schema: problem } },
      },
    ]),
  );
}
