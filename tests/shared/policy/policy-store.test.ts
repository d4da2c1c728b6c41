import { expect, it } from "vitest";
import { hashOf } from "../../../shared/ledger/chain.ts";
import { workflows } from "../../../shared/workflows/registry.ts";
import { inMemoryPolicies } from "./in-memory-policies.ts";
import { policyStoreContract } from "./policy-store-contract.ts";

policyStoreContract("memory", async (file) => {
  const policies = inMemoryPolicies(file);
  return { policies, become: policies.become };
});

/** Content of each version that shipped, for ever: add a line for a new version, never change one. */
const shipped: Readonly<Record<string, string>> = {
  "invoices/1": "5bbf8e3a86bde39d803bfe0e8e162634935abc059cb153782c41e825de177fcf",
};

it.each(Object.values(workflows))(
  "the policy file of $workflow says what its version has said since it shipped",
  ({ workflow, policy }) => {
    const { version } = policy;
    expect(
      hashOf(policy),
      `Raise \`version\` in shared/workflows/${workflow}/policy.json and add its hash to this test: cases were judged with version ${version} as it was.`,
    ).toBe(shipped[`${workflow}/${version}`]);
  },
);
