import type { CaseRecord } from "../case/case-record.ts";
import type { DecisionRecord } from "../contracts/decision.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { reasonsOf } from "../review/reasons.ts";

/** Happens when an outcome is asked for before anybody decided. A defect in the workflow; not retried. */
export class CaseUndecidedError extends Error {
  override readonly name = "CaseUndecidedError";

  constructor(caseId: string) {
    super(`Case ${caseId} has neither passed the gate nor been decided; there is no outcome to deliver.`);
  }
}

/**
 * What is delivered for a decided case. Pure, so that a repeated delivery writes the very same object.
 * @throws {CaseUndecidedError}
 */
export function outcomeOf(record: CaseRecord, proposal: Proposal | null, accountableOwner: string): Outcome {
  const { caseId, workflow, reference, submitter, documentHash, disposition, decision } = record;
  const passed = disposition?.kind === "pass" && !decision;
  if (!passed && !decision) throw new CaseUndecidedError(caseId);
  return {
    schemaVersion: 1,
    outcomeId: `${caseId}-o1`,
    caseId,
    workflow,
    action: decision?.decision.action === "reject" ? "reject" : (proposal?.action ?? "pay"),
    fields: finalFields(proposal, decision),
    lines: finalLines(proposal, decision),
    decidedBy: decision
      ? {
          kind: "person",
          personId: decision.decidedBy,
          name: decision.decidedByName,
          reviewId: decision.reviewId,
          action: decision.decision.action,
        }
      : { kind: "software", policyVersion: disposition?.policyVersion ?? 0 },
    decidedAt: decision?.decidedAt ?? disposition?.at ?? record.openedAt,
    note: decision?.decision.note ?? null,
    accountableOwner,
    policyVersion: disposition?.policyVersion ?? 0,
    reasons: passed ? [] : reasonsOf(record),
    reference,
    submitter,
    source: { bucket: record.source.bucket, key: record.source.key, versionId: record.source.versionId },
    documentHash,
  };
}

function finalFields(proposal: Proposal | null, decision: DecisionRecord | null): Outcome["fields"] {
  // Where a field was found twice the first counts, as it did for the gate.
  const findings = (proposal?.findings ?? []).toReversed();
  const proposed = Object.fromEntries(findings.map(({ field, value }) => [field, value]));
  return decision?.decision.action === "correct" ? { ...proposed, ...decision.decision.fields } : proposed;
}

function finalLines(proposal: Proposal | null, decision: DecisionRecord | null): Outcome["lines"] {
  const corrected = decision?.decision.action === "correct" ? decision.decision.lines : undefined;
  return corrected ?? (proposal?.lines ?? []).map(({ cells }) => cells);
}
