import type { Disposition, Draws, Reason, Routing, Sampling } from "../contracts/disposition.ts";
import type { Policy } from "../contracts/policy.ts";
import type { Proposal } from "../contracts/proposal.ts";
import type { CompiledPolicy, Facts } from "../policy/compile.ts";
import { confidenceReasons } from "./confidence.ts";
import { factsOf } from "./facts.ts";
import { type Fired, firedEdgeCases, firedTriggers } from "./fired.ts";
import { auditHeld, noAnswer, notPermitted, pilotOnly, shadowOnly, workflowStopped } from "./standing-reasons.ts";
import { fromDecidingRole, strictest } from "./strictest.ts";

interface Judged {
  /** Null when the first pass died before it could propose anything. */
  readonly proposal: Proposal | null;
  /** Why there is no proposal, or what else keeps the case from passing, whatever the policy says. */
  readonly obstacles: readonly Reason[];
  /** The department that the invoice's cost centre belongs to; its queue is used unless a trigger that fired names one. */
  readonly departmentQueue: string | null;
  readonly now: Date;
  /** Drawn once a case. */
  readonly draws: Draws;
}

/**
 * Decides whether software may act alone. Pure and total: the same proposal, policy and draws give the same disposition, always.
 * All that fired is recorded, worst first; the strictest routing wins. A required field that was not found or not scored
 * never passes, an action that is not permitted never does, and a rule that cannot be evaluated counts as fired.
 */
export function judge(
  { proposal, obstacles, departmentQueue, now, draws }: Judged,
  compiled: CompiledPolicy,
): Disposition {
  const { policy, vocabulary, fourEyes } = compiled;
  const facts = proposal && factsOf(proposal, vocabulary);
  const fired = proposal && facts ? firedBy(proposal, facts, compiled) : [];
  const reasons = [...obstacles, ...fired.map(({ reason }) => reason)];
  if (reasons.length === 0 && !proposal?.action) reasons.push(noAnswer);
  const triggered = reasons.length > 0;
  const withheld = withheldBy(policy, draws);
  const audited = !triggered && !withheld && draws.audit < policy.audit.share;
  const judged = {
    policyVersion: policy.version,
    at: now.toISOString(),
    draws,
    fourEyes: facts !== null && fourEyes !== null && fourEyes.evaluate(facts) !== false,
  };
  const base: Routing = { ...policy.routing, queue: departmentQueue ?? policy.routing.queue };
  if (!triggered && !withheld && !(audited && policy.audit.hold))
    return { kind: "pass", ...judged, audited, routing: audited ? base : null };

  if (withheld) reasons.push(withheld.reason);
  if (audited) reasons.push(auditHeld(policy.audit.share));
  const routing = strictest(
    base,
    fired.map((one) => one.routing ?? {}),
  );
  const edgeCases = fired.flatMap(({ edgeCase }) => edgeCase ?? []);
  const blindShare = policy.audit.blindShare ?? policy.audit.share;
  const sorted = worstFirst(reasons);
  return {
    kind: "review",
    ...judged,
    sampled: triggered ? "triggered" : (withheld?.sampled ?? "audited"),
    // Where the software has no answer there is nothing to hide.
    blind: audited || (Boolean(proposal?.action) && draws.blind < blindShare),
    reasons: sorted,
    passesIf: [...new Set(sorted.map((reason) => reason.passesIf))].join(", and "),
    routing: { ...routing, ladder: fromDecidingRole(routing.ladder, edgeCases, policy.authority) },
  };
}

function firedBy(proposal: Proposal, facts: Facts, compiled: CompiledPolicy): Fired[] {
  const { action } = proposal;
  const permitted = action === null || compiled.policy.permissions.actions.includes(action);
  return [
    ...firedTriggers(proposal, facts, compiled),
    ...firedEdgeCases(proposal, facts, compiled),
    ...(permitted ? [] : [{ reason: notPermitted(action, compiled.policy.permissions.actions) }]),
    // What is wrong says more than how unsure the software was, and a queue shows the first reason.
    ...confidenceReasons(proposal, compiled).map((reason) => ({ reason })),
  ];
}

/** What keeps even a flawless case from passing: the workflow does not act alone, or not on this one. */
function withheldBy(
  { stopped, autonomy: { stage, pilotShare } }: Policy,
  draws: Draws,
): { readonly sampled: Sampling; readonly reason: Reason } | null {
  if (stopped) return { sampled: "stopped", reason: workflowStopped };
  if (stage === "shadow") return { sampled: "shadow", reason: shadowOnly };
  return stage === "pilot" && !(draws.pilot < pilotShare) ? { sampled: "pilot", reason: pilotOnly(pilotShare) } : null;
}

const gravity = { high: 0, medium: 1, low: 2 } as const;

/** Stable: within a severity as the policy lists them. */
const worstFirst = (reasons: readonly Reason[]): Reason[] =>
  reasons.toSorted((one, other) => gravity[one.severity] - gravity[other.severity]);
