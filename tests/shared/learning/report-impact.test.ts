import { describe, expect, it } from "vitest";
import { CaseNotFoundError } from "../../../shared/case/case-store.ts";
import { reportImpact } from "../../../shared/learning/report-impact.ts";
import { software } from "../../../shared/ledger/event.ts";
import { CaseNotWaitingError, ValueInvalidError } from "../../../shared/review/review-errors.ts";
import { aCase, aPerson, caseId, later, noon } from "../case/builders.ts";
import { inMemoryCases } from "../case/in-memory-cases.ts";
import { inMemoryPeople } from "../case/in-memory-ports.ts";

const day = 24 * 60 * 60;
const report = { amountMinor: 5_000, currency: "EUR", source: "A dunning letter", date: "2026-03-02" };

async function aHouse({ delivered = true } = {}) {
  const cases = inMemoryCases();
  cases.given(aCase({ status: "closed", submitter: "sam", outcomeId: delivered ? `${caseId}-o1` : null }));
  const clock = { now: later(3 * day) };
  const people = inMemoryPeople(
    aPerson("rita"),
    aPerson("sam", { role: "submitter" }),
    aPerson("sue", { role: "submitter" }),
  );
  const step = async (decidedBy: string, at: Date) => {
    const before = await cases.find(caseId);
    if (!before) throw new Error("The case is missing.");
    const entry = { type: "OutcomeDelivered" as const, actor: software, summary: "Delivered", details: { decidedBy } };
    await cases.commit({ before, after: before, entry }, at);
  };
  if (delivered) await step("software", noon);
  if (delivered) await step("person", later(2 * day));
  return { cases, people, clock, now: () => clock.now };
}
const sent = (
  house: Awaited<ReturnType<typeof aHouse>>,
  changes: object = {},
  personId = "rita",
  idempotencyKey = "key-1",
) => reportImpact(caseId, { personId, idempotencyKey }, { ...report, ...changes }, house);
const reported = async ({ cases }: Awaited<ReturnType<typeof aHouse>>) =>
  (await cases.history(caseId)).filter(({ type }) => type === "ImpactReported");

describe("harm", () => {
  it.each(["rita", "sam"])("is reported by %s, into ledger and figures together", async (personId) => {
    const house = await aHouse();
    await sent(house, { note: "Paid twice" }, personId);
    expect(await reported(house)).toMatchObject([
      { actor: { id: personId }, details: { amountMinor: 5_000, source: "A dunning letter", note: "Paid twice" } },
    ]);
    expect(house.cases.tally).toMatchObject([
      { type: "harm", amountMinor: 5_000, currency: "EUR", date: "2026-03-02" },
    ]);
  });

  it("is reported once, however often it is sent, and again with another key", async () => {
    const house = await aHouse();
    for (let time = 0; time < 3; time++) await sent(house);
    expect(await reported(house)).toHaveLength(1);
    house.clock.now = later(4 * day);
    await sent(house, {}, "rita", "key-2");
    await sent(house, {}, "sam", "key-1");
    expect(await reported(house)).toHaveLength(3);
  });

  it.each([
    ["2026-03-01", "software"],
    ["2026-03-03", "software"],
    ["2026-03-04", "person"],
  ])("of %s goes to the account of the outcome that was out then: by %s", async (date, decidedBy) => {
    const house = await aHouse();
    await sent(house, { date });
    expect(house.cases.tally).toMatchObject([{ decidedBy }]);
  });

  it("is reported although somebody else changes the case meanwhile", async () => {
    const house = await aHouse();
    house.cases.meanwhile(() => sent(house, {}, "sam"));
    await sent(house);
    expect(await reported(house)).toHaveLength(2);
  });
});

describe("a report is refused", () => {
  it("before anything was delivered", async () => {
    await expect(sent(await aHouse({ delivered: false }))).rejects.toBeInstanceOf(CaseNotWaitingError);
  });

  it.each(["sue", "mallory"])("to %s, who may not see the case", async (personId) => {
    await expect(sent(await aHouse(), {}, personId)).rejects.toBeInstanceOf(CaseNotFoundError);
  });

  it.each([
    ["in a currency that is none", { currency: "ZZZ" }, "/currency"],
    ["of what is still to come", { date: "2026-03-07" }, "/date"],
  ])("%s", async (_, changes, pointer) => {
    const house = await aHouse();
    const refused = await sent(house, changes).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ValueInvalidError);
    expect(refused).toMatchObject({ errors: [{ pointer }] });
    expect(await reported(house)).toEqual([]);
  });

  it("not where the calendar is ahead of UTC", async () => {
    const house = await aHouse();
    house.clock.now = new Date("2026-03-05T11:00:00.000Z");
    await sent(house, { date: "2026-03-06" });
    expect(await reported(house)).toHaveLength(1);
  });
});
