import type { CaseRecord } from "../case/case-record.ts";
import { type CaseChange, type CaseStore, requireCase, retryOnChange } from "../case/case-store.ts";
import type { Announcer } from "../case/executions.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { hashOf } from "../ledger/chain.ts";
import { software } from "../ledger/event.ts";
import type { Proposals } from "../proposal/proposals.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import { outcomeOf } from "./outcome-of.ts";

/** Where outcomes are put: one object a case, the same bytes each time. */
export interface Outcomes {
  put(outcome: Outcome): Promise<{ bucket: string; key: string }>;
}

export interface DeliverOutcomePorts {
  readonly cases: Pick<CaseStore, "find" | "commit">;
  readonly proposals: Pick<Proposals, "find">;
  readonly outcomes: Outcomes;
  readonly announcer: Announcer;
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
  /** Remembers what the outcome teaches about later cases. Safe to repeat for the same case. */
  readonly learn: (outcome: Outcome, proposal: Proposal | null) => Promise<void>;
  readonly now: () => Date;
}

/** Writes the outcome, learns from it, announces it and closes the case; every part is safe to repeat. */
export async function deliverOutcome(caseId: string, ports: DeliverOutcomePorts): Promise<void> {
  const { cases, proposals, outcomes, announcer, workflows, learn, now } = ports;
  const record = await requireCase(cases, caseId);
  if (record.status === "closed") return;
  const owner = workflows[record.workflow]?.policy.accountableOwner ?? "nobody";
  const proposal = await proposals.find(caseId);
  const outcome = outcomeOf(record, proposal, owner);
  const { bucket, key } = await outcomes.put(outcome);
  await learn(outcome, proposal);
  const { outcomeId, action, workflow, reference } = outcome;
  const type = action === "reject" ? "CaseRejected" : "CaseDecided";
  await announcer.announce({ type, detail: { caseId, workflow, outcomeId, action, bucket, key, reference } });
  let asRead: CaseRecord | null = record;
  await retryOnChange(async () => {
    const before = asRead ?? (await requireCase(cases, caseId));
    asRead = null;
    if (before.status !== "closed") await cases.commit(closed(before, outcome, { bucket, key }), now());
  });
}

function closed(before: CaseRecord, outcome: Outcome, place: { bucket: string; key: string }): CaseChange {
  const { outcomeId, action, policyVersion, decidedBy } = outcome;
  return {
    before,
    after: { ...before, status: "closed", outcomeId },
    entry: {
      type: "OutcomeDelivered",
      actor: software,
      summary: `Delivered: ${action}`,
      details: { outcomeId, outcomeHash: hashOf(outcome), action, policyVersion, decidedBy: decidedBy.kind, ...place },
    },
  };
}
