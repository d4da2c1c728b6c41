import * as z from "zod";
import { caseSummary, reviewSummary, timelineEvent } from "./case.ts";
import { attachmentId, decisionAction, decisionRecord } from "./decision.ts";
import { caseId, queue, reviewId, timestamp, workflow } from "./identifiers.ts";
import { maxAttachmentCharacters, maxDocumentBytes, maxListBytes, maxMessageCharacters } from "./limits.ts";
import { evidenceRule } from "./policy.ts";
import { finding, line, proposal, signal } from "./proposal.ts";

export const submitCaseRequest = z.object({
  workflow,
  fileName: z.string().min(1).max(200),
  contentType: z.string().max(100).default("application/octet-stream"),
  sizeBytes: z.int().positive().max(maxDocumentBytes),
  reference: z.string().max(200).optional(),
  dueAt: timestamp.optional(),
  /** The case whose question this document answers; it goes on with the case instead of opening one. */
  replaces: caseId.optional(),
});
const presignedUpload = z.object({
  method: z.literal("PUT"),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: timestamp,
});
export const submitCaseResponse = z.object({ caseId, upload: presignedUpload });

/** What a good answer looks like and what this person may do here; from the policy. */
export const guidance = z.object({
  criteria: z.array(z.string()),
  instructions: z.string(),
  authority: z.array(z.string()),
  /** Actions this person may take on the open review; empty where it is not theirs to answer. */
  actions: z.array(decisionAction),
  /** What has to be opened or attached before this case is let through. */
  evidence: z.array(evidenceRule),
  /** Page images this person has opened for the open review. */
  openedPages: z.array(z.int()),
});

/** A form field of the workflow, in the order of the page. */
export const fieldDescriptor = z.object({
  field: z.string(),
  label: z.string(),
  format: z.enum(["text", "date", "amount", "currency", "iban", "number"]),
  required: z.boolean(),
});
export type FieldDescriptor = z.infer<typeof fieldDescriptor>;

export const getCaseResponse = z.object({
  case: caseSummary,
  /** Null while the first pass is under way, or when it failed. */
  proposal: z
    .object({
      action: proposal.shape.action,
      failure: proposal.shape.failure,
      findings: z.array(finding),
      lines: z.array(line),
      signals: z.array(signal),
    })
    .nullable(),
  /** Smallest confidence with which the system may act alone, by field. */
  confidenceLimits: z.record(z.string(), z.number()),
  fields: z.array(fieldDescriptor),
  lineCells: z.array(fieldDescriptor),
  reviews: z.array(reviewSummary),
  timeline: z.array(timelineEvent),
  /** What the software found and why it asked is hidden, while a blind review waits. */
  masked: z.boolean(),
  guidance,
});
export type GetCaseResponse = z.infer<typeof getCaseResponse>;

export const listReviewsQuery = z.object({
  queue: queue.optional(),
  /** asked: their sender is to answer first. */
  status: z.enum(["waiting", "decided", "asked"]).default("waiting"),
  cursor: z.string().max(200).optional(),
});
export const listReviewsResponse = z.object({ reviews: z.array(reviewSummary), cursor: z.string().nullable() });

/** `unmasked`: the answer was given blind and is kept; now everything is shown, and the same review is decided knowing it. */
export const decideResponse = z.object({ decision: decisionRecord, unmasked: z.boolean() });

export const assignReviewRequest = z.object({ personId: z.string().min(1).max(200) });
const because = z.string().trim().min(1, "Say why: it stands in the case's history.").max(maxMessageCharacters);
export const withdrawCaseRequest = z.object({ because });
export const reopenCaseRequest = z.object({ because });
export const sendMessageRequest = z.object({
  text: z.string().trim().min(1, "Write something.").max(maxMessageCharacters),
});
/** Through the API, because no bucket takes requests from a page. */
export const attachRequest = z.object({
  fileName: z.string().min(1).max(200),
  contentType: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/, "A media type, such as application/pdf.")
    .max(100),
  /** The file, base64. */
  content: z.base64().max(maxAttachmentCharacters, "The file is too large."),
});
export const attachResponse = z.object({ attachmentId });
export const attachmentPath = z.object({ caseId, attachmentId });

export const getPageResponse = z.object({ url: z.string(), expiresAt: timestamp });

export const listName = z.enum(["vendors", "purchase-orders", "cost-centres"]);
export const putListRequest = z.object({ csv: z.string().max(maxListBytes) });
export const listResponse = z.object({ list: listName, rows: z.int().nonnegative(), updatedAt: timestamp.nullable() });

/** What a redrive did, and what it could not do. */
export const redriveResponse = z
  .object({
    casesContinued: z.array(caseId),
    dropsReopened: z.int().nonnegative(),
    webhooksRetried: z.int().nonnegative(),
    failed: z.array(z.object({ what: z.string(), because: z.string() })),
  })
  .meta({ id: "RedriveReport" });

export const reviewPath = z.object({ reviewId });
export const casePath = z.object({ caseId });
export const pagePath = z.object({ caseId, page: z.coerce.number().int().min(1).max(9_999) });
export const listPath = z.object({ workflow, list: listName });
