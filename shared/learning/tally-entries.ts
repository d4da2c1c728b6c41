import type * as z from "zod";
import type { CaseRecord, ReviewRecord } from "../case/case-record.ts";
import type { DecisionRecord } from "../contracts/decision.ts";
import type { Disposition, Sampling } from "../contracts/disposition.ts";
import type { Outcome } from "../contracts/outcome.ts";
import type { Proposal } from "../contracts/proposal.ts";
import type { reportImpactRequest, TallyEntry } from "../contracts/tally.ts";
import type { Answer } from "./labels.ts";
import { costOfProposal, labelsOf, proposedMoney, wouldHaveBeenWrong } from "./labels.ts";

type EntryOf<T extends TallyEntry["type"]> = Extract<TallyEntry, { type: T }>;

const about = ({ caseId, workflow }: Pick<CaseRecord, "caseId" | "workflow">, at: Date) => ({
  caseId,
  workflow,
  at: at.toISOString(),
});

/** @param record - as the gate leaves it: with the headline of the proposal. */
export function gatedEntry(record: CaseRecord, disposition: Disposition, at: Date): EntryOf<"gated"> {
  const { amountMinor, currency } = record.headline;
  const isPass = disposition.kind === "pass";
  return {
    type: "gated",
    ...about(record, at),
    amountMinor,
    currency,
    kind: disposition.kind,
    sampled: isPass ? (disposition.audited ? "audited" : null) : disposition.sampled,
    triggers: isPass ? [] : [...new Set(disposition.reasons.map(({ triggerId }) => triggerId))],
    policyVersion: disposition.policyVersion,
  };
}

export interface AnsweredStep {
  readonly record: CaseRecord;
  /** As it was before the answer: a blind review without a blind answer is answered blind. */
  readonly review: ReviewRecord;
  /** All reviews of the case, the answered one among them. */
  readonly reviews: readonly ReviewRecord[];
  readonly proposal: Proposal | null;
  readonly decision: DecisionRecord;
  /** Whether the answer settles the case. */
  readonly final: boolean;
  readonly definition: Answer["definition"];
  readonly at: Date;
}

export function answeredEntry(step: AnsweredStep): EntryOf<"answered"> {
  const { record, review, proposal, definition, final, at } = step;
  const { decision } = step.decision;
  const answer: Answer = { proposal, decision, blind: review.blind && review.blindAnswer === null, definition };
  const labels = labelsOf(answer);
  const money = proposedMoney(proposal, record.headline, definition);
  return {
    type: "answered",
    ...about(record, at),
    ...money,
    reviewId: review.reviewId,
    action: decision.action,
    cause: review.cause,
    role: review.role,
    blind: answer.blind,
    final,
    sampled: samplingOf(record, [review, ...step.reviews]),
    wrong: wouldHaveBeenWrong(answer, labels),
    costMinor: costOfProposal(answer, money),
    labels,
    marks: [...new Set(decision.marks ?? [])],
    policyVersion: record.disposition?.policyVersion ?? 0,
    ...durations(step),
  };
}

/**
 * How the case came before a person. What was put there on suspicion grades nothing: a rule that fired, a first pass that
 * failed, an owner who reopened it.
 */
function samplingOf({ disposition, audit }: CaseRecord, reviews: readonly ReviewRecord[]): Sampling {
  if (!disposition || reviews.some(({ cause }) => cause === "reopen")) return "triggered";
  if (disposition.kind === "review") return disposition.sampled;
  return audit === null ? "triggered" : "audited";
}

/** Since the first review of the question at hand was opened: reopened, or sent again, a case starts afresh. */
function durations({ record, review, reviews, at }: AnsweredStep) {
  const since = [review, ...reviews].filter(({ round }) => round >= record.firstRound);
  const opened = earliest(since.map(({ openedAt }) => openedAt)) ?? review.openedAt;
  const claimed = earliest(since.map(({ firstClaimedAt }) => firstClaimedAt));
  return {
    firstClaimSeconds: claimed === null ? null : secondsBetween(opened, claimed),
    resolutionSeconds: secondsBetween(opened, at.toISOString()),
  };
}

export function deliveredEntry(record: CaseRecord, outcome: Outcome, at: Date): EntryOf<"delivered"> {
  return {
    type: "delivered",
    ...about(record, at),
    outcomeId: outcome.outcomeId,
    action: outcome.action,
    decidedBy: outcome.decidedBy.kind,
    supersedes: outcome.supersedes,
    caseSeconds: secondsBetween(record.openedAt, at.toISOString()),
  };
}

export function harmEntry(
  record: CaseRecord,
  {
    harmId,
    decidedBy,
    ...report
  }: Omit<z.infer<typeof reportImpactRequest>, "note"> & Pick<EntryOf<"harm">, "harmId" | "decidedBy">,
  at: Date,
): EntryOf<"harm"> {
  const { amountMinor, currency, source, date } = report;
  return { type: "harm", ...about(record, at), harmId, amountMinor, currency, source, date, decidedBy };
}

const earliest = (times: readonly (string | null)[]): string | null =>
  times.filter((time) => time !== null).toSorted()[0] ?? null;

/** Never below zero, whatever two clocks say. */
const secondsBetween = (from: string, to: string): number =>
  Math.max(0, (new Date(to).getTime() - new Date(from).getTime()) / 1000);
