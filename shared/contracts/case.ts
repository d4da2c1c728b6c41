import * as z from "zod";
import { decisionRecord } from "./decision.ts";
import { disposition, reason } from "./disposition.ts";
import { caseId, queue, reviewId, reviewRole, timestamp, workflow } from "./identifiers.ts";

/**
 * opened: the drop is registered. proposed: the gate has judged it. waiting: a person is asked.
 * decided: answer or pass is final, the outcome is on its way. closed: the outcome is delivered.
 */
export const caseStatus = z.enum(["opened", "waiting", "decided", "closed"]);

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
    outcomeId: z.string().nullable(),
    /** Page images that can be looked at; they are rendered when a review opens. */
    pages: z.int().nonnegative(),
  })
  .meta({ id: "CaseSummary" });

export const reviewStatus = z.enum(["waiting", "decided", "expired"]);

export const claim = z.object({ by: z.string(), byName: z.string(), until: timestamp });
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
