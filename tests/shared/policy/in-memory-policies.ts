import type { Policy } from "../../../shared/contracts/policy.ts";
import { hashOf } from "../../../shared/ledger/chain.ts";
import { type PolicyKeeper, PolicyVersionReusedError } from "../../../shared/policy/policy-store.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";

/** Policies over a memory; the contract suite holds them to the same rules as the DynamoDB adapter. */
export interface InMemoryPolicies extends PolicyKeeper {
  /** An owner's change takes effect: stored as a version, in force from now on. */
  become(policy: Policy): void;
  /** Versions that are stored, by `<workflow>/<version>`. */
  readonly stored: ReadonlyMap<string, Policy>;
}

/** @param initial - the document beside the workflow; without one, the policy that ships for invoices. */
export function inMemoryPolicies(initial: Policy = invoices.policy): InMemoryPolicies {
  const stored = new Map<string, Policy>();
  let current = structuredClone(initial);
  return {
    stored,
    become: (policy) => {
      current = structuredClone(policy);
      stored.set(`${policy.workflow}/${policy.version}`, current);
    },
    current: async () => structuredClone(current),
    version: async (workflow, version) => {
      const found = stored.get(`${workflow}/${version}`) ?? (initial.version === version ? initial : null);
      return structuredClone(found);
    },
    keep: async (policy) => {
      const key = `${policy.workflow}/${policy.version}`;
      const earlier = stored.get(key);
      if (earlier && hashOf(earlier) !== hashOf(policy))
        throw new PolicyVersionReusedError(policy.workflow, policy.version);
      stored.set(key, structuredClone(policy));
    },
  };
}
