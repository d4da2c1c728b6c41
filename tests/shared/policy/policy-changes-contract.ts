import { describe, expect, it } from "vitest";
import { firstBroken } from "../../../shared/ledger/chain.ts";
import type { LedgerEvent } from "../../../shared/ledger/event.ts";
import {
  type PolicyChanges,
  PolicyContendedError,
  type PolicyStep,
  type SignatureTokens,
} from "../../../shared/policy/policy-changes.ts";
import type { PolicyKeeper } from "../../../shared/policy/policy-store.ts";
import { later, noon } from "../case/builders.ts";
import { aChange } from "./a-change.ts";
import { aPolicy } from "./a-policy.ts";

interface Opened {
  readonly changes: PolicyChanges;
  readonly tokens: SignatureTokens;
  readonly policies: PolicyKeeper;
  history(): Promise<readonly LedgerEvent[]>;
}

/** What every store of policy changes does; `open` starts with `aPolicy()` in the file. */
export function policyChangesContract(name: string, open: () => Promise<Opened>) {
  const aStep = async (changes: PolicyChanges, step: Partial<PolicyStep> = {}): Promise<PolicyStep> => ({
    head: (await changes.standing("invoices")).head,
    change: aChange(),
    entry: {
      type: "PolicyChangeProposed",
      actor: { kind: "person", id: "olga", name: "Olga" },
      summary: "A step",
      details: {},
    },
    becomes: null,
    ...step,
  });

  describe(`policy changes in ${name}`, () => {
    it("are found as they were written; another one is nothing", async () => {
      const { changes } = await open();
      await changes.commit(await aStep(changes), noon);
      expect(await changes.find(aChange().changeId)).toEqual(aChange());
      expect(await changes.find("invoices-3-zzzzzzzz")).toBeNull();
    });

    it("begin with the file in force, and put in force what they become, kept as a version", async () => {
      const { changes, policies } = await open();
      expect(await changes.standing("invoices")).toMatchObject({ current: aPolicy(), stageSince: new Date(0) });
      const policy = aPolicy({ version: 4, stopped: true });
      await changes.commit(await aStep(changes, { becomes: { policy, stageSince: later(5) } }), noon);
      expect(await changes.standing("invoices")).toMatchObject({ current: policy, stageSince: later(5) });
      expect(await policies.current("invoices")).toEqual(policy);
      expect(await policies.version("invoices", 4)).toEqual(policy);
    });

    it("are written once of two at the same time, all of it or nothing", async () => {
      const { changes, policies } = await open();
      const step = await aStep(changes);
      await changes.commit(step, noon);
      const other = { ...step, change: aChange({ changeId: "invoices-3-bbbbbbbb" }) };
      const becomes = { policy: aPolicy({ version: 4 }), stageSince: noon };
      await expect(changes.commit({ ...other, becomes }, noon)).rejects.toBeInstanceOf(PolicyContendedError);
      expect(await changes.find("invoices-3-bbbbbbbb")).toBeNull();
      expect((await policies.current("invoices")).version).toBe(3);
    });

    it("never take the number of a version that was used", async () => {
      const { changes, policies } = await open();
      await policies.keep(aPolicy({ version: 4, accountableOwner: "Of a deployment" }));
      const becomes = { policy: aPolicy({ version: 4, stopped: true }), stageSince: noon };
      await expect(changes.commit(await aStep(changes, { becomes }), noon)).rejects.toBeInstanceOf(
        PolicyContendedError,
      );
      expect((await policies.current("invoices")).stopped).toBe(false);
    });

    it("are chained in the ledger, whole", async () => {
      const { changes, history } = await open();
      for (const status of ["waiting", "refused"] as const)
        await changes.commit(await aStep(changes, { change: aChange({ status }) }), noon);
      const events = await history();
      expect(events).toHaveLength(2);
      expect(firstBroken(events)).toBeNull();
    });

    it("are listed by the version they change, newest first, twenty at most", async () => {
      const { changes } = await open();
      for (let baseVersion = 1; baseVersion <= 22; baseVersion++) {
        const change = aChange({ baseVersion, changeId: `invoices-${baseVersion}-aaaaaaaa` });
        await changes.commit(await aStep(changes, { change }), noon);
      }
      const versions = (await changes.latest("invoices")).map((change) => change.baseVersion);
      expect(versions).toEqual(Array.from({ length: 20 }, (_, n) => 22 - n));
    });

    it("keep the newest attempt's token, whichever arrives last", async () => {
      const { tokens } = await open();
      expect(await tokens.find("invoices-3-aaaaaaaa")).toBeNull();
      await tokens.keep("invoices-3-aaaaaaaa", "second", "2026-03-02T12:00:01.000Z#000");
      await tokens.keep("invoices-3-aaaaaaaa", "first", "2026-03-02T12:00:00.000Z#004");
      expect(await tokens.find("invoices-3-aaaaaaaa")).toBe("second");
      await tokens.keep("invoices-3-aaaaaaaa", "third", "2026-03-02T12:00:01.000Z#001");
      expect(await tokens.find("invoices-3-aaaaaaaa")).toBe("third");
    });
  });
}
