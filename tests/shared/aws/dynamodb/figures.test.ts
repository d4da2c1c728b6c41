import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoBacklog } from "../../../../shared/aws/dynamodb/backlog.ts";
import { dynamoCaseStore } from "../../../../shared/aws/dynamodb/case-store.ts";
import { dynamoCounters } from "../../../../shared/aws/dynamodb/counters.ts";
import { dynamoGrades } from "../../../../shared/aws/dynamodb/grades.ts";
import { dynamoTally, tallyItem } from "../../../../shared/aws/dynamodb/tally.ts";
import type { TallyEntry } from "../../../../shared/contracts/tally.ts";
import { rollUp } from "../../../../shared/learning/roll-up.ts";
import { rollUpDays } from "../../../../shared/learning/roll-up-days.ts";
import type { Tally } from "../../../../shared/learning/tally.ts";
import { software } from "../../../../shared/ledger/event.ts";
import { aCase, aDecision, aReview, caseId, caseIdNumber, later, noon } from "../../case/builders.ts";
import { aDelivered, aGated, aHarm, anAnswered } from "../../learning/entries.ts";
import { givenTables } from "./running-tables.ts";

const today = "2026-03-02";
const all = async (tally: Tally, day = today): Promise<TallyEntry[]> => {
  const found = [];
  for await (const entry of tally.of("invoices", day)) found.push(entry);
  return found;
};

async function given(...entries: readonly TallyEntry[]) {
  const tables = await givenTables();
  for (const entry of entries)
    await tables.client.send(new PutItemCommand({ TableName: tables.caseTable, Item: tallyItem(entry) }));
  return tables;
}

describe("the tally", () => {
  it("gives a day's entries as they were written, of all shards, and of no other day", async () => {
    const ids = [...Array(26).keys()].map(caseIdNumber);
    const entries = ids.map((id) => aGated({ caseId: id }));
    const tables = await given(
      ...entries,
      aGated({ at: "2026-03-01T23:59:59.999Z" }),
      anAnswered(),
      aDelivered(),
      aHarm(),
    );
    const found = await all(dynamoTally(tables));
    expect(found).toHaveLength(29);
    expect(new Set(found.flatMap((entry) => (entry.type === "gated" ? [entry.caseId] : [])))).toEqual(new Set(ids));
    expect(found).toContainEqual(anAnswered());
    expect(await all(dynamoTally(tables), "2026-03-01")).toEqual([aGated({ at: "2026-03-01T23:59:59.999Z" })]);
  });

  it("counts a repeated step once, and a blind answer beside the one that knew everything", async () => {
    const blind = anAnswered({ blind: true, final: false, sampled: "triggered" });
    const known = anAnswered({ sampled: "triggered" });
    const tables = await given(blind, known, blind, known, aGated(), aGated({ kind: "pass", triggers: [] }));
    const found = await all(dynamoTally(tables));
    expect(found).toHaveLength(3);
    expect(found.find(({ type }) => type === "gated")).toMatchObject({ kind: "pass" });
  });

  it("is written with the step itself, or not at all", async () => {
    const tables = await givenTables();
    const cases = dynamoCaseStore(tables);
    const entry = { type: "CaseOpened" as const, actor: software, summary: "A step", details: {} };
    await cases.commit({ before: null, after: aCase(), entry, tally: [aGated()] }, noon);
    const late = { before: null, after: aCase(), entry, tally: [anAnswered()] };
    await expect(cases.commit(late, noon)).rejects.toThrow();
    expect(await all(dynamoTally(tables))).toEqual([aGated()]);
  });
});

