import { policyChangeIdOf } from "../case/case-id.ts";
import type { Workflow } from "../contracts/identifiers.ts";
import { signatureDays } from "../contracts/limits.ts";
import type { Person } from "../contracts/people.ts";
import type { Policy, PolicyChange, PolicyDifference } from "../contracts/policy.ts";
import type { Grades } from "../learning/grades.ts";
import type { Actor } from "../ledger/event.ts";
import { requireRole } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import type { CompiledPolicy } from "./compile.ts";
import { differences, onlyTightens } from "./differences/differences.ts";
import { requireAdvance } from "./exit-criteria.ts";
import {
  type ChangeExecutions,
  type PolicyChanges,
  PolicyOutdatedError,
  type PolicyStanding,
  retryOnContention,
} from "./policy-changes.ts";
import { PolicyInvalidError, shown } from "./policy-invalid-error.ts";
import type { PolicyKeeper } from "./policy-store.ts";
import { aboutChange, nextVersion, takeEffect } from "./take-effect.ts";
import { weakCriteria } from "./weak-criteria.ts";

export interface ProposeChangePorts {
  readonly people: People;
  readonly policies: Pick<PolicyKeeper, "version" | "keep">;
  readonly changes: PolicyChanges;
  readonly grades: Grades;
  readonly executions: ChangeExecutions;
  /** @throws {PolicyInvalidError} */
  readonly compile: (workflow: Workflow, document: unknown) => CompiledPolicy;
  readonly now: () => Date;
}

export interface ProposedChange {
  readonly workflow: Workflow;
  /** The whole policy as it shall be, with the version that it was made on. */
  readonly document: unknown;
  readonly because: string;
  readonly personId: string;
  /** Names the change, so that proposing it again answers as before. */
  readonly idempotencyKey: string;
}

/**
 * Proposes a change like a pull request. What only tightens is in force at once; anything else waits for a second owner.
 * Safe to repeat: the change is stored first, and its execution, which waits for the signature and announces the end, is
 * started again with it.
 *
 * @throws {NotAllowedError} {PolicyInvalidError} {PolicyOutdatedError} {ExitCriteriaUnmetError}
 */
export async function proposeChange(proposed: ProposedChange, ports: ProposeChangePorts): Promise<PolicyChange> {
  const { workflow, personId, idempotencyKey } = proposed;
  const { people, changes, grades, executions, compile, now } = ports;
  const person = requireRole(await people.find(personId), workflow, "owner");
  const compiled = compile(workflow, proposed.document);
  const { policy, environment } = compiled;
  if (policy.workflow !== workflow) throw anotherWorkflow(policy.workflow, workflow);
  const changeId = policyChangeIdOf(workflow, policy.version, personId, idempotencyKey);
  const change = await retryOnContention(async () => {
    const standing = await changes.standing(workflow);
    const earlier = await changes.find(changeId);
    if (earlier) return earlier;
    const { current } = standing;
    if (policy.version !== current.version) throw new PolicyOutdatedError(workflow, policy.version, current.version);
    const all = differences(current, policy, environment);
    if (all.length === 0) throw nothingDiffers(current.version);
    const weak = weakCriteria(current, policy);
    if (weak.length > 0) throw new PolicyInvalidError(weak);
    await requireAdvance(standing, policy, grades);
    const fresh = freshChange(changeId, policy, all, proposed.because, person, now());
    return onlyTightens(all) ? applyNow(fresh, standing, person, ports) : wait(fresh, standing, person, ports);
  });
  await executions.start({ changeId, workflow });
  return change;
}

/** One signature is enough: the change is in force when this returns. */
export async function applyNow(
  fresh: PolicyChange,
  standing: PolicyStanding,
  person: Person,
  { policies, changes, now }: Pick<ProposeChangePorts, "policies" | "changes" | "now">,
): Promise<PolicyChange> {
  // Cases that were judged by the present version go on to refer to it.
  await policies.keep(standing.current);
  const at = now();
  const step = takeEffect(fresh, await nextVersion(standing.current, policies), standing, actorOf(person), at);
  await changes.commit(step, at);
  return step.change;
}

async function wait(
  fresh: PolicyChange,
  { head }: PolicyStanding,
  person: Person,
  { changes }: Pick<ProposeChangePorts, "changes">,
): Promise<PolicyChange> {
  const at = new Date(fresh.proposedAt);
  const expiresAt = new Date(at.getTime() + signatureDays * 24 * 60 * 60 * 1000).toISOString();
  const change: PolicyChange = { ...fresh, status: "waiting", expiresAt };
  const entry = {
    type: "PolicyChangeProposed" as const,
    actor: actorOf(person),
    summary: "A change waits for a second owner",
    details: { ...aboutChange(change), expiresAt },
  };
  await changes.commit({ head, change, entry, becomes: null }, at);
  return change;
}

export const actorOf = ({ personId, name }: Person): Actor => ({ kind: "person", id: personId, name });

/** A change as it begins; who decides what becomes of it sets the rest. */
export const freshChange = (
  changeId: string,
  policy: Policy,
  all: readonly PolicyDifference[],
  because: string,
  { personId, name }: Person,
  at: Date,
): PolicyChange => ({
  changeId,
  workflow: policy.workflow,
  status: "waiting",
  baseVersion: policy.version,
  version: null,
  differences: told(all),
  because,
  proposedBy: personId,
  proposedByName: name,
  proposedAt: at.toISOString(),
  expiresAt: null,
  answeredBy: null,
  answeredByName: null,
  answeredAt: null,
  note: null,
  policy,
});

/** Most differences that are kept one by one, and longest sentence: a change is one item of at most 400 KB, with its document. */
const maxDifferences = 300;
const maxSummaryCharacters = 400;

function told(all: readonly PolicyDifference[]): PolicyDifference[] {
  const cut = (one: PolicyDifference): PolicyDifference =>
    one.summary.length <= maxSummaryCharacters
      ? one
      : { ...one, summary: `${one.summary.slice(0, maxSummaryCharacters - 1)}…` };
  if (all.length <= maxDifferences) return all.map(cut);
  // The worst first, so that what is left out is never the only thing that loosens.
  const rank = { loosens: 0, tightens: 1, neutral: 2 };
  const worst = all.toSorted((one, other) => rank[one.effect] - rank[other.effect]);
  const rest = worst.length - maxDifferences;
  const [effect] = worst.slice(maxDifferences).map((one) => one.effect);
  return [
    ...worst.slice(0, maxDifferences).map(cut),
    { path: "", effect: effect ?? "neutral", summary: `And ${rest} further changes.` },
  ];
}

const anotherWorkflow = (named: string, workflow: string) =>
  new PolicyInvalidError([
    { pointer: "/workflow", detail: `${shown(named)} is another workflow. Send the policy of ${workflow} here.` },
  ]);

const nothingDiffers = (version: number) =>
  new PolicyInvalidError([
    { pointer: "", detail: `Nothing differs from version ${version}. Change what is to be otherwise.` },
  ]);
