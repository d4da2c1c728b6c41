import { describe, expect, it } from "vitest";
import { createHandler as getMe } from "../../functions/get-me/handler.ts";
import { createHandler as getMetrics } from "../../functions/get-metrics/handler.ts";
import { createHandler as listPeople } from "../../functions/list-people/handler.ts";
import { createHandler as putPerson } from "../../functions/put-person/handler.ts";
import { createHandler as reportImpact } from "../../functions/report-impact/handler.ts";
import { createHandler as rollUp } from "../../functions/roll-up/handler.ts";
import { createHandler as setAbsence } from "../../functions/set-absence/handler.ts";
import { listPeopleResponse, person } from "../../shared/contracts/people.ts";
import { metricsResponse } from "../../shared/contracts/tally.ts";
import { PeopleChangedError } from "../../shared/people/register.ts";
import { aContext, anEvent, inMemoryIdempotency, read } from "../shared/aws/http/an-event.ts";
import { aCase, aPerson, caseId, later, noon } from "../shared/case/builders.ts";
import { inMemoryCases } from "../shared/case/in-memory-cases.ts";
import { aGated } from "../shared/learning/entries.ts";
import { inMemoryFigures } from "../shared/learning/in-memory-figures.ts";
import { inMemoryRegister } from "../shared/people/in-memory-register.ts";

const anOffice = () => {
  const now = () => noon;
  const owner = { role: "owner" as const, unlimited: true };
  const cases = inMemoryCases();
  cases.given(aCase({ status: "closed", outcomeId: `${caseId}-o1` }));
  return {
    ...inMemoryRegister(now, aPerson("olga", owner), aPerson("eva", { role: "expert" }), aPerson("rita")),
    ...inMemoryFigures(aGated()),
    cases,
    idempotency: inMemoryIdempotency(),
    backlog: async () => ({ waiting: 0, overdue: 0, oldestOpenedAt: null, nextDueAt: null }),
    now,
  };
};
const inWorkflow = (sub: string, query?: Record<string, string>) =>
  anEvent({
    method: "GET",
    headers: {},
    pathParameters: { workflow: "invoices" },
    claims: { sub },
    ...(query && { query }),
  });
const posted = (sub: string, body: unknown, pathParameters: Record<string, string> = {}, key = "key-12345") =>
  anEvent({ claims: { sub }, pathParameters, body: JSON.stringify(body), headers: { "idempotency-key": key } });

describe("the people of a workflow", () => {
  const address = (personId: string) => ({ workflow: "invoices", personId });
  const membership = { role: "reviewer", queues: "*", limits: { EUR: 1 }, unlimited: false };

  it("are listed to an expert, and not to a reviewer", async () => {
    const office = anOffice();
    const listed = read(await listPeople(office)(inWorkflow("eva"), aContext));
    expect([listed.status, listPeopleResponse.parse(listed.body).people.length]).toEqual([200, 3]);
    expect(read(await listPeople(office)(inWorkflow("rita"), aContext)).status).toBe(403);
  });

  it("are changed by an owner with 204, and the same key with another body is refused", async () => {
    const office = anOffice();
    const put = putPerson(office);
    const first = posted("olga", { name: "Nina", membership }, address("nina"));
    expect(read(await put(first, aContext)).status).toBe(204);
    expect(read(await put(first, aContext)).status).toBe(204);
    expect(
      read(await put(posted("olga", { name: "Nina", membership: null }, address("nina")), aContext)),
    ).toMatchObject({
      status: 422,
      body: { type: "urn:signoff:problem:idempotency-key-reused" },
    });
    expect((await office.people.find("nina"))?.name).toBe("Nina");
  });

  it.each([
    ["no role that there is", { name: "N", membership: { ...membership, role: "king" } }, 400],
    ["a limit below nothing", { name: "N", membership: { ...membership, limits: { EUR: -1 } } }, 400],
    ["no name", { name: " ", membership }, 400],
    ["another workflow's queue", { name: "N", membership: { ...membership, queues: ["claims"] } }, 422],
  ])("are not changed by %s", async (_, body, status) => {
    expect(read(await putPerson(anOffice())(posted("olga", body, address("nina")), aContext)).status).toBe(status);
  });

  it("are not found under a workflow that there is none of", async () => {
    const event = posted("olga", { name: "N", membership }, { workflow: "claims", personId: "nina" });
    expect(read(await putPerson(anOffice())(event, aContext)).status).toBe(404);
  });

  it("are to be read again when others were faster each time", async () => {
    const office = anOffice();
    const register = { ...office.register, commit: () => Promise.reject(new PeopleChangedError(["invoices"])) };
    const event = posted("olga", { name: "N", membership }, address("nina"));
    expect(read(await putPerson({ ...office, register })(event, aContext))).toMatchObject({
      status: 409,
      body: { type: "urn:signoff:problem:conflict" },
    });
  });
});

