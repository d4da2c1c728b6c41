import { aPolicy } from "./a-policy.ts";
import { inMemoryPolicies } from "./in-memory-policies.ts";
import { inMemoryPolicyChanges, inMemorySignatureTokens } from "./in-memory-policy-changes.ts";
import { policyChangesContract } from "./policy-changes-contract.ts";

policyChangesContract("memory", async () => {
  const policies = inMemoryPolicies(aPolicy());
  const changes = inMemoryPolicyChanges(policies);
  return { policies, changes, tokens: inMemorySignatureTokens(), history: async () => changes.events };
});
