import * as z from "zod";
import { decisionRecord, reviewCause } from "./decision.ts";
import { disposition, reason } from "./disposition.ts";
import { caseId, queue, reviewId, reviewRole, timestamp, workflow } from "./identifiers.ts";

/**
 * opened: the first pass is under way. waiting: a person is asked, or the sender. decided: answer or pass is final, the outcome
 * is on its way. auditing: the outcome is delivered, and a blind review of it is still to come. closed: all is done.
 */
export const caseStatus = z.enum(["opened", "waiting", "decided", "auditing", "closed"]);

/** What sender and reviewers write to each other, in order. */
export const message = z
  .object({ at: timestamp, from: z.enum(["reviewer", "sender"]), by: z.string(), byName: z.string(), text: z.string() })
  .meta({ id: "Message" });
export type Message = z.infer<typeof message>;

/** The sender took the case back. */
export const withdrawal = z
  .object({ by: z.string(), byName: z.string(), at: timestamp, because: z.string() })
  .meta({ id: "Withdrawal" });

/** What a queue shows of a case without opening it. Amount in minor units of `currency` (ISO 4217). */
export const headline = z.object({
  title: z.string(),
  subtitle: z.string(),
  amountMinor: z.int().nullable(),
  currency: z.string().nullable(),
});
export type Headline = z.infer<typeof headline>;

/** Metadata a drop may carry, as S3 user metadata (x-amz-meta-…) or in a sidecar `<key>.meta.json`. */
export const dropMetadata = z.object({
  submitter: z.string().max(200).optional(),
  reference: z.string().max(200).optional(),
  dueAt: timestamp.optional(),
});
export type DropMetadata = z.infer<typeof dropMetadata>;

export const caseSource = z.object({
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  fileName: z.string(),
  sizeBytes: z.int().nonnegative(),
});
export type CaseSource = z.infer<typeof caseSource>;

export const caseSummary = z
  .object({
    caseId,
    workflow,
    status: caseStatus,
    openedAt: timestamp,
    dueAt: timestamp.nullable(),
    submitter: z.string().nullable(),
    reference: z.string().nullable(),
    fileName: z.string(),
    headline,
    disposition: disposition.nullable(),
    decision: decisionRecord.nullable(),
    withdrawal: withdrawal.nullable().default(null),
    /** The latest delivered. */
    outcomeId: z.string().nullable(),
    messages: z.array(message).default([]),
    /** A question is out to the sender, who can answer, send the document again, or withdraw. */
    senderAsked: z.boolean().default(false),
    /** Page images that can be looked at; they are rendered when a review opens. */
    pages: z.int().nonnegative(),
  })
  .meta({ id: "CaseSummary" });

export const reviewStatus = z.enum(["waiting", "decided", "expired"]);

/** `assignedBy`: somebody with authority gave it to this person. */
export const claim = z.object({
  by: z.string(),
  byName: z.string(),
  until: timestamp,
  assignedBy: z.string().nullable().default(null),
});
export type Claim = z.infer<typeof claim>;

export const reviewSummary = z
  .object({
    reviewId,
    caseId,
    workflow,
    queue,
    role: reviewRole,
    status: reviewStatus,
    priority: z.int(),
    openedAt: timestamp,
    dueAt: timestamp,
    headline,
    reasons: z.array(reason),
    cause: reviewCause,
    /** Shown without the machine's answer and reasons, until the person has stated what they see. */
    blind: z.boolean().default(false),
    /** What the reviewer stated blind, where the case is decided in a second look at everything. */
    blindAnswer: decisionRecord.nullable().default(null),
    /** What an escalation asks, what a hand-back answers, why it was reopened. */
    question: z.object({ by: z.string(), byName: z.string(), text: z.string() }).nullable().default(null),
    claim: claim.nullable(),
    decision: decisionRecord.nullable(),
  })
  .meta({ id: "ReviewSummary" });
export type ReviewSummary = z.infer<typeof reviewSummary>;

/** One step of a case's history, from the ledger. */
export const timelineEvent = z.object({
  sequence: z.int().positive(),
  at: timestamp,
  type: z.string(),
  /** "software", or the person's display name. */
  actor: z.string(),
  /** One sentence in plain words, without document text. */
  summary: z.string(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;
