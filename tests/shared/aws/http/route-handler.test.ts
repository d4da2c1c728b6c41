import { describe, expect, it } from "vitest";
import { routeHandler } from "../../../../shared/aws/http/route-handler.ts";
import { CaseChangedError, CaseNotFoundError } from "../../../../shared/case/case-store.ts";
import { maxBodyBytes, maxListBodyBytes } from "../../../../shared/contracts/limits.ts";
import { problem, problems } from "../../../../shared/contracts/problem.ts";
import { routes } from "../../../../shared/contracts/routes.ts";
import { AboveAuthorityError, NotAllowedError } from "../../../../shared/people/authority.ts";
import {
  ReviewAlreadyClaimedError,
  ReviewAlreadyDecidedError,
  ReviewExpiredError,
  ReviewNotFoundError,
  ValueInvalidError,
} from "../../../../shared/review/review-errors.ts";
import { aClaim, aDecision, caseId, noon, reviewId } from "../../case/builders.ts";
import { aContext, anEvent, inMemoryIdempotency, read } from "./an-event.ts";

const reviewPath = { pathParameters: { reviewId }, path: `/api/reviews/${reviewId}/decision` };
const approve = JSON.stringify({ action: "approve" });

/** The decision route over an answer of the test's making. */
const aRoute = (answer: () => Promise<unknown> = async () => ({ done: true })) => {
  const idempotency = inMemoryIdempotency();
  let calls = 0;
  const bodies: unknown[] = [];
  const handler = routeHandler("decideReview", { idempotency, now: () => noon }, async ({ body }) => {
    calls += 1;
    bodies.push(body);
    return answer();
  });
  const call = async (event: Parameters<typeof anEvent>[0] = {}) =>
    read(await handler(anEvent({ ...reviewPath, body: approve, ...event }), aContext));
  return { call, calls: () => calls, bodies, idempotency };
};
const failing = (error: Error) => aRoute(() => Promise.reject(error)).call();

const named = (name: string, more: object = {}) => Object.assign(new Error("secret text"), { name }, more);
const throttledTransaction = named("TransactionCanceledException", {
  CancellationReasons: [{ Code: "None" }, { Code: "ThrottlingError" }],
});

describe("a problem", () => {
  it.each([
    ["not-allowed", new NotAllowedError("You have no role.")],
    ["above-authority", new AboveAuthorityError("Too much.")],
    ["not-found", new CaseNotFoundError(caseId)],
    ["not-found", new ReviewNotFoundError(reviewId)],
    ["conflict", new CaseChangedError(caseId)],
    ["review-expired", new ReviewExpiredError(reviewId)],
    ["value-invalid", new ValueInvalidError([{ pointer: "/fields/gross", detail: "Not an amount." }])],
    ["already-claimed", new ReviewAlreadyClaimedError(aClaim("ron", noon))],
    ["already-decided", new ReviewAlreadyDecidedError(aDecision())],
    ["busy", named("ThrottlingException")],
    ["busy", named("ProvisionedThroughputExceededException")],
    ["busy", named("SlowDown")],
    ["busy", throttledTransaction],
    ["internal", named("TransactionCanceledException")],
    ["internal", named("TypeError")],
  ] as const)("%s is answered as RFC 9457 has it (%#)", async (type, error) => {
    const { status, type: contentType, body } = await failing(error);
    expect(contentType).toBe("application/problem+json");
    expect(problem.parse(body)).toEqual(body);
    expect(body).toMatchObject({ type: `urn:signoff:problem:${type}`, ...problems[type] });
    expect(status).toBe(problems[type].status);
    expect(JSON.stringify(body)).not.toMatch(/secret text|at .*\.ts/);
  });

  it("says who decided what and when, and who is at work until when", async () => {
    expect((await failing(new ReviewAlreadyDecidedError(aDecision()))).body).toMatchObject({
      decidedBy: "Rita",
      decidedAt: noon.toISOString(),
      action: "approve",
    });
    const claim = aClaim("ron", noon);
    expect((await failing(new ReviewAlreadyClaimedError(claim))).body).toMatchObject({
      claimedBy: "Ron",
      claimedUntil: noon.toISOString(),
    });
  });

  it("names the values by JSON pointer", async () => {
    const errors = [{ pointer: "/fields/gross", detail: "Not an amount." }];
    expect((await failing(new ValueInvalidError(errors))).body.errors).toEqual(errors);
  });
});

