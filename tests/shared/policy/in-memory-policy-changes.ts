import { policyChainId } from "../../../shared/case/case-id.ts";
import type { PolicyChange } from "../../../shared/contracts/policy.ts";
import { append, firstHash } from "../../../shared/ledger/chain.ts";
import type { LedgerEvent } from "../../../shared/ledger/event.ts";
import {
  type PolicyChanges,
  PolicyContendedError,
  type SignatureTokens,
} from "../../../shared/policy/policy-changes.ts";
import type { InMemoryPolicies } from "./in-memory-policies.ts";

export interface InMemoryPolicyChanges extends PolicyChanges {
  /** The policy's chain. */
  readonly events: readonly LedgerEvent[];
  /** Runs before the next commit: whoever was a moment faster. */
  meanwhile(action: () => Promise<unknown>): void;
}

/** Changes of one workflow's policy, over the same memory as the policies themselves. */
export function inMemoryPolicyChanges(policies: InMemoryPolicies): InMemoryPolicyChanges {
  const changes = new Map<string, PolicyChange>();
  const events: LedgerEvent[] = [];
  let stageSince = new Date(0);
  let faster: (() => Promise<unknown>) | null = null;
  const head = () => ({ sequence: events.length, hash: events.at(-1)?.hash ?? firstHash });
  return {
    events,
    meanwhile: (action) => {
      faster = action;
    },
    standing: async (workflow) => ({ current: await policies.current(workflow), stageSince, head: head() }),
    find: async (changeId) => structuredClone(changes.get(changeId) ?? null),
    latest: async () => {
      const all = [...changes.values()].sort((one, other) => other.baseVersion - one.baseVersion);
      return structuredClone(all.slice(0, 20));
    },
    commit: async (step, at) => {
      const action = faster;
      faster = null;
      await action?.();
      const { workflow, changeId } = step.change;
      if (step.head.sequence !== events.length) throw new PolicyContendedError(workflow);
      const taken = step.becomes && policies.stored.has(`${workflow}/${step.becomes.policy.version}`);
      if (taken) throw new PolicyContendedError(workflow);
      events.push(append(policyChainId(workflow), step.head, step.entry, at));
      changes.set(changeId, structuredClone(step.change));
      if (!step.becomes) return;
      policies.become(step.becomes.policy);
      stageSince = step.becomes.stageSince;
    },
  };
}

export function inMemorySignatureTokens(): SignatureTokens {
  const tokens = new Map<string, { taskToken: string; order: string }>();
  return {
    keep: async (changeId, taskToken, order) => {
      if ((tokens.get(changeId)?.order ?? "") <= order) tokens.set(changeId, { taskToken, order });
    },
    find: async (changeId) => tokens.get(changeId)?.taskToken ?? null,
  };
}
