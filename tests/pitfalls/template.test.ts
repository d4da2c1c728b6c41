import { describe, expect, it } from "vitest";
import { routes } from "../../shared/contracts/routes.ts";
import { grantsOf } from "../infra/policies.ts";
import { synthesize } from "../infra/synthesized.ts";

const template = await synthesize();
const grants = grantsOf(template);
const routeKeys = template.ofType("AWS::ApiGatewayV2::Route").map(({ Properties }) => String(Properties.RouteKey));
/** "get-case" → "Functions/GetCase", as grants name their holder. */
const holder = (name: string) =>
  `Functions/${name.replaceAll(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())}`;

describe("following a link", () => {
  it("pitfall 6: changes nothing: no function answers to GET and POST, and no address to any other method", () => {
    const behind = (method: string) =>
      Object.values(routes).flatMap((route) => (route.method === method ? [route.function] : []));
    expect(behind("GET").filter((name) => behind("POST").some((other) => other === name))).toEqual([]);
    expect(behind("POST").length).toBeGreaterThan(10);
    expect(routeKeys.toSorted()).toEqual(
      Object.values(routes)
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    );
  });

  it("pitfall 6: can change nothing: a function behind GET holds no grant to write, wake, start or send, but for the note of who opened a page", () => {
    const writes = Object.values(routes)
      .filter(({ method }) => method === "GET")
      .flatMap((route) =>
        grants
          .filter(({ heldBy }) => heldBy === holder(route.function))
          .flatMap(({ actions }) => actions)
          .filter((action) => !/^(dynamodb:(GetItem|Query)|s3:(Get|List)\w+\*?|logs:\w+|kms:Decrypt)$/.test(action))
          .map((action) => `${route.function}: ${action}`),
      );
    expect([...new Set(writes)]).toEqual(["get-page: dynamodb:UpdateItem"]);
    const deciding = grants.filter(({ heldBy }) => heldBy === holder("record-decision")).flatMap((one) => one.actions);
    expect(deciding).toContain("states:SendTaskSuccess");
  });

  it("pitfall 6: is done by nobody's scanner: every route asks for a token, which no link carries", () => {
    for (const { Properties } of template.ofType("AWS::ApiGatewayV2::Route"))
      expect([Properties.RouteKey, Properties.AuthorizationType]).toEqual([Properties.RouteKey, "JWT"]);
  });
});