it("counters are found by day, as they were put last, and rolled up again alike", async () => {
  const tables = await given(aGated(), anAnswered({ wrong: true, costMinor: 5 }));
  const counters = dynamoCounters(tables);
  const ports = { tally: dynamoTally(tables), counters, now: () => noon };
  await rollUpDays(ports);
  await rollUpDays(ports);
  const figures = rollUp([aGated(), anAnswered({ wrong: true, costMinor: 5 })]);
  expect(await counters.between("invoices", today, today)).toEqual([
    { day: today, rolledAt: noon.toISOString(), figures },
  ]);
  expect(await counters.between("invoices", "2026-03-03", "2026-03-09")).toEqual([]);
  expect(await counters.between("invoices", "2026-03-09", "2026-03-03")).toEqual([]);
  expect((await counters.between("invoices", "2026-01-01", "2026-12-31")).map(({ day }) => day)).toHaveLength(15);
});

it("grades come from both, the rows of the days and what was written today", async () => {
  const shadow = (at: string, id: number) =>
    anAnswered({ caseId: caseIdNumber(id), sampled: "shadow", wrong: id === 1, at });
  const tables = await given(shadow("2026-02-20T10:00:00.000Z", 1), shadow("2026-03-02T10:00:00.000Z", 2));
  const now = () => noon;
  await rollUpDays({ tally: dynamoTally(tables), counters: dynamoCounters(tables), now });
  const grades = dynamoGrades({ ...tables, now });
  expect(await grades.of("invoices", "shadow", new Date("2026-02-19T00:00:00.000Z"))).toEqual({ cases: 2, wrong: 1 });
  expect(await grades.of("invoices", "live", new Date("2026-02-19T00:00:00.000Z"))).toEqual({ cases: 0, wrong: 0 });
});

describe("the backlog", () => {
  const open = async (...reviews: readonly ReturnType<typeof aReview>[]) => {
    const tables = await givenTables();
    const cases = dynamoCaseStore(tables);
    for (const after of reviews) {
      const entry = { type: "ReviewOpened" as const, actor: software, summary: "A step", details: {} };
      await cases.commit(
        { before: null, after: aCase({ caseId: after.caseId }), entry, reviews: [{ before: null, after }] },
        noon,
      );
    }
    return dynamoBacklog(tables)("invoices", noon);
  };
  const waiting = (id: number, dueInSeconds: number, changes: Parameters<typeof aReview>[0] = {}) =>
    aReview({ caseId: caseIdNumber(id), dueAt: later(dueInSeconds).toISOString(), ...changes });

  it("counts what waits in the workflow's queue and its departments', and what is overdue", async () => {
    const decided = aDecision({ reviewId: `${caseIdNumber(9)}-1` });
    expect(
      await open(
        waiting(1, -10, { openedAt: later(-5_000).toISOString() }),
        waiting(2, 0),
        waiting(3, 60, { queue: "invoices/it", openedAt: later(-9_000).toISOString() }),
        waiting(4, 30),
        waiting(9, -99, { status: "decided", decision: decided }),
        waiting(10, -99, { status: "expired" }),
      ),
    ).toEqual({
      waiting: 4,
      overdue: 2,
      oldestOpenedAt: later(-9_000).toISOString(),
      nextDueAt: later(30).toISOString(),
    });
  });

  it("is nothing where nothing waits", async () => {
    expect(await open()).toEqual({ waiting: 0, overdue: 0, oldestOpenedAt: null, nextDueAt: null });
  });

  it("leaves out questions to a sender: nobody here can answer them", async () => {
    expect(await open(waiting(1, 10, { cause: "question" }))).toMatchObject({ waiting: 0 });
  });
});

it("says of whose case an entry is by its key: cases spread over shards", () => {
  const partitions = [...Array(26).keys()].map((number) => tallyItem(aGated({ caseId: caseIdNumber(number) })).pk?.S);
  expect(new Set(partitions).size).toBe(8);
  expect(tallyItem(aGated()).pk?.S).toMatch(/^DAY#invoices#2026-03-02#[0-7]$/);
  expect(tallyItem(aGated()).sk?.S).toBe(`gated#${caseId}`);
});
