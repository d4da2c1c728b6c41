import type { CaseRecord, ReviewRecord } from "../case/case-record.ts";
import type { CaseChange } from "../case/case-store.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { Policy } from "../contracts/policy.ts";
import { deliveredEntry } from "../learning/tally-entries.ts";
import { hashOf } from "../ledger/chain.ts";
import { software } from "../ledger/event.ts";

interface Delivered {
  readonly outcome: Outcome;
  readonly place: { readonly bucket: string; readonly key: string };
  readonly effectHash: string;
}

/** The outcome is out: the case is closed, or, drawn for an audit, goes to a blind review. */
export function afterDelivery(
  before: CaseRecord,
  { outcome, place, effectHash }: Delivered,
  reviews: readonly ReviewRecord[],
  policy: Policy,
  at: Date,
): CaseChange {
  const { outcomeId, supersedes, action, policyVersion, decidedBy, accountableOwner } = outcome;
  const { disposition, outcomes } = before;
  const audited = disposition?.kind === "pass" && disposition.audited && outcomes === 0 && !before.withdrawal;
  const told: CaseRecord = { ...before, outcomeId, outcomes: outcomes + 1, outcomeHash: effectHash };
  const entry = {
    type: "OutcomeDelivered" as const,
    actor: software,
    summary: `Delivered: ${action}${supersedes === null ? "" : ", in place of the outcome before"}`,
    details: {
      outcomeId,
      supersedes,
      outcomeHash: hashOf(outcome),
      action,
      policyVersion,
      accountableOwner,
      decidedBy: decidedBy.kind,
      ...place,
    },
  };
  const tally = [deliveredEntry(before, outcome, at)];
  if (audited) {
    const routing = disposition.routing ?? policy.routing;
    const next = { cause: "audit" as const, routing, rung: 0 };
    const after: CaseRecord = { ...told, status: "auditing", audit: "due", firstRound: before.rounds + 1, next };
    return { before, after, entry, tally };
  }
  const after: CaseRecord = before.audit === "due" ? { ...told, audit: "superseded" } : told;
  return { before, entry, tally, ...closed(after, reviews, policy, at) };
}

/** Whoever looked again came to what is out already. */
export function afterUpholding(
  before: CaseRecord,
  reviews: readonly ReviewRecord[],
  policy: Policy,
  at: Date,
): CaseChange {
  const wasAudit = before.audit === "due";
  const entry = {
    type: "AuditSettled" as const,
    actor: software,
    summary: wasAudit ? "The audit agrees with the outcome" : "The outcome is upheld",
    details: { outcomeId: before.outcomeId, upheld: true },
  };
  const after: CaseRecord = wasAudit ? { ...before, audit: "upheld" } : before;
  return { before, entry, ...closed(after, reviews, policy, at) };
}

/** DynamoDB takes 100 items in one transaction; a case that nobody answered for months has more rounds than that. */
const latestReviews = 90;

/** Rows of a closed case are kept as long as its policy says; the ledger stays. */
function closed(record: CaseRecord, reviews: readonly ReviewRecord[], { retention }: Policy, at: Date) {
  const keepUntil = new Date(at.getTime() + retention.caseDays * 24 * 60 * 60 * 1000).toISOString();
  return {
    after: { ...record, status: "closed" as const, next: null, keepUntil },
    reviews: reviews.slice(-latestReviews).map((before) => ({ before, after: { ...before, keepUntil } })),
  };
}
