import { describe, expect, it } from "vitest";
import { createHandler as assignReview } from "../../functions/assign-review/handler.ts";
import { createHandler as attachEvidence } from "../../functions/attach-evidence/handler.ts";
import { createHandler as claimReview } from "../../functions/claim-review/handler.ts";
import { createHandler as listReviews } from "../../functions/list-reviews/handler.ts";
import { createHandler as openCase } from "../../functions/open-case/handler.ts";
import { createHandler as proposePolicyChange } from "../../functions/propose-policy-change/handler.ts";
import { createHandler as putPerson } from "../../functions/put-person/handler.ts";
import { createHandler as recordDecision } from "../../functions/record-decision/handler.ts";
import { createHandler as releaseReview } from "../../functions/release-review/handler.ts";
import { maxBodyBytes as maxGatewayBytes } from "../../local/http-api/http-api.ts";
import { routeHandler } from "../../shared/aws/http/route-handler.ts";
import { maxBodyBytes } from "../../shared/contracts/limits.ts";
import type { Policy } from "../../shared/contracts/policy.ts";
import { type RouteName, routes } from "../../shared/contracts/routes.ts";
import { firstBroken } from "../../shared/ledger/chain.ts";
import { deliverOutcome } from "../../shared/outcome/deliver-outcome.ts";
import { runningApi } from "../local/http-api/running-api.ts";
import { aContext, anEvent, inMemoryIdempotency, read } from "../shared/aws/http/an-event.ts";
import { aPass, caseId, later, noon, reviewId } from "../shared/case/builders.ts";
import {
  inMemoryExecutions,
  inMemoryOutcomes,
  inMemorySubmissions,
  intakeWith,
} from "../shared/case/in-memory-ports.ts";
import { inMemoryRegister } from "../shared/people/in-memory-register.ts";
import { aPolicy, aTrigger } from "../shared/policy/a-policy.ts";
import { aPolicyDesk } from "../shared/policy/a-policy-desk.ts";
import { aDesk, staff } from "../shared/review/desk.ts";
import { expectRefusal } from "./refusal.ts";
import { validBodies } from "./valid-bodies.ts";

const remembering = <P extends object>(ports: P) => ({ ...ports, idempotency: inMemoryIdempotency() });
const posted = (
  body: unknown,
  sub = "rita",
  pathParameters: Record<string, string> = { reviewId },
  key = "key-12345",
) => anEvent({ pathParameters, claims: { sub }, body: JSON.stringify(body), headers: { "idempotency-key": key } });

describe("a policy", () => {
  /** An owner proposes it; nothing of it may be left anywhere. */
  const refused = async (changes: Partial<Policy>) => {
    const desk = remembering(aPolicyDesk());
    const event = posted({ policy: aPolicy(changes), because: "A try" }, "olga", { workflow: "invoices" });
    const told = expectRefusal(
      "proposePolicyChange",
      await proposePolicyChange(desk)(event, aContext),
      "policy-invalid",
    );
    expect([desk.changes.events, desk.started, desk.idempotency.remembered.size]).toEqual([[], [], 0]);
    expect(await desk.policies.current("invoices")).toEqual(aPolicy());
    return told.errors ?? [];
  };
  const when = (expression: string) => ({ triggers: [aTrigger({ when: expression })] });
  const loops = (depth: number): string => (depth === 0 ? "true" : `[1, 2, 3].all(x${depth}, ${loops(depth - 1)})`);

  it.each([
    ["that breaks off", "signal.totals &&"],
    ["in another language", "SELECT 1"],
    ["that compares unlike things", "field.gross.amount > 'much'"],
    ["that is no yes or no", "field.gross.amount"],
  ])("with an expression that does not compile is refused, with its place: one %s", async (_, expression) => {
    expect(await refused(when(expression))).toMatchObject([{ pointer: "/triggers/0/when" }]);
  });

  it.each([
    ["loops within loops", loops(7)],
    ["a text that doubles", "size(cel.bind(a, 'xx', cel.bind(b, a + a, b + b))) > 1"],
    ["a regular expression", "field.currency.text.matches('(a+)+$')"],
    ["more nodes than are read", Array.from({ length: 251 }, () => "true").join("||")],
  ])("with an expression that would take too long is refused before it is evaluated: %s", async (_, expression) => {
    expect(await refused(when(expression))).toMatchObject([{ pointer: "/triggers/0/when" }]);
  });

  it.each([
    ["a field", "field.colour.found", "colour"],
    ["a signal", "signal.rain", "rain"],
    ["a variable", "weather == 'rain'", "weather"],
  ])(
    "with an expression that refers to nothing is refused, and says what: %s that is not there",
    async (_, expression, named) => {
      expect(await refused(when(expression))).toMatchObject([
        { pointer: "/triggers/0/when", detail: expect.stringContaining(named) },
      ]);
    },
  );

  it.each<[string, Partial<Policy>, string]>([
    [
      "a ladder that goes down",
      { routing: { queue: "invoices", priority: 0, ladder: [rung("owner"), rung("expert")] } },
      "/routing/ladder/1/role",
    ],
    [
      "another workflow's queue",
      { triggers: [aTrigger({ routing: { queue: "support" } })] },
      "/triggers/0/routing/queue",
    ],
    [
      "a rule that asks a lower role than the base",
      {
        routing: { queue: "invoices", priority: 0, ladder: [rung("expert")] },
        triggers: [aTrigger({ routing: { ladder: [rung("reviewer")] } })],
      },
      "/triggers/0/routing/ladder/0/role",
    ],
    [
      "a last rung that may let nothing through",
      { authority: { ...aPolicy().authority, owner: { actions: ["reject"], maxAmounts: null, edgeCases: "*" } } },
      "/routing/ladder/2/role",
    ],
  ])("with contradictory routing is refused, with place and remedy: %s", async (_, changes, pointer) => {
    expect((await refused(changes)).map((error) => error.pointer)).toContain(pointer);
  });
});

