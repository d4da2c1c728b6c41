import { describe, expect, it } from "vitest";
import type { Policy } from "../../../shared/contracts/policy.ts";
import { type PolicyKeeper, PolicyVersionReusedError } from "../../../shared/policy/policy-store.ts";
import { aPolicy } from "./a-policy.ts";

/** What every store of policies does. `open` starts with `file` beside the workflow; `become` is what an owner's change does. */
export function policyStoreContract(
  name: string,
  open: (file: Policy) => Promise<{ policies: PolicyKeeper; become: (policy: Policy) => void | Promise<void> }>,
) {
  const file = aPolicy({ version: 3 });

  describe(`policies in ${name}`, () => {
    it("are the file beside the workflow until an owner changes them", async () => {
      const { policies, become } = await open(file);
      expect(await policies.current("invoices")).toEqual(file);
      await become({ ...file, version: 4, stopped: true });
      expect(await policies.current("invoices")).toEqual({ ...file, version: 4, stopped: true });
    });

    it("stay readable by version, the file's and each later one; another version is nothing", async () => {
      const { policies, become } = await open(file);
      await become({ ...file, version: 4, stopped: true });
      expect(await policies.version("invoices", 3)).toEqual(file);
      expect((await policies.version("invoices", 4))?.stopped).toBe(true);
      expect(await policies.version("invoices", 5)).toBeNull();
    });

    it("are kept once, however often they are used", async () => {
      const { policies } = await open(file);
      await policies.keep(file);
      await policies.keep(structuredClone(file));
      expect(await policies.version("invoices", 3)).toEqual(file);
    });

    it("are refused under a version that says something else, with the remedy", async () => {
      const { policies } = await open(file);
      await policies.keep(file);
      const edited = { ...file, accountableOwner: "Somebody else" };
      await expect(policies.keep(edited)).rejects.toBeInstanceOf(PolicyVersionReusedError);
      await expect(policies.keep(edited)).rejects.toThrow("Raise `version` in shared/workflows/invoices/policy.json");
      expect(await policies.version("invoices", 3)).toEqual(file);
    });
  });
}
