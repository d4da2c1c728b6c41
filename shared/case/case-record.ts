import * as z from "zod";
import { caseSource, caseSummary, type Headline, reviewSummary } from "../contracts/case.ts";
import { nextStep, type ReviewCause, reviewCause, wakeUp } from "../contracts/decision.ts";
import { reason, routing } from "../contracts/disposition.ts";
import { reviewId } from "../contracts/identifiers.ts";

/** A case as it is stored: what people see of it, and what keeps it in step with its ledger and its execution. */
export const caseRecord = caseSummary.extend({
  source: caseSource,
  /** SHA-256 of the document, hex; null until it was read. */
  documentHash: z.string().nullable(),
  /** Whatever keeps the case from passing before anything was proposed: an unknown folder, unreadable metadata. */
  obstacles: z.array(reason),
  /** Required fields that the software did not find: nobody lets the case through without them. */
  missingFields: z.array(z.string()),
  /** The step to be opened next, as the latest answer has it; null once it is open, and when all is answered. */
  next: nextStep.nullable().default(null),
  /** The step that was opened last: what a new execution goes on with. */
  step: nextStep.nullable().default(null),
  /** What the next review is asked, or told: an escalation's question, its answer, why the case was reopened. */
  question: reviewSummary.shape.question,
  /** First round of the question at hand: reopened, or sent again, a case starts afresh. */
  firstRound: z.int().positive().default(1),
  /** Outcomes delivered so far; the next one's id ends in one more. */
  outcomes: z.int().nonnegative().default(0),
  /** Hash of what the latest outcome says should happen: an equal answer of an audit delivers nothing new. */
  outcomeHash: z.string().nullable().default(null),
  /** A blind review of the delivered outcome is still to come, or has ended. */
  audit: z.enum(["due", "upheld", "superseded"]).nullable().default(null),
  /** Versions of the document before the present one, which the sender sent again. */
  earlierVersions: z.array(z.string()).default([]),
  /** Executions started after the first; each has a name of its own. */
  executions: z.int().nonnegative().default(0),
  /** When its rows may go, ISO 8601; null while it is open. */
  keepUntil: z.string().nullable().default(null),
  /** Name of the latest execution of the `case` machine. */
  executionName: z.string(),
  /** When it was started, ISO 8601; null for cases opened before this was kept. */
  executionStartedAt: z.string().nullable().default(null),
  /** How often the reconciler had to continue the case, and when it last did. */
  recoveries: z.int().nonnegative(),
  recoveredAt: z.string().nullable(),
  /** Reviews opened so far; the next one's round is one more. */
  rounds: z.int().nonnegative(),
  ledgerSequence: z.int().nonnegative(),
  ledgerHash: z.string(),
});
export type CaseRecord = z.infer<typeof caseRecord>;

/** A review as it is stored: with the task token that resumes its workflow. The token never leaves the store and the resumer. */
export const reviewRecord = reviewSummary.extend({
  taskToken: z.string(),
  /** The state's retry count when the token was given; an older attempt never overwrites a newer one's token. */
  attempt: z.int().nonnegative(),
  routing,
  rung: z.int().nonnegative(),
  round: z.int().positive(),
  cause: reviewCause.default("gate"),
  /** When somebody first took it, ISO 8601. */
  firstClaimedAt: z.string().nullable().default(null),
  /** When the state that gave the token was entered, ISO 8601: a redriven state counts its attempts from 0 again. */
  tokenSince: z.string().nullable().default(null),
  keepUntil: z.string().nullable().default(null),
  /** The answer waits for a second pair of eyes, and is shown to nobody until that has answered. */
  sealed: z.boolean().default(false),
  revision: z.int().nonnegative(),
});
export type ReviewRecord = z.infer<typeof reviewRecord>;

/** A stored decision whose workflow has not been woken yet. */
export const outboxRow = z.object({
  caseId: caseSummary.shape.caseId,
  reviewId,
  taskToken: z.string(),
  wakeUp,
  since: z.string(),
});
export type OutboxRow = z.infer<typeof outboxRow>;

/** What may be shown of a review: never the token, no answer that is sealed, and of a blind one nothing the software found. */
export function summaryOfReview(review: ReviewRecord) {
  const summary = reviewSummary.parse(review);
  const open = review.sealed ? { ...summary, decision: null } : summary;
  if (!review.blind || review.blindAnswer || review.decision || review.status !== "waiting") return open;
  return { ...open, cause: unmarked(review.cause), reasons: [], headline: maskedHeadline };
}

/** A queue does not tell an audit from a case that a rule stopped. */
const unmarked = (cause: ReviewCause): ReviewCause => (cause === "audit" ? "gate" : cause);

export const maskedHeadline: Headline = {
  title: "Blind review",
  subtitle: "Shown without the software's answer",
  amountMinor: null,
  currency: null,
};

/** Of a document that nobody has read yet. */
export const unreadHeadline = (fileName: string): Headline => ({
  title: fileName,
  subtitle: "Not read yet",
  amountMinor: null,
  currency: null,
});

export function summaryOfCase(record: CaseRecord) {
  return caseSummary.parse(record);
}