const rung = (role: "reviewer" | "expert" | "owner") => ({ role, dueSeconds: 60 });

describe("a decision", () => {
  const decided = async (body: unknown) => {
    const desk = remembering(aDesk());
    const answer = await recordDecision(desk)(posted(body), aContext);
    return { desk, answer };
  };
  const nothingStored = async ({ desk }: Awaited<ReturnType<typeof decided>>) => {
    expect(await desk.cases.findReview(reviewId)).toMatchObject({ status: "waiting", decision: null, revision: 0 });
    expect([await desk.cases.history(caseId), desk.cases.tally, desk.cases.wakeUps, desk.tokens.woken]).toEqual([
      [],
      [],
      [],
      [],
    ]);
    expect(desk.idempotency.remembered.size).toBe(0);
  };

  it("that corrects fields that do not exist is refused, naming each by JSON pointer, and nothing is stored", async () => {
    const lines = [{ description: "Paper" }, { colour: "red" }];
    const given = await decided({
      action: "correct",
      fields: { colour: "red", gross: "119.00", constructor: "x" },
      lines,
    });
    const { errors = [] } = expectRefusal("decideReview", given.answer, "value-invalid");
    expect(errors.map(({ pointer }) => pointer)).toEqual(["/fields/colour", "/fields/constructor", "/lines/1/colour"]);
    await nothingStored(given);
  });

  it("that has members which no decision has is refused, so that no misspelt note is lost", async () => {
    const given = await decided({ action: "approve", notes: "Called the supplier." });
    const told = expectRefusal("decideReview", given.answer, "malformed-request");
    expect(told.detail).toContain("notes");
    await nothingStored(given);
  });

  it("that corrects by a value of the wrong type is refused, naming each by JSON pointer, and nothing is stored", async () => {
    const fields = { gross: "much", dueDate: "soon", currency: "EURO", iban: "DE00", supplier: null };
    const given = await decided({ action: "correct", fields });
    const { errors = [] } = expectRefusal("decideReview", given.answer, "value-invalid");
    expect(errors.map(({ pointer }) => pointer)).toEqual(Object.keys(fields).map((name) => `/fields/${name}`));
    await nothingStored(given);
  });

  it.each([7, true, ["119.00"], { amount: 119 }])(
    "that corrects by what is no text in JSON is refused: %j",
    async (gross) => {
      const given = await decided({ action: "correct", fields: { gross } });
      expect(expectRefusal("decideReview", given.answer, "malformed-request").errors).toMatchObject([
        { pointer: "/fields/gross" },
      ]);
      await nothingStored(given);
    },
  );

  it("with a note of 1 MB is refused with what it has and what is taken, and nothing is stored", async () => {
    const given = await decided({ action: "reject", note: "x".repeat(1024 * 1024) });
    const { detail } = expectRefusal("decideReview", given.answer, "body-too-large");
    expect(detail).toMatch(new RegExp(`^The body has 1048\\d{3} bytes; at most ${maxBodyBytes} are taken`));
    await nothingStored(given);
  });

  it("with a note that fits into a body, but not beside a case, is refused by its place, and nothing is stored", async () => {
    const given = await decided({ action: "reject", note: "x".repeat(4_001) });
    expect(expectRefusal("decideReview", given.answer, "malformed-request").errors).toMatchObject([
      { pointer: "/note" },
    ]);
    await nothingStored(given);
  });
});

