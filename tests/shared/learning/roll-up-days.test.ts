import { describe, expect, it } from "vitest";
import { getMetrics, MetricsRangeInvalidError } from "../../../shared/learning/get-metrics.ts";
import { gradesOfDays } from "../../../shared/learning/grades-of-days.ts";
import { rollUp } from "../../../shared/learning/roll-up.ts";
import { daysToCount, figuresBetween, rollUpDays } from "../../../shared/learning/roll-up-days.ts";
import { daysAfter } from "../../../shared/learning/tally.ts";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { aPerson, noon } from "../case/builders.ts";
import { inMemoryPeople } from "../case/in-memory-ports.ts";
import { aGated, anAnswered } from "./entries.ts";
import { inMemoryFigures } from "./in-memory-figures.ts";

const today = "2026-03-02";
const on = (day: string, time = "10:00:00.000") => `${day}T${time}Z`;
const gatedOn = (day: string) => aGated({ at: on(day) });

const aHouse = (...entries: Parameters<typeof inMemoryFigures>) => {
  const figures = inMemoryFigures(...entries);
  const clock = { now: noon };
  const people = inMemoryPeople(aPerson("olga", { role: "owner" }), aPerson("eva", { role: "expert" }));
  const backlog = async () => ({ waiting: 3, overdue: 1, oldestOpenedAt: on("2026-03-01"), nextDueAt: null });
  return { ...figures, clock, people, backlog, now: () => clock.now };
};

describe("the roll-up", () => {
  it("counts today and yesterday, and again gives the same rows", async () => {
    const house = aHouse(gatedOn(today), gatedOn("2026-03-01"), gatedOn("2026-03-01"));
    await rollUpDays(house);
    const first = structuredClone([...house.rows]);
    await rollUpDays(house);
    expect([...house.rows]).toEqual(first);
    const counted = await house.counters.between("invoices", "2026-03-01", today);
    expect(counted.map(({ day, figures }) => [day, figures.counters.gated])).toEqual([
      ["2026-03-01", 2],
      [today, 1],
    ]);
  });

  it("counts what came in since", async () => {
    const house = aHouse(gatedOn(today));
    await rollUpDays(house);
    house.entries.push(gatedOn(today));
    await rollUpDays(house);
    const [rolled] = await house.counters.between("invoices", today, today);
    expect(rolled?.figures.counters.gated).toBe(2);
  });

  it("makes up for days on which it stood still, and leaves alone what was counted whole", async () => {
    const house = aHouse();
    await rollUpDays(house);
    house.clock.now = new Date("2026-03-06T12:00:00.000Z");
    house.entries.push(aGated({ at: on(today, "18:00:00.000") }), gatedOn("2026-03-03"));
    house.read.length = 0;
    await rollUpDays(house);
    expect(house.read).toEqual([today, "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06"]);
    const counted = await house.counters.between("invoices", today, "2026-03-06");
    expect(counted.map(({ figures }) => figures.counters.gated)).toEqual([1, 1, 0, 0, 0]);
  });

  it("takes a day for whole only when nothing could be added any more", () => {
    const rolled = (rolledAt: string) => [{ day: "2026-02-27", rolledAt, figures: rollUp([]) }];
    const counts = (rolledAt: string) => daysToCount(today, rolled(rolledAt)).includes("2026-02-27");
    expect([counts(on("2026-02-28", "00:14:59.999")), counts(on("2026-02-28", "00:15:00.000"))]).toEqual([true, false]);
  });
});

describe("figures between two days", () => {
  it("are those rolled up, and live where a day was not counted whole", async () => {
    const house = aHouse(gatedOn(today), gatedOn("2026-03-01"));
    const whole = rollUp([gatedOn("2026-02-28"), gatedOn("2026-02-28")]);
    await house.counters.put("invoices", { day: "2026-02-28", rolledAt: noon.toISOString(), figures: whole });
    await house.counters.put("invoices", {
      day: "2026-03-01",
      rolledAt: on("2026-03-01", "23:50:00.000"),
      figures: whole,
    });
    const days = await figuresBetween("invoices", "2026-02-28", today, house);
    expect(days.map(({ day, figures }) => [day, figures.counters.gated])).toEqual([
      ["2026-02-28", 2],
      ["2026-03-01", 1],
      [today, 1],
    ]);
    expect(house.read.toSorted()).toEqual(["2026-03-01", today]);
  });

  it("read entry by entry no more than the last two weeks", async () => {
    const house = aHouse();
    await figuresBetween("invoices", "2025-06-01", today, house);
    expect(house.read).toHaveLength(15);
  });
});

