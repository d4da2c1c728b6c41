import { expect } from "vitest";
import { type ProblemType, problem, problems } from "../../shared/contracts/problem.ts";
import type { RouteName } from "../../shared/contracts/routes.ts";
import { documentedProblems } from "../infra/documented-problems.ts";
import { read } from "../shared/aws/http/an-event.ts";

/** Expects a route's answer to be this problem, whole, as RFC 9457 has it and as the OpenAPI document announces it. */
export function expectRefusal(route: RouteName, answer: unknown, type: ProblemType) {
  const { status, type: contentType, body } = read(answer);
  expect(body, JSON.stringify(body)).toMatchObject({ type: `urn:signoff:problem:${type}`, ...problems[type] });
  expect([status, contentType]).toEqual([problems[type].status, "application/problem+json"]);
  expect([...documentedProblems(route)]).toContainEqual([type, status]);
  return problem.parse(body);
}
