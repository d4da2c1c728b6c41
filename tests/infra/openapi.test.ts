import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openApiDocument } from "../../infra/openapi/document.ts";
import { type ProblemType, problems } from "../../shared/contracts/problem.ts";
import { type RouteName, routes } from "../../shared/contracts/routes.ts";
import { documentedProblems } from "./documented-problems.ts";

it("keeps docs/openapi.json as the schemas say; npm run openapi writes it anew", () => {
  const written: unknown = JSON.parse(readFileSync(new URL("../../docs/openapi.json", import.meta.url), "utf-8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
});

const routeNames = Object.keys(routes) as RouteName[];
const answeredBy = (type: ProblemType) => routeNames.filter((name) => documentedProblems(name).has(type));

it("names every problem that there is, each once under its own status, with the routes that may answer it", () => {
  for (const type of Object.keys(problems) as ProblemType[])
    expect([type, answeredBy(type).length > 0]).toEqual([type, true]);
  for (const name of routeNames) {
    for (const [type, status] of documentedProblems(name))
      expect([name, type, status]).toEqual([name, type, problems[type].status]);
    for (const type of routes[name].problems) expect(answeredBy(type)).toContain(name);
  }
});

it("says of what follows from a route's form that it may be answered: any body can be too large, any path can name nothing", () => {
  const having = (member: string) => routeNames.filter((name) => member in routes[name]);
  expect(answeredBy("body-too-large")).toEqual(having("body"));
  expect(answeredBy("not-found")).toEqual(expect.arrayContaining(having("pathParameters")));
  const posts = routeNames.filter((name) => routes[name].method === "POST");
  expect(answeredBy("idempotency-key-reused")).toEqual(posts);
  expect(answeredBy("missing-idempotency-key")).toEqual(posts);
});
