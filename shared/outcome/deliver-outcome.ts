import type { CaseRecord } from "../case/case-record.ts";
import { type CaseChange, type CaseStore, requireCase, retryOnChange } from "../case/case-store.ts";
import type { Announcer } from "../case/executions.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { DeliverOutput } from "../contracts/payloads.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { policyOfCase } from "../policy/policy-of-case.ts";
import type { Policies } from "../policy/policy-store.ts";
import { type Proposals, proposalOf } from "../proposal/proposals.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import { effectHash } from "./effect.ts";
import { decidedEffect, isDecided, outcomeOf } from "./outcome-of.ts";
import { afterDelivery, afterUpholding } from "./settle.ts";

/** Where outcomes are put: one object a case, the same bytes each time; a later outcome takes the place of the one before. */
export interface Outcomes {
  put(outcome: Outcome): Promise<{ bucket: string; key: string }>;
}

export interface DeliverOutcomePorts {
  readonly cases: Pick<CaseStore, "find" | "commit" | "reviewsOf">;
  readonly proposals: Pick<Proposals, "find">;
  readonly policies: Policies;
  readonly outcomes: Outcomes;
  readonly announcer: Announcer;
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
  /** Remembers what the outcome teaches about later cases. Safe to repeat for the same case. */
  readonly learn: (outcome: Outcome, proposal: Proposal | null) => Promise<void>;
  readonly now: () => Date;
}

const events = { reject: "CaseRejected", withdraw: "CaseWithdrawn" } as const;

/**
 * Writes the outcome, learns from it, announces it and closes the case, or hands it to its audit; every part is safe to repeat.
 * An answer that comes to what is out already (an audit that agrees, a case reopened in vain) delivers nothing new. An execution
 * that lost its case to another finds it undecided, and ends.
 */
export async function deliverOutcome(caseId: string, ports: DeliverOutcomePorts): Promise<DeliverOutput> {
  const record = await requireCase(ports.cases, caseId);
  if (record.status !== "decided" || !isDecided(record)) return auditOf(record);
  const proposal = await proposalOf(record, ports.proposals);
  const policy = await policyOfCase(record, ports.policies);
  const definition = ports.workflows[record.workflow];
  if (!definition) throw new Error(`No workflow ${record.workflow} is deployed.`);
  const effect = decidedEffect(record, proposal, definition.actions);
  const hash = effectHash(effect, definition);
  if (record.outcomes > 0 && record.outcomeHash === hash)
    return settle(record, (before, at, reviews) => afterUpholding(before, reviews, policy, at), ports);

  const outcome = outcomeOf(record, effect, policy.accountableOwner);
  const place = await ports.outcomes.put(outcome);
  await ports.learn(outcome, proposal);
  const { outcomeId, supersedes, action, workflow, reference } = outcome;
  const type = action === "reject" || action === "withdraw" ? events[action] : "CaseDecided";
  await ports.announcer.announce({
    type,
    detail: { caseId, workflow, outcomeId, supersedes, action, ...place, reference },
  });
  const delivered = { outcome, place, effectHash: hash };
  return settle(record, (before, at, reviews) => afterDelivery(before, delivered, reviews, policy, at), ports);
}

type Settle = (before: CaseRecord, at: Date, reviews: Awaited<ReturnType<CaseStore["reviewsOf"]>>) => CaseChange;

async function settle(record: CaseRecord, change: Settle, { cases, now }: DeliverOutcomePorts): Promise<DeliverOutput> {
  let asRead: CaseRecord | null = record;
  return retryOnChange(async () => {
    const before = asRead ?? (await requireCase(cases, record.caseId));
    asRead = null;
    // Somebody else delivered it meanwhile.
    if (before.status !== "decided" || before.outcomes !== record.outcomes) return auditOf(before);
    const reviews = before.rounds > 0 ? await cases.reviewsOf(before.caseId) : [];
    const at = now();
    return auditOf(await cases.commit(change(before, at, reviews), at));
  });
}

/** The blind review that is still to be opened after this delivery. */
const auditOf = ({ next, rounds }: CaseRecord): DeliverOutput => ({
  audit: next?.cause === "audit" ? { round: rounds + 1, routing: next.routing } : null,
});