describe("a request", () => {
  it.each([
    ["is not JSON", { body: "{" }, 400, "malformed-request"],
    ["has no body", { body: "" }, 400, "malformed-request"],
    ["lacks a member", { body: "{}" }, 400, "malformed-request"],
    ["rejects without saying why", { body: '{"action":"reject","note":" "}' }, 400, "malformed-request"],
    ["is too large", { body: `{"action":"approve","note":"${"x".repeat(maxBodyBytes)}"}` }, 413, "body-too-large"],
    ["has no key", { headers: {} }, 400, "missing-idempotency-key"],
    ["has a key that is too short", { headers: { "idempotency-key": "short" } }, 400, "missing-idempotency-key"],
    ["has a key with spaces", { headers: { "idempotency-key": "two words here" } }, 400, "missing-idempotency-key"],
    ["names a review that cannot be", { pathParameters: { reviewId: "../x" } }, 404, "not-found"],
    ["names no review", { pathParameters: {} }, 404, "not-found"],
    ["names nobody", { claims: {} }, 401, "not-signed-in"],
    ["names somebody without a name", { claims: { sub: "" } }, 401, "not-signed-in"],
  ] as const)("that %s is refused before any rule is asked", async (_, event, status, type) => {
    const route = aRoute();
    const answer = await route.call(event);
    expect([answer.status, answer.body.type]).toEqual([status, `urn:signoff:problem:${type}`]);
    expect(route.calls()).toBe(0);
  });

  it("says where it does not fit, by JSON pointer", async () => {
    const body = JSON.stringify({ action: "correct", fields: { gross: 7 } });
    expect((await aRoute().call({ body })).body.errors).toMatchObject([{ pointer: "/fields/gross" }]);
  });

  it("may come in base 64", async () => {
    const route = aRoute();
    const body = Buffer.from(JSON.stringify({ action: "approve", note: "Grüße" })).toString("base64");
    expect((await route.call({ body, isBase64Encoded: true })).status).toBe(200);
    expect(route.bodies).toEqual([{ action: "approve", note: "Grüße" }]);
  });

  it("comes from a program by its client id", async () => {
    expect((await aRoute().call({ claims: { client_id: "erp" } })).status).toBe(200);
  });

  it("may carry a list as large as the list's route takes, and no larger", async () => {
    const handler = routeHandler("putList", { now: () => noon }, async () => ({}));
    const call = async (sizeBytes: number) => {
      const body = JSON.stringify({ csv: "x".repeat(sizeBytes) });
      const pathParameters = { workflow: "invoices", list: "vendors" };
      return read(await handler(anEvent({ body, pathParameters }), aContext)).status;
    };
    expect(await call(maxBodyBytes * 2)).toBe(200);
    expect(await call(maxListBodyBytes)).toBe(413);
  });
});

describe("a request that is repeated", () => {
  it("with its key is answered as it was, and done once", async () => {
    let turn = 0;
    const route = aRoute(async () => ({ turn: ++turn }));
    const first = await route.call();
    expect(await route.call()).toEqual(first);
    expect(route.calls()).toBe(1);
  });

  it("with its key but another body, or on another path, is refused", async () => {
    const route = aRoute();
    await route.call();
    for (const other of [{ body: '{"action":"approve","note":"x"}' }, { path: "/api/reviews/other" }]) {
      const answer = await route.call(other);
      expect([answer.status, answer.body.type]).toEqual([422, "urn:signoff:problem:idempotency-key-reused"]);
    }
    expect(route.calls()).toBe(1);
  });

  it("by somebody else with the same key is another request", async () => {
    const route = aRoute();
    await route.call();
    await route.call({ claims: { sub: "ron" } });
    expect(route.calls()).toBe(2);
  });

  it("after it failed is tried again: failures are not remembered", async () => {
    let fails = true;
    const route = aRoute(async () => {
      if (fails) throw named("ThrottlingException");
      return {};
    });
    expect((await route.call()).status).toBe(503);
    fails = false;
    expect((await route.call()).status).toBe(200);
  });
});

describe("an answer", () => {
  it("is JSON that nobody may store", async () => {
    const handler = routeHandler("getMe", { now: () => noon }, async () => ({ name: "Rita" }));
    const answer = await handler(anEvent({ method: "GET", headers: {} }), aContext);
    expect(answer).toEqual({
      statusCode: 200,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
      body: '{"name":"Rita"}',
    });
  });

  it("without content is 204 and has no body, also when it is repeated", async () => {
    const idempotency = inMemoryIdempotency();
    const handler = routeHandler("releaseReview", { idempotency, now: () => noon }, async () => undefined);
    const event = anEvent({ pathParameters: { reviewId } });
    for (const answer of [await handler(event, aContext), await handler(event, aContext)]) {
      expect(answer).toEqual({ statusCode: 204, headers: { "cache-control": "no-store" } });
    }
  });
});

it("every problem that a route declares is one that exists, and every path parameter has a schema", () => {
  for (const route of Object.values(routes)) {
    for (const type of route.problems) expect(problems).toHaveProperty([type]);
    const declared = "pathParameters" in route ? Object.keys(route.pathParameters.shape) : [];
    expect([...route.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])).toEqual(declared);
  }
});
