import type * as z from "zod";
import type { Workflow } from "../contracts/identifiers.ts";
import type { getPolicyResponse, Policy, PolicyChange } from "../contracts/policy.ts";
import type { Grades } from "../learning/grades.ts";
import { hashOf } from "../ledger/chain.ts";
import { requireRole } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import { hasExpired } from "./change-expiry.ts";
import { progressOf } from "./exit-criteria.ts";
import { type PolicyChanges, PolicyVersionNotFoundError } from "./policy-changes.ts";
import type { Policies } from "./policy-store.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface GetPolicyPorts {
  readonly people: People;
  readonly changes: Pick<PolicyChanges, "standing" | "latest">;
  readonly grades: Grades;
  readonly vocabularies: Readonly<Record<Workflow, Vocabulary>>;
  readonly now: () => Date;
}

/** The policy in force with its latest changes; reviewers see by what they are asked. @throws {NotAllowedError} */
export async function getPolicy(
  workflow: Workflow,
  personId: string,
  { people, changes, grades, vocabularies, now }: GetPolicyPorts,
): Promise<z.infer<typeof getPolicyResponse>> {
  requireRole(await people.find(personId), workflow, "reviewer");
  const standing = await changes.standing(workflow);
  const { current } = standing;
  const [latest, progress] = await Promise.all([changes.latest(workflow), progressOf(standing, grades)]);
  const at = now();
  const { fields, signals } = vocabularies[workflow];
  return {
    policy: current,
    hash: hashOf(current),
    changes: latest.map((change) => asItStands(change, current, at)).toSorted(waitingFirst),
    vocabulary: {
      fields: Object.entries(fields).map(([name, { label }]) => ({ name, label })),
      signals: Object.entries(signals).map(([name, states]) => ({ name, states })),
    },
    progress,
  };
}

/** @throws {NotAllowedError} {PolicyVersionNotFoundError} */
export async function getPolicyVersion(
  workflow: Workflow,
  version: number,
  personId: string,
  { people, policies }: { readonly people: People; readonly policies: Policies },
): Promise<Policy> {
  requireRole(await people.find(personId), workflow, "reviewer");
  const found = await policies.version(workflow, version);
  if (!found) throw new PolicyVersionNotFoundError(workflow, version);
  return found;
}

/** Nobody can sign it any more, though its execution has not looked yet. */
function asItStands(change: PolicyChange, { version }: Policy, at: Date): PolicyChange {
  if (change.status !== "waiting") return change;
  if (change.baseVersion !== version) return { ...change, status: "superseded" };
  return hasExpired(change, at) ? { ...change, status: "expired" } : change;
}

const isWaiting = ({ status }: PolicyChange): number => (status === "waiting" ? 0 : 1);

const waitingFirst = (one: PolicyChange, other: PolicyChange): number =>
  isWaiting(one) - isWaiting(other) || (one.proposedAt < other.proposedAt ? 1 : -1);
