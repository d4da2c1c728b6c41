import type { CaseRecord, OutboxRow, ReviewRecord } from "../case/case-record.ts";
import type { CaseChange, Openings } from "../case/case-store.ts";
import type { Decision, DecisionRecord, NextStep } from "../contracts/decision.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { answeredEntry } from "../learning/tally-entries.ts";
import { hashOf } from "../ledger/chain.ts";
import { effectHash, effectOf } from "../outcome/effect.ts";
import { requireAuthority } from "../people/authority.ts";
import { type Proposals, proposalOf } from "../proposal/proposals.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import type { Attachments } from "./attachments.ts";
import { isBlind, settlesBlind } from "./blindness.ts";
import { edgeCasesOf, missingIn, requireAnswerable } from "./check-action.ts";
import { amountAtStake, checkDecision, requireComplete } from "./check-decision.ts";
import { claimOf } from "./claim.ts";
import { requireEvidence } from "./evidence-rules.ts";
import { isVerdict, nextStepAfter } from "./next-step.ts";
import { actorOf, atTheDesk, type ReviewDeskPorts } from "./review-desk.ts";
import { told } from "./told.ts";

export interface DecidePorts extends ReviewDeskPorts {
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
  readonly proposals: Pick<Proposals, "find">;
  readonly openings: Pick<Openings, "of">;
  readonly attachments: Pick<Attachments, "inspect">;
}

type Desk = Awaited<ReturnType<typeof atTheDesk>>;

/**
 * One answer, judged and stored in one transaction: review, case with what comes next, ledger, figures, and the row that wakes the
 * workflow. `outbox` null: it was given blind and is kept, and the review goes on.
 */
export async function decide(reviewId: string, personId: string, answer: Decision, ports: DecidePorts) {
  const desk = await atTheDesk(reviewId, personId, ports);
  const { review, record, reviews, policy, standings, at } = desk;
  const definition = ports.workflows[review.workflow];
  if (!definition) throw new Error(`No workflow ${review.workflow} is deployed.`);
  const decision = checkDecision(answer, definition);
  requireAnswerable(decision, { review, record, reviews, definition });
  const stake = amountAtStake(record.headline, decision, definition);
  const { action } = decision;
  const { onBehalfOf } = requireAuthority(standings, { action, ...stake, edgeCases: edgeCasesOf(record) }, policy);

  const blind = isBlind(review);
  const lets = action === "approve" || action === "correct";
  const openedPages = await ports.openings.of(record.caseId, review.round, desk.person.personId);
  const attached = await inspect(record.caseId, decision, ports);
  if (lets) requireComplete(decision, missingIn(record, definition), definition);
  if (lets && !blind) {
    const shown = { reasons: review.reasons, pages: record.pages, openedPages, attachments: attached.length };
    requireEvidence(policy.evidence, shown);
  }
  const proposal = await proposalOf(record, ports.proposals);
  const stored = decisionRecord(desk, decision, onBehalfOf);
  const evidence = { openedPages, attached };
  if (blind && isVerdict(decision) && !settlesBlind(record)) {
    await ports.cases.commit(keptBlind(desk, stored, proposal, definition, evidence), at);
    return { stored, outbox: null };
  }
  const effect = (given: Decision) => effectHash(effectOf(proposal, given, definition.actions), definition);
  const agree = (one: Decision, other: Decision) => effect(one) === effect(other);
  const next = nextStepAfter({ record, review, reviews, decision, policy, ...stake, agree });
  const outbox: OutboxRow = {
    caseId: record.caseId,
    reviewId,
    taskToken: review.taskToken,
    wakeUp: {
      caseId: record.caseId,
      reviewId,
      action: next || !isVerdict(decision) ? "escalate" : verdictOf(decision),
      next,
    },
    since: at.toISOString(),
  };
  const sealed = next?.cause === "second-look";
  const afterReview: ReviewRecord = { ...review, status: "decided", claim: null, decision: stored, sealed };
  // Once the second pair of eyes has answered, both answers are there to be seen.
  const unsealed = isVerdict(decision) ? reviews.filter((earlier) => earlier.sealed) : [];
  const change: CaseChange = {
    before: record,
    after: afterAnswer(record, stored, next),
    entry: entryOf(desk, stored, next, evidence),
    reviews: [
      { before: review, after: afterReview },
      ...unsealed.map((earlier) => ({ before: earlier, after: { ...earlier, sealed: false } })),
    ],
    outbox,
    tally: [
      answeredEntry({ record, review, reviews, proposal, decision: stored, final: next === null, definition, at }),
    ],
    ...(action === "ask" && { awaitedKey: { bucket: record.source.bucket, key: record.source.key } }),
  };
  await ports.cases.commit(change, at);
  return { stored, outbox };
}

