import * as z from "zod";
import { openApiDocument } from "../../infra/openapi/document.ts";
import { type ProblemType, problems } from "../../shared/contracts/problem.ts";
import { type RouteName, routes } from "../../shared/contracts/routes.ts";

const operation = z.object({ responses: z.record(z.string(), z.object({ description: z.string() })) });
const documented = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) }).parse(openApiDocument());

/** Problems that the OpenAPI document says a route may answer with, each with its HTTP status. */
export function documentedProblems(name: RouteName): ReadonlyMap<ProblemType, number> {
  const { path, method } = routes[name];
  const responses = documented.paths[path]?.[method.toLowerCase()]?.responses ?? {};
  const found = Object.entries(responses).flatMap(([status, { description }]) =>
    [...description.matchAll(/`([a-z-]+)`: /g)].flatMap(([, type]) =>
      isProblem(type) ? [[type, Number(status)] as const] : [],
    ),
  );
  if (new Set(found.map(([type]) => type)).size < found.length) throw new Error(`${name} names a problem twice.`);
  return new Map(found);
}

const isProblem = (type: string | undefined): type is ProblemType =>
  type !== undefined && Object.hasOwn(problems, type);