describe("an absence", () => {
  it("is set with 204, and whoever covers sees it in their own authority", async () => {
    const office = anOffice();
    const set = setAbsence(office);
    const until = later(60).toISOString();
    expect(read(await set(posted("eva", { coveredBy: "rita", until }), aContext)).status).toBe(204);
    const me = read(await getMe(office)(inWorkflow("rita"), aContext)).body;
    expect(person.parse(me)).toEqual(me);
    expect(me).toMatchObject({ covers: [{ personId: "eva", until }] });
    expect(read(await set(posted("eva", { coveredBy: "rita", until: null }, {}, "key-of-eva"), aContext)).status).toBe(
      204,
    );
    expect(read(await getMe(office)(inWorkflow("rita"), aContext)).body).toMatchObject({ covers: [] });
  });

  it.each([
    ["nobody covers", { coveredBy: "mallory", until: later(60).toISOString() }, 404],
    ["it is over", { coveredBy: "rita", until: noon.toISOString() }, 422],
    ["it has no time", { coveredBy: "rita", until: "tomorrow" }, 400],
  ])("is refused when %s", async (_, body, status) => {
    expect(read(await setAbsence(anOffice())(posted("eva", body), aContext)).status).toBe(status);
  });
});

describe("figures", () => {
  it("are shown to an owner as the contract has them, rolled up by the hour", async () => {
    const office = anOffice();
    await rollUp(office)();
    const shown = read(await getMetrics(office)(inWorkflow("olga"), aContext));
    expect(shown.status).toBe(200);
    expect(metricsResponse.parse(shown.body)).toEqual(shown.body);
    expect(read(await getMetrics(office)(inWorkflow("eva"), aContext)).status).toBe(403);
  });

  it.each([
    ["to before from", { from: "2026-03-02", to: "2026-03-01" }],
    ["too many days", { from: "2020-01-01", to: "2026-03-01" }],
    ["no date", { from: "yesterday" }],
  ])("are refused for %s", async (_, query) => {
    expect(read(await getMetrics(anOffice())(inWorkflow("olga", query), aContext))).toMatchObject({
      status: 400,
      body: { type: "urn:signoff:problem:malformed-request" },
    });
  });

  const report = { amountMinor: 5_000, currency: "EUR", source: "A letter", date: "2026-03-01" };
  it("take harm with 204", async () => {
    const office = anOffice();
    expect(read(await reportImpact(office)(posted("rita", report, { caseId }), aContext)).status).toBe(204);
    expect(office.cases.tally).toMatchObject([{ type: "harm" }]);
  });

  it.each([
    ["to somebody who may not see the case", "mallory", report, 404],
    ["below nothing", "rita", { ...report, amountMinor: -1 }, 400],
    ["on a day that is none", "rita", { ...report, date: "2026-02-30" }, 400],
    ["in no currency", "rita", { ...report, currency: "ZZZ" }, 422],
  ])("do not take harm %s", async (_, sub, body, status) => {
    expect(read(await reportImpact(anOffice())(posted(sub, body, { caseId }), aContext)).status).toBe(status);
  });
});