const verdictOf = ({ action }: Decision) => (action === "approve" || action === "correct" ? action : "reject");

function decisionRecord(
  { review, person, at }: Desk,
  decision: Decision,
  onBehalfOf: DecisionRecord["onBehalfOf"],
): DecisionRecord {
  return {
    reviewId: review.reviewId,
    decision,
    decidedBy: person.personId,
    decidedByName: person.name,
    role: review.role,
    decidedAt: at.toISOString(),
    onBehalfOf,
  };
}

/** The case once the answer counts: settled, or with the step that is opened next and what it is asked. */
function afterAnswer(record: CaseRecord, stored: DecisionRecord, next: NextStep | null): CaseRecord {
  if (next === null) return { ...record, status: "decided", decision: stored, next: null, question: null };
  const { decision, decidedBy: by, decidedByName: byName, decidedAt } = stored;
  const text = decision.note ?? "";
  if (decision.action === "ask") {
    const messages = [...record.messages, { at: decidedAt, from: "reviewer" as const, by, byName, text }];
    return { ...record, next, question: null, messages, senderAsked: true };
  }
  const asks = decision.action === "escalate" || decision.action === "answer";
  return { ...record, next, question: asks ? { by, byName, text } : null };
}

interface Evidence {
  readonly openedPages: readonly number[];
  readonly attached: readonly { attachmentId: string; sizeBytes: number; etag: string }[];
}

function entryOf(
  { review, record, policy, person }: Desk,
  stored: DecisionRecord,
  next: NextStep | null,
  evidence: Evidence,
) {
  const { decision, onBehalfOf } = stored;
  return {
    type: "ReviewDecided" as const,
    actor: actorOf(person),
    summary: told(decision),
    details: {
      reviewId: review.reviewId,
      action: decision.action,
      fields: decision.action === "correct" ? Object.keys(decision.fields) : [],
      decisionHash: hashOf(decision),
      shown: isBlind(review) ? [] : review.reasons.map((reason) => reason.triggerId),
      blind: isBlind(review),
      openedPages: [...evidence.openedPages],
      attachments: evidence.attached.map((file) => ({ ...file })),
      next: next?.cause ?? null,
      onBehalfOf: onBehalfOf?.personId ?? null,
      policyVersion: policy.version,
      accountableOwner: policy.accountableOwner,
      documentHash: record.documentHash,
    },
  };
}

/** What was stated blind is kept as it is; the review waits on, for the same person, with everything shown. */
function keptBlind(
  desk: Desk,
  stored: DecisionRecord,
  proposal: Proposal | null,
  definition: WorkflowDefinition,
  evidence: Evidence,
): CaseChange {
  const { review, record, reviews, at } = desk;
  const claim = claimOf(desk.person, review, at, desk.policy.claimSeconds);
  const entry = entryOf(desk, stored, null, evidence);
  return {
    before: record,
    after: record,
    entry: { ...entry, type: "BlindAnswerGiven", summary: "Stated what they see, before anything was shown" },
    reviews: [{ before: review, after: { ...review, blindAnswer: stored, claim } }],
    tally: [answeredEntry({ record, review, reviews, proposal, decision: stored, final: false, definition, at })],
  };
}

async function inspect(
  caseId: string,
  { attachments = [] }: Decision,
  ports: DecidePorts,
): Promise<Evidence["attached"]> {
  const found = await Promise.all(
    attachments.map(async (attachmentId) => {
      const file = await ports.attachments.inspect(caseId, attachmentId);
      return file && { attachmentId, ...file };
    }),
  );
  return found.filter((file) => file !== null);
}
