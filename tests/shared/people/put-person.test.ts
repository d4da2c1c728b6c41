import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NotAllowedError } from "../../../shared/people/authority.ts";
import { putPerson } from "../../../shared/people/put-person.ts";
import { PeopleChangedError } from "../../../shared/people/register.ts";
import { ValueInvalidError } from "../../../shared/review/review-errors.ts";
import { aMembership, aPerson, noon } from "../case/builders.ts";
import { inMemoryRegister } from "./in-memory-register.ts";

const owner = { role: "owner", unlimited: true } as const;
const anOffice = () => {
  const memory = inMemoryRegister(
    () => noon,
    aPerson("olga", owner),
    aPerson("otto", owner),
    aPerson("eva", { role: "expert" }),
    aPerson("rita"),
  );
  return { ...memory, now: () => noon };
};
type Office = ReturnType<typeof anOffice>;
const reviewer = { role: "reviewer" as const, queues: "*" as const, limits: { EUR: 100 }, unlimited: false };
const put = (
  office: Office,
  personId: string,
  membership: Parameters<typeof putPerson>[1]["membership"],
  changedBy = "olga",
) => putPerson({ workflow: "invoices", personId }, { name: personId, membership }, changedBy, office);

describe("an owner", () => {
  it("gives somebody a role, and the ledger says who did, and what it was before", async () => {
    const office = anOffice();
    await put(office, "rita", { ...reviewer, role: "expert" });
    expect((await office.people.find("rita"))?.memberships).toEqual([
      { workflow: "invoices", ...reviewer, role: "expert" },
    ]);
    expect(await office.chainOf("invoices")).toMatchObject([
      {
        type: "PersonChanged",
        actor: { id: "olga" },
        summary: "Made rita expert in invoices",
        details: { personId: "rita", before: { role: "reviewer" }, after: { role: "expert" } },
      },
    ]);
  });

  it("takes every role away, and again changes nothing", async () => {
    const office = anOffice();
    await put(office, "rita", null);
    await put(office, "rita", null);
    await put(office, "nobody", null);
    expect(await office.people.find("rita")).toBeNull();
    expect(await office.chainOf("invoices")).toHaveLength(1);
  });

  it("writes nothing for what is so already", async () => {
    const office = anOffice();
    for (let time = 0; time < 3; time++) await put(office, "nina", reviewer);
    expect(await office.chainOf("invoices")).toHaveLength(1);
  });

  it.each([
    ["a queue of another workflow", { queues: ["claims"] }, "/membership/queues"],
    ["a currency that is none", { limits: { ZZZ: 1 } }, "/membership/limits/ZZZ"],
  ])("is told what is wrong with %s", async (_, changes, pointer) => {
    const office = anOffice();
    const refused = await put(office, "rita", { ...reviewer, ...changes }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ValueInvalidError);
    expect(refused).toMatchObject({ errors: [{ pointer }] });
    expect(await office.chainOf("invoices")).toEqual([]);
  });

  it("never changes their own authority", async () => {
    const office = anOffice();
    await expect(put(office, "olga", reviewer)).rejects.toBeInstanceOf(NotAllowedError);
    await expect(put(office, "olga", null)).rejects.toBeInstanceOf(NotAllowedError);
  });
});

describe("whoever is no owner", () => {
  it.each(["eva", "rita", "mallory"])("changes nobody: %s", async (changedBy) => {
    await expect(put(anOffice(), "nina", reviewer, changedBy)).rejects.toBeInstanceOf(NotAllowedError);
  });

  it("does not become one by covering for an owner", async () => {
    const office = anOffice();
    const absence = { coveredBy: "rita", coveredByName: "Rita", until: "2026-03-03T00:00:00.000Z" };
    await office.register.commit(
      { events: [], absence: { personId: "olga", name: "Olga", before: null, after: absence } },
      noon,
    );
    expect((await office.people.find("rita"))?.covers).toHaveLength(1);
    await expect(put(office, "nina", reviewer, "rita")).rejects.toBeInstanceOf(NotAllowedError);
  });
});

describe("two owners at the same moment", () => {
  it("do not both take each other's role away", async () => {
    const office = anOffice();
    office.meanwhile(() => put(office, "olga", null, "otto"));
    await expect(put(office, "otto", null, "olga")).rejects.toBeInstanceOf(NotAllowedError);
    expect(await office.people.find("otto")).not.toBeNull();
  });

  it("both change others", async () => {
    const office = anOffice();
    office.meanwhile(() => put(office, "rita", null, "otto"));
    await put(office, "nina", reviewer);
    expect(await office.chainOf("invoices")).toHaveLength(2);
  });

  it("are told to read again where others are faster each time", async () => {
    const office = anOffice();
    const commit = () => Promise.reject(new PeopleChangedError(["invoices"]));
    const refused = put({ ...office, register: { ...office.register, commit } }, "rita", null);
    await expect(refused).rejects.toBeInstanceOf(PeopleChangedError);
  });
});

it("never leaves a workflow without an owner, whoever changes whom", async () => {
  const names = ["olga", "otto", "eva", "rita"];
  const step = fc.record({
    changedBy: fc.constantFrom(...names),
    personId: fc.constantFrom(...names),
    role: fc.constantFrom(null, "reviewer" as const, "owner" as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const office = anOffice();
      for (const { changedBy, personId, role } of steps)
        await put(office, personId, role && { ...reviewer, role }, changedBy).catch((error: unknown) =>
          expect(error).toBeInstanceOf(NotAllowedError),
        );
      const members = await office.register.membersOf("invoices");
      expect(members.some(({ membership }) => membership.role === aMembership(owner).role)).toBe(true);
    }),
  );
});
