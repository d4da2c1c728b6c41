import type { Policy, PolicyChange } from "../contracts/policy.ts";
import { hashOf } from "../ledger/chain.ts";
import type { Actor } from "../ledger/event.ts";
import type { PolicyStanding, PolicyStep } from "./policy-changes.ts";
import type { PolicyKeeper } from "./policy-store.ts";

/** The first version above the one in force that nothing was ever judged with. */
export async function nextVersion(current: Policy, policies: Pick<PolicyKeeper, "version">): Promise<number> {
  let version = current.version + 1;
  while (await policies.version(current.workflow, version)) version += 1;
  return version;
}

/** The step by which a change takes effect: its document is in force from now on, under that version. */
export function takeEffect(
  change: PolicyChange,
  version: number,
  { current, stageSince, head }: PolicyStanding,
  actor: Actor,
  at: Date,
): PolicyStep {
  const policy: Policy = { ...change.policy, version };
  const sameStage = policy.autonomy.stage === current.autonomy.stage;
  return {
    head,
    change: { ...change, status: "applied", version },
    becomes: { policy, stageSince: sameStage ? stageSince : at },
    entry: {
      type: "PolicyChanged",
      actor,
      summary: policy.stopped && !current.stopped ? "The workflow is stopped" : `Version ${version} is in force`,
      details: { ...aboutChange(change), version, policyHash: hashOf(policy) },
    },
  };
}

/** What the ledger says of a change: references and figures; the document stands under its version. */
export function aboutChange({ changeId, baseVersion, differences, because, proposedBy, policy }: PolicyChange) {
  const count = (effect: string) => differences.filter((one) => one.effect === effect).length;
  return {
    changeId,
    baseVersion,
    proposedBy,
    because,
    accountableOwner: policy.accountableOwner,
    tightens: count("tightens"),
    loosens: count("loosens"),
    neutral: count("neutral"),
  };
}