const routesWithBody = (Object.keys(routes) as RouteName[]).filter((name) => "body" in routes[name]);

it.each(routesWithBody)(
  "a note of 1 MB, or more than it takes, is refused by every route, and its rule never asked: %s",
  async (name) => {
    const route = routes[name];
    const takes = "maxBodyBytes" in route ? route.maxBodyBytes : maxBodyBytes;
    const note = "x".repeat(Math.max(takes, 1024 * 1024));
    let asked = 0;
    const ports = { idempotency: inMemoryIdempotency(), now: () => noon };
    const handler = routeHandler(name, ports, async () => void asked++);
    const event = posted({ because: note, note, text: note }, "rita", anyPath);
    expectRefusal(name, await handler(event, aContext), "body-too-large");
    expect([asked, ports.idempotency.remembered.size]).toEqual([0, 0]);
    expect(takes).toBeLessThan(maxGatewayBytes);
  },
);

const anyPath = {
  caseId,
  reviewId,
  workflow: "invoices",
  personId: "nina",
  list: "vendors",
  changeId: "invoices-3-aaaaaaaa",
};

describe("a replayed idempotency key", () => {
  it.each(Object.entries(validBodies))(
    "with another body is refused, and nothing is done for it: %s",
    async (name, [first, other]) => {
      const route = name as keyof typeof validBodies;
      const done: unknown[] = [];
      const ports = { idempotency: inMemoryIdempotency(), now: () => noon };
      const handler = routeHandler(route, ports, async ({ body }) => void done.push(body));
      const call = (body: unknown) => handler(posted(body, "rita", anyPath), aContext);
      expect(read(await call(first)).status).toBeLessThan(300);
      expectRefusal(route, await call(other), "idempotency-key-reused");
      expect(read(await call(first)).status).toBeLessThan(300);
      expect(done).toHaveLength(1);
    },
  );

  it("with another body leaves the decision that was stored first", async () => {
    const desk = remembering(aDesk());
    const decide = recordDecision(desk);
    await decide(posted({ action: "approve" }), aContext);
    expectRefusal(
      "decideReview",
      await decide(posted({ action: "reject", note: "No." }), aContext),
      "idempotency-key-reused",
    );
    expect((await desk.cases.findReview(reviewId))?.decision?.decision).toEqual({ action: "approve" });
  });
});

describe("somebody whose membership was removed a minute ago", () => {
  const file = { fileName: "a.txt", contentType: "text/plain", content: "YQ==" };

  it("is refused at their next request, whatever their token says, and the review they held is open to others once it runs out", async () => {
    const desk = aDesk();
    const register = inMemoryRegister(desk.now, ...staff);
    const office = { ...desk, ...register };
    const claim = (sub: string, key: string) =>
      claimReview(remembering(office))(posted({}, sub, { reviewId }, key), aContext);
    expect(read(await claim("rita", "first-claim")).status).toBe(200);
    const removal = posted({ name: "Rita", membership: null }, "olga", { workflow: "invoices", personId: "rita" });
    expect(read(await putPerson(remembering(office))(removal, aContext)).status).toBe(204);
    desk.clock.now = later(60);
    const before = await desk.cases.reviewsOf(caseId);
    expectRefusal("claimReview", await claim("rita", "second-claim"), "not-allowed");
    expectRefusal("releaseReview", await releaseReview(remembering(office))(posted({}), aContext), "not-allowed");
    expectRefusal(
      "decideReview",
      await recordDecision(remembering(office))(posted({ action: "approve" }), aContext),
      "not-allowed",
    );
    expectRefusal("attachEvidence", await attachEvidence(remembering(office))(posted(file), aContext), "not-allowed");
    expectRefusal(
      "assignReview",
      await assignReview(remembering(office))(posted({ personId: "rita" }, "olga"), aContext),
      "not-allowed",
    );
    const listing = { ...office, listing: desk.cases, departmentQueues: async () => [] };
    const seen = read(await listReviews(listing)(anEvent({ method: "GET", headers: {} }), aContext));
    expect(seen.body).toMatchObject({ reviews: [] });
    expect(await desk.cases.reviewsOf(caseId)).toEqual(before);
    desk.clock.now = later(900);
    expect(read(await claim("ron", "rons-claim")).status).toBe(200);
  });
});

