import type { CaseRecord } from "../case/case-record.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { reasonsOf } from "../review/reasons.ts";
import { type Effect, effectOf } from "./effect.ts";

/** Happens when an outcome is asked for before anybody decided. A defect in the workflow; not retried. */
export class CaseUndecidedError extends Error {
  override readonly name = "CaseUndecidedError";

  constructor(caseId: string) {
    super(`Case ${caseId} has neither passed the gate nor been decided; there is no outcome to deliver.`);
  }
}

/** Of a case in the state `decided`: has it passed, been decided or been taken back? Sent again, one passes after an outcome, too. */
export const isDecided = ({ disposition, decision, withdrawal }: CaseRecord): boolean =>
  decision !== null || withdrawal !== null || disposition?.kind === "pass";

/** What is to happen with a decided case. */
export function decidedEffect(record: CaseRecord, proposal: Proposal | null, actions: readonly string[]): Effect {
  const effect = effectOf(proposal, record.decision?.decision ?? null, actions);
  return record.withdrawal ? { ...effect, action: "withdraw" } : effect;
}

/**
 * What is delivered for a decided case. Pure, so that a repeated delivery writes the very same object.
 * @throws {CaseUndecidedError}
 */
export function outcomeOf(record: CaseRecord, effect: Effect, accountableOwner: string): Outcome {
  const { caseId, workflow, reference, submitter, documentHash, disposition, decision, withdrawal, outcomes } = record;
  if (!isDecided(record)) throw new CaseUndecidedError(caseId);
  return {
    schemaVersion: 1,
    outcomeId: `${caseId}-o${outcomes + 1}`,
    supersedes: outcomes > 0 ? record.outcomeId : null,
    caseId,
    workflow,
    ...effect,
    decidedBy: deciderOf(record),
    decidedAt: withdrawal?.at ?? decision?.decidedAt ?? disposition?.at ?? record.openedAt,
    note: withdrawal?.because ?? decision?.decision.note ?? null,
    accountableOwner,
    policyVersion: disposition?.policyVersion ?? 0,
    reasons: disposition?.kind === "pass" && !decision ? [] : reasonsOf(record),
    reference,
    submitter,
    source: { bucket: record.source.bucket, key: record.source.key, versionId: record.source.versionId },
    documentHash,
  };
}

function deciderOf({ decision, withdrawal, disposition }: CaseRecord): Outcome["decidedBy"] {
  if (withdrawal) return { kind: "sender", personId: withdrawal.by, name: withdrawal.byName };
  if (!decision) return { kind: "software", policyVersion: disposition?.policyVersion ?? 0 };
  return {
    kind: "person",
    personId: decision.decidedBy,
    name: decision.decidedByName,
    reviewId: decision.reviewId,
    action: decision.decision.action,
  };
}
