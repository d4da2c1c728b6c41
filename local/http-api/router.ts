import type { Route } from "./declared-api.ts";

export interface RouteMatch {
  readonly route: Route;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

interface CompiledRoute {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly string[];
  /** Greater is more specific: API Gateway prefers literal segments to parameters, and a full match to a greedy one. */
  readonly rank: number;
}

/** Undefined when no route matches. @see API Gateway developer guide, "Routing API requests" */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => RouteMatch | undefined {
  const fallback = routes.find(({ routeKey }) => routeKey === "$default");
  const compiled = routes
    .filter((route) => route !== fallback)
    .map((route): CompiledRoute => {
      const [method = "ANY", path = "/"] = route.routeKey.split(" ");
      const segments = path.split("/").slice(1);
      const literals = segments.filter((segment) => !segment.startsWith("{")).length;
      const greedy = segments.at(-1)?.endsWith("+}") ? 1 : 0;
      return { route, method, segments, rank: literals * 4 - greedy * 2 + (method === "ANY" ? 0 : 1) };
    })
    .sort((left, right) => right.rank - left.rank);

  return (method, path) => {
    const actual = path.split("/").slice(1);
    for (const candidate of compiled) {
      if (candidate.method !== "ANY" && candidate.method !== method) continue;
      const pathParameters = matchSegments(candidate.segments, actual);
      if (pathParameters) return { route: candidate.route, pathParameters };
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function matchSegments(expected: readonly string[], actual: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, segment] of expected.entries()) {
    const value = actual[index];
    if (value === undefined) return undefined;
    const [, name, greedy] = /^\{([^+}]+)(\+?)\}$/.exec(segment) ?? [];
    if (name === undefined) {
      if (segment !== value) return undefined;
    } else if (greedy) {
      parameters[name] = decoded(actual.slice(index).join("/"));
      return parameters;
    } else {
      if (value === "") return undefined;
      parameters[name] = decoded(value);
    }
  }
  return expected.length === actual.length ? parameters : undefined;
}

/** Text that is not valid percent-encoding stays as it was sent. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