describe("clock skew", () => {
  it.each(["1999-12-31T23:59:59Z", "2099-01-01T00:00:00Z"])(
    "a client whose clock says %s decides at the time of the server",
    async (theirs) => {
      const desk = remembering(aDesk());
      const event = posted({ action: "approve" });
      event.headers.date = new Date(theirs).toUTCString();
      expect(read(await recordDecision(desk)(event, aContext)).body).toMatchObject({
        decision: { decidedAt: noon.toISOString() },
      });
      const smuggled = posted({ action: "approve", decidedAt: theirs, issuedAt: theirs });
      expectRefusal(
        "decideReview",
        await recordDecision(remembering(aDesk()))(smuggled, aContext),
        "malformed-request",
      );
    },
  );

  it("a token that says it is still to be issued is turned away, and one that has just expired", async () => {
    const at = async (claims: (nowSeconds: number) => Record<string, number>) => {
      const { callClosed, token, clock } = runningApi();
      return (await callClosed(await token(claims(Math.floor(clock.now().getTime() / 1000))))).status;
    };
    expect(await at((now) => ({ iat: now }))).toBe(200);
    expect(await at((now) => ({ iat: now + 60 }))).toBe(401);
    expect(await at((now) => ({ nbf: now + 60 }))).toBe(401);
    expect(await at((now) => ({ iat: now - 900, exp: now + 1 }))).toBe(200);
    expect(await at((now) => ({ iat: now - 900, exp: now }))).toBe(401);
  });

  it("a drop whose event is ahead of the function's clock is a case of the function's time, due when its sender says", async () => {
    const ahead = later(3_600).toISOString();
    const desk = aDesk({ reviews: [] });
    const ports = {
      ...desk,
      intake: intakeWith({ dueAt: later(-86_400).toISOString() }),
      submissions: inMemorySubmissions(),
      executions: inMemoryExecutions(),
    };
    const object = { key: "invoices/ahead.pdf", size: 10, "version-id": "v1", etag: "e" };
    await openCase(ports)({ time: ahead, detail: { bucket: { name: "intake" }, object } }, aContext);
    const [started] = ports.executions.started;
    const record = await desk.cases.find(started?.name ?? "");
    expect(record).toMatchObject({
      status: "opened",
      openedAt: noon.toISOString(),
      dueAt: later(-86_400).toISOString(),
    });
  });

  it("a case that a slower clock delivers took no less than no time, and its ledger holds", async () => {
    const desk = aDesk({
      record: { status: "decided", disposition: aPass(), openedAt: later(120).toISOString() },
      reviews: [],
    });
    const outcomes = inMemoryOutcomes();
    await deliverOutcome(caseId, { ...desk, outcomes, learn: async () => undefined });
    expect(desk.cases.tally).toMatchObject([{ type: "delivered", caseSeconds: 0 }]);
    expect((await desk.cases.find(caseId))?.status).toBe("closed");
    expect(firstBroken(await desk.cases.history(caseId))).toBeNull();
  });

  it("a claim that one function's clock ended early has one holder all the same: whom the row names", async () => {
    const desk = aDesk();
    const claim = claimReview(remembering(desk));
    expect(read(await claim(posted({}, "rita"), aContext)).status).toBe(200);
    desk.clock.now = later(901); // two minutes ahead of the other
    expect(read(await claim(posted({}, "ron"), aContext)).status).toBe(200);
    desk.clock.now = later(781);
    expectRefusal(
      "claimReview",
      await claim(posted({}, "rita", { reviewId }, "renewal-1"), aContext),
      "already-claimed",
    );
    const decide = recordDecision(remembering(desk));
    const told = expectRefusal(
      "decideReview",
      await decide(posted({ action: "approve" }), aContext),
      "already-claimed",
    );
    expect(told).toMatchObject({ claimedBy: "Ron", claimedUntil: later(901 + 900).toISOString() });
    expect(read(await claim(posted({}, "ron", { reviewId }, "renewal-2"), aContext)).body).toMatchObject({
      claim: { by: "ron", until: later(901 + 900).toISOString() },
    });
  });
});
