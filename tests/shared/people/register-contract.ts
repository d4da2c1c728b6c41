import { describe, expect, it } from "vitest";
import type { Person } from "../../../shared/contracts/people.ts";
import { firstBroken } from "../../../shared/ledger/chain.ts";
import { type Entry, software } from "../../../shared/ledger/event.ts";
import { type Absence, type PeopleChange, PeopleChangedError } from "../../../shared/people/register.ts";
import { aMembership, aPerson, later, noon } from "../case/builders.ts";
import type { InMemoryRegister } from "./in-memory-register.ts";

export type RegisterPorts = Omit<InMemoryRegister, "meanwhile">;

const entry = (summary: string): Entry => ({ type: "PersonChanged", actor: software, summary, details: {} });

/** What every register of people does, whatever it is made of. `now` is noon. */
export function registerContract(
  name: string,
  open: (...everybody: readonly Person[]) => Promise<RegisterPorts>,
): void {
  const staff = [aPerson("rita"), aPerson("eva", { role: "expert" }), aPerson("ron")];
  const changeIn = async ({ register }: RegisterPorts, change: Omit<PeopleChange, "events">, summary = "A change") =>
    register.commit(
      { events: [{ workflow: "invoices", head: await register.head("invoices"), entry: entry(summary) }], ...change },
      noon,
    );
  const membership = (personId: string, after: ReturnType<typeof aMembership> | null) => ({
    membership: { personId, name: personId.toUpperCase(), workflow: "invoices" as const, after },
  });
  const away = (coveredBy: string, until = later(60)): Absence => ({
    coveredBy,
    coveredByName: coveredBy,
    until: until.toISOString(),
  });
  const absence = (before: Absence | null, after: Absence | null) => ({
    absence: { personId: "eva", name: "Eva", before, after },
  });

  describe(`the register of people in ${name}`, () => {
    it("gives, changes and takes a membership, at once for whoever asks next", async () => {
      const ports = await open(...staff);
      await changeIn(ports, membership("nina", aMembership({ limits: { EUR: 1 } })));
      expect(await ports.people.find("nina")).toEqual(aPerson("nina", { limits: { EUR: 1 } }, { name: "NINA" }));
      await changeIn(ports, membership("nina", aMembership({ role: "owner", queues: ["invoices/it"] })));
      expect((await ports.register.member("nina"))?.memberships).toEqual([
        aMembership({ role: "owner", queues: ["invoices/it"] }),
      ]);
      await changeIn(ports, membership("nina", null));
      expect(await ports.people.find("nina")).toBeNull();
      expect(await ports.register.member("nina")).toBeNull();
    });

    it("keeps a whole chain of what was changed", async () => {
      const ports = await open(...staff);
      for (const summary of ["First", "Second", "Third"])
        await changeIn(ports, membership("nina", aMembership()), summary);
      const chain = await ports.chainOf("invoices");
      expect(chain.map(({ summary }) => summary)).toEqual(["First", "Second", "Third"]);
      expect(firstBroken(chain, await ports.register.head("invoices"))).toBeNull();
    });

    it("lets one of two changes through that were decided on the same state, and nothing of the other", async () => {
      const ports = await open(...staff);
      const events = [
        { workflow: "invoices" as const, head: await ports.register.head("invoices"), entry: entry("Both") },
      ];
      const results = await Promise.allSettled(
        ["rita", "ron"].map((personId) => ports.register.commit({ events, ...membership(personId, null) }, noon)),
      );
      const refused = results.filter((result) => result.status === "rejected");
      expect(refused).toHaveLength(1);
      expect(refused[0]?.reason).toBeInstanceOf(PeopleChangedError);
      const left = [await ports.people.find("rita"), await ports.people.find("ron")];
      expect(left.filter((person) => person !== null)).toHaveLength(1);
      expect(await ports.chainOf("invoices")).toHaveLength(1);
    });

    it("lets the colleague who covers act by the absent one's membership as it is now, until the absence ends", async () => {
      const ports = await open(...staff);
      await changeIn(ports, absence(null, away("rita")));
      const covers = async () => (await ports.people.find("rita"))?.covers;
      const until = later(60).toISOString();
      expect(await covers()).toEqual([
        { personId: "eva", name: "Eva", until, memberships: [aMembership({ role: "expert" })] },
      ]);
      expect((await ports.register.member("eva"))?.absence).toEqual(away("rita"));
      await changeIn(ports, absence(away("rita"), away("ron")));
      expect(await covers()).toEqual([]);
      expect((await ports.people.find("ron"))?.covers).toHaveLength(1);
      await changeIn(ports, membership("eva", null));
      expect((await ports.people.find("ron"))?.covers).toEqual([]);
      await changeIn(ports, membership("eva", aMembership()));
      expect((await ports.people.find("ron"))?.covers).toHaveLength(1);
      await changeIn(ports, absence(away("ron"), null));
      expect((await ports.people.find("ron"))?.covers).toEqual([]);
      expect((await ports.register.member("eva"))?.absence).toBeNull();
    });

    it("no longer counts an absence that is over, although nobody ended it", async () => {
      const ports = await open(...staff);
      await changeIn(ports, absence(null, away("rita", noon)));
      expect((await ports.people.find("rita"))?.covers).toEqual([]);
    });

    it("lists a workflow's members with their absence, and nobody else", async () => {
      const ports = await open(...staff);
      await changeIn(ports, absence(null, away("rita")));
      const members = await ports.register.membersOf("invoices");
      expect(new Map(members.map(({ personId, absence }) => [personId, absence]))).toEqual(
        new Map([
          ["eva", away("rita")],
          ["rita", null],
          ["ron", null],
        ]),
      );
      expect(members.find(({ personId }) => personId === "eva")?.membership).toEqual(aMembership({ role: "expert" }));
    });
  });
}