describe("metrics", () => {
  const asked = (query: { from?: string; to?: string }, personId = "olga", house = aHouse()) =>
    getMetrics("invoices", query, personId, house);

  it("are of the last 30 days unless told otherwise, every day of them, with today live and what waits now", async () => {
    const house = aHouse(gatedOn(today), gatedOn("2026-03-01"));
    await rollUpDays(house);
    house.entries.push(gatedOn(today));
    const answer = await asked({}, "olga", house);
    expect([answer.from, answer.to, answer.days.length]).toEqual(["2026-02-01", today, 30]);
    expect(answer.total.gated).toBe(3);
    expect(answer.days.at(-1)).toMatchObject({ day: today, counters: { gated: 2 } });
    expect(answer.backlog).toMatchObject({ waiting: 3, overdue: 1 });
  });

  it("end with today, whatever later day is asked for", async () => {
    const answer = await asked({ from: today, to: "2026-03-09" });
    expect([answer.to, answer.days.map(({ day }) => day)]).toEqual(["2026-03-09", [today]]);
    expect((await asked({ from: "2026-04-01" })).days).toEqual([]);
  });

  it.each([
    ["from after to", { from: today, to: "2026-03-01" }],
    ["more than 366 days", { from: "2025-01-01", to: "2026-01-02" }],
    ["ages", { from: "0001-01-01", to: "9999-12-31" }],
  ])("are refused for %s", async (_, query) => {
    await expect(asked(query)).rejects.toBeInstanceOf(MetricsRangeInvalidError);
  });

  it("are given for 366 days", async () => {
    expect((await asked({ from: daysAfter(today, -365), to: today })).days).toHaveLength(366);
  });

  it.each(["eva", "mallory"])("are not for %s", async (personId) => {
    await expect(asked({}, personId)).rejects.toBeInstanceOf(NotAllowedError);
  });
});

describe("grades", () => {
  const graded = (at: string, sampled: "audited" | "pilot" | "shadow" | "triggered" | "stopped", wrong = false) =>
    anAnswered({ at, sampled, wrong });
  const house = aHouse(
    graded(on("2026-02-27", "09:59:59.999"), "shadow"),
    graded(on("2026-02-27"), "shadow", true),
    graded(on("2026-02-28"), "shadow"),
    graded(on("2026-02-28"), "pilot"),
    graded(on("2026-02-28"), "audited", true),
    graded(on("2026-02-28"), "triggered", true),
    graded(on("2026-02-28"), "stopped", true),
    graded(on(today), "shadow"),
  );
  const since = new Date(on("2026-02-27"));

  it.each([
    ["shadow", { cases: 3, wrong: 1 }],
    ["pilot", { cases: 2, wrong: 1 }],
    ["live", { cases: 1, wrong: 1 }],
  ] as const)("of %s count the cases that grade it, to the moment, rolled up or not", async (stage, expected) => {
    expect(await gradesOfDays(house).of("invoices", stage, since)).toEqual(expected);
    const rolled = aHouse(...house.entries);
    await rollUpDays(rolled);
    rolled.read.length = 0;
    expect(await gradesOfDays(rolled).of("invoices", stage, since)).toEqual(expected);
    expect(rolled.read).not.toContain("2026-02-28");
  });

  it("since this morning count no day twice", async () => {
    expect(await gradesOfDays(house).of("invoices", "shadow", new Date(on(today, "00:00:00.000")))).toEqual({
      cases: 1,
      wrong: 0,
    });
  });

  it("since a day to come are none", async () => {
    expect(await gradesOfDays(house).of("invoices", "shadow", new Date("2026-03-05T00:00:00.000Z"))).toEqual({
      cases: 0,
      wrong: 0,
    });
  });
});
