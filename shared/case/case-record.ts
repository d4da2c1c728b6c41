import * as z from "zod";
import { caseSource, caseSummary, reviewSummary } from "../contracts/case.ts";
import { wakeUp } from "../contracts/decision.ts";
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
  /** Name of the latest execution of the `case` machine. */
  executionName: z.string(),
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
  cause: z.enum(["gate", "time-out", "escalation", "recovery"]),
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

/** What a listing may show: everything but the token. */
export function summaryOfReview(review: ReviewRecord) {
  return reviewSummary.parse(review);
}
export function summaryOfCase(record: CaseRecord) {
  return caseSummary.parse(record);
}
