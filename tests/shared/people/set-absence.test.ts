import { describe, expect, it } from "vitest";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { listPeople } from "../../../shared/people/list-people.ts";
import { MemberNotFoundError } from "../../../shared/people/register.ts";
import { maxAbsenceDays, setAbsence } from "../../../shared/people/set-absence.ts";
import { ValueInvalidError } from "../../../shared/review/review-errors.ts";
import { aPerson, later, noon } from "../case/builders.ts";
import { inMemoryRegister } from "./in-memory-register.ts";

const day = 24 * 60 * 60;
const anOffice = () => {
  const clock = { now: noon };
  const memory = inMemoryRegister(
    () => clock.now,
    aPerson("rita"),
    aPerson("ron"),
    aPerson("eva", { role: "expert" }),
    aPerson("sam", { role: "submitter" }),
  );
  return { ...memory, clock, now: () => clock.now };
};
const away = (office: ReturnType<typeof anOffice>, personId: string, coveredBy: string, seconds: number | null) =>
  setAbsence(personId, { coveredBy, until: seconds === null ? null : later(seconds).toISOString() }, office);
const coversOf = async (office: ReturnType<typeof anOffice>, personId: string) =>
  (await office.people.find(personId))?.covers.map((cover) => cover.personId);

describe("somebody who is away", () => {
  it("is covered for until then, and the ledger says so", async () => {
    const office = anOffice();
    await away(office, "eva", "rita", day);
    expect(await coversOf(office, "rita")).toEqual(["eva"]);
    expect(await office.chainOf("invoices")).toMatchObject([
      { type: "AbsenceSet", actor: { id: "eva" }, details: { coveredBy: "rita", until: later(day).toISOString() } },
    ]);
    office.clock.now = later(day);
    expect(await coversOf(office, "rita")).toEqual([]);
  });

  it("names another colleague, and the first no longer covers", async () => {
    const office = anOffice();
    await away(office, "eva", "rita", day);
    await away(office, "eva", "ron", day);
    expect([await coversOf(office, "rita"), await coversOf(office, "ron")]).toEqual([[], ["eva"]]);
  });

  it("is back when they say so; saying it again changes nothing", async () => {
    const office = anOffice();
    await away(office, "eva", "rita", day);
    for (let time = 0; time < 2; time++) await away(office, "eva", "rita", null);
    expect(await coversOf(office, "rita")).toEqual([]);
    expect((await office.chainOf("invoices")).map(({ summary }) => summary)).toEqual([
      `Is away until ${later(day).toISOString()}; Rita covers`,
      "Is back",
    ]);
  });

  it("stays covered for although the colleague goes away later, who names somebody who is there", async () => {
    const office = anOffice();
    await away(office, "eva", "rita", day);
    await expect(away(office, "rita", "eva", day)).rejects.toBeInstanceOf(ValueInvalidError);
    await away(office, "rita", "ron", day);
    expect([await coversOf(office, "rita"), await coversOf(office, "ron")]).toEqual([["eva"], ["rita"]]);
  });
});

describe("an absence is refused", () => {
  it.each([
    ["that is over already", 0],
    ["that is longer than it may be", maxAbsenceDays * day + 1],
  ])("%s", async (_, seconds) => {
    await expect(away(anOffice(), "eva", "rita", seconds)).rejects.toMatchObject({ errors: [{ pointer: "/until" }] });
  });

  it("that one would cover for oneself", async () => {
    await expect(away(anOffice(), "eva", "eva", day)).rejects.toMatchObject({ errors: [{ pointer: "/coveredBy" }] });
  });

  it.each(["mallory", "sam"])("that is covered by %s, who reviews in none of the workflows", async (coveredBy) => {
    await expect(away(anOffice(), "eva", coveredBy, day)).rejects.toBeInstanceOf(MemberNotFoundError);
  });

  it.each(["mallory", "sam"])("of %s, who reviews nothing", async (personId) => {
    await expect(away(anOffice(), personId, "rita", day)).rejects.toBeInstanceOf(NotAllowedError);
  });
});

it("lasts at most as long as is allowed, to the second", async () => {
  const office = anOffice();
  await away(office, "eva", "rita", maxAbsenceDays * day);
  expect(await coversOf(office, "rita")).toEqual(["eva"]);
});

describe("the list of people", () => {
  it("says by name who may do what, and who is away", async () => {
    const office = anOffice();
    await away(office, "rita", "ron", day);
    const { people } = await listPeople("invoices", "eva", office);
    expect(
      people.map(({ name, membership, absentUntil, coveredBy }) => [name, membership.role, absentUntil, coveredBy]),
    ).toEqual([
      ["Eva", "expert", null, null],
      ["Rita", "reviewer", later(day).toISOString(), "Ron"],
      ["Ron", "reviewer", null, null],
      ["Sam", "submitter", null, null],
    ]);
    office.clock.now = later(day);
    expect((await listPeople("invoices", "eva", office)).people.every(({ absentUntil }) => absentUntil === null)).toBe(
      true,
    );
  });

  it.each(["rita", "sam", "mallory"])("is not for %s", async (personId) => {
    await expect(listPeople("invoices", personId, anOffice())).rejects.toBeInstanceOf(NotAllowedError);
  });
});
