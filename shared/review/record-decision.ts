import type { CaseRecord, OutboxRow, ReviewRecord } from "../case/case-record.ts";
import { retryOnChange } from "../case/case-store.ts";
import type { Decision, DecisionRecord } from "../contracts/decision.ts";
import { canonicalJson, hashOf } from "../ledger/chain.ts";
import { requireAuthority } from "../people/authority.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import { amountAtStake, checkDecision, requireComplete } from "./check-decision.ts";
import { actorOf, atTheDesk, type ReviewDeskPorts } from "./claim-review.ts";
import type { Resumer } from "./resume.ts";
import { ReviewAlreadyDecidedError, ValueInvalidError } from "./review-errors.ts";

export interface RecordDecisionPorts extends ReviewDeskPorts {
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
  readonly resumer: Resumer;
  /** Told when the workflow could not be woken at once. */
  readonly wakeFailed: (error: unknown) => void;
}

/**
 * Stores a decision, then wakes the workflow that waits for it. The store judges who was first; the outbox outlives a crash.
 * The identical answer by the same person is answered as it was; a different one throws ReviewAlreadyDecidedError.
 */
export async function recordDecision(
  reviewId: string,
  personId: string,
  decision: Decision,
  ports: RecordDecisionPorts,
): Promise<DecisionRecord> {
  try {
    const { stored, outbox } = await retryOnChange(() => store(reviewId, personId, decision, ports));
    try {
      await ports.resumer.wake(outbox);
    } catch (error) {
      // The decision stands; the sweeper wakes the workflow within a minute.
      ports.wakeFailed(error);
    }
    return stored;
  } catch (error) {
    const first = error instanceof ReviewAlreadyDecidedError ? error.decision : null;
    if (first?.decidedBy === personId && (await isSameAnswer(first, decision, ports))) return first;
    throw error;
  }
}

/** A repeated answer may be written another way ("1.482,40"); it is compared as it would have been stored. */
async function isSameAnswer(first: DecisionRecord, decision: Decision, { cases, workflows }: RecordDecisionPorts) {
  const review = await cases.findReview(first.reviewId);
  const definition = review && workflows[review.workflow];
  if (!definition) return false;
  try {
    return canonicalJson(first.decision) === canonicalJson(checkDecision(decision, definition));
  } catch (error) {
    // What could not have been stored is another answer.
    if (error instanceof ValueInvalidError) return false;
    throw error;
  }
}

async function store(reviewId: string, personId: string, answer: Decision, ports: RecordDecisionPorts) {
  const { review, record, person, membership, at } = await atTheDesk(reviewId, personId, ports);
  const definition = ports.workflows[review.workflow];
  if (!definition) throw new Error(`No workflow ${review.workflow} is deployed.`);
  const decision = checkDecision(answer, definition);
  if (decision.action === "approve" || decision.action === "correct") {
    requireComplete(decision, record.missingFields, definition);
    const { amountMinor, currency } = amountAtStake(record.headline, decision, definition);
    requireAuthority(membership, amountMinor, currency);
  }
  const stored: DecisionRecord = {
    reviewId,
    decision,
    decidedBy: person.personId,
    decidedByName: person.name,
    role: review.role,
    decidedAt: at.toISOString(),
  };
  const outbox: OutboxRow = {
    caseId: record.caseId,
    reviewId,
    taskToken: review.taskToken,
    wakeUp: { caseId: record.caseId, reviewId, action: decision.action },
    since: at.toISOString(),
  };
  const afterReview: ReviewRecord = { ...review, status: "decided", claim: null, decision: stored };
  const final = decision.action !== "escalate";
  const after: CaseRecord = final ? { ...record, status: "decided", decision: stored } : record;
  const entry = {
    type: "ReviewDecided" as const,
    actor: actorOf(person),
    summary: told(decision),
    details: {
      reviewId,
      action: decision.action,
      fields: decision.action === "correct" ? Object.keys(decision.fields) : [],
      decisionHash: hashOf(decision),
      shown: review.reasons.map((reason) => reason.triggerId),
      policyVersion: record.disposition?.policyVersion ?? null,
      documentHash: record.documentHash,
    },
  };
  const reviews = [{ before: review, after: afterReview }];
  await ports.cases.commit({ before: record, after, entry, reviews, outbox }, at);
  return { stored, outbox };
}

function told(decision: Decision): string {
  switch (decision.action) {
    case "approve":
      return "Approved it as proposed";
    case "correct": {
      const names = [...Object.keys(decision.fields), ...(decision.lines ? ["lines"] : [])];
      return `Corrected ${names.join(", ")}`;
    }
    case "reject":
      return "Rejected it";
    case "escalate":
      return "Escalated it to the next role";
  }
}
