import * as z from "zod";
import { caseSummary, reviewSummary, timelineEvent } from "./case.ts";
import { decision, decisionRecord } from "./decision.ts";
import { caseId, queue, reviewId, timestamp, workflow } from "./identifiers.ts";
import { maxDocumentBytes, maxListBodyBytes, maxListBytes } from "./limits.ts";
import { person } from "./people.ts";
import type { ProblemType } from "./problem.ts";
import { finding, line, proposal, signal } from "./proposal.ts";

/** OAuth scopes of the resource server `signoff`. A token says what a client may ask; the people table says what a person may do. */
export const scopes = {
  submit: "signoff/cases.submit",
  read: "signoff/cases.read",
  review: "signoff/reviews.write",
  administer: "signoff/lists.write",
} as const;

export const submitCaseRequest = z.object({
  workflow,
  fileName: z.string().min(1).max(200),
  contentType: z.string().max(100).default("application/octet-stream"),
  sizeBytes: z.int().positive().max(maxDocumentBytes),
  reference: z.string().max(200).optional(),
  dueAt: timestamp.optional(),
});
export const submitCaseResponse = z.object({
  caseId,
  upload: z.object({
    method: z.literal("PUT"),
    url: z.string(),
    headers: z.record(z.string(), z.string()),
    expiresAt: timestamp,
  }),
});

/** What a good answer looks like and what this person may do here; from the policy. */
export const guidance = z.object({ criteria: z.array(z.string()), authority: z.array(z.string()) });

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
  guidance,
});
export type GetCaseResponse = z.infer<typeof getCaseResponse>;

export const listReviewsQuery = z.object({
  queue: queue.optional(),
  status: z.enum(["waiting", "decided"]).default("waiting"),
  cursor: z.string().max(200).optional(),
});
export const listReviewsResponse = z.object({ reviews: z.array(reviewSummary), cursor: z.string().nullable() });

export const decideResponse = z.object({ decision: decisionRecord });
export const getPageResponse = z.object({ url: z.string(), expiresAt: timestamp });

export const listName = z.enum(["vendors", "purchase-orders", "cost-centres"]);
export const putListRequest = z.object({ csv: z.string().max(maxListBytes) });
export const listResponse = z.object({ list: listName, rows: z.int().nonnegative(), updatedAt: timestamp.nullable() });

export const reviewPath = z.object({ reviewId });
export const casePath = z.object({ caseId });
export const pagePath = z.object({ caseId, page: z.coerce.number().int().min(1).max(9_999) });
export const listPath = z.object({ workflow, list: listName });

interface Route {
  readonly method: "GET" | "POST";
  /** Under one origin with the page; nothing strips the prefix. */
  readonly path: `/api/${string}`;
  readonly function: string;
  /** The token must hold one of these. */
  readonly scopes: readonly string[];
  readonly summary: string;
  readonly pathParameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** @default maxBodyBytes */
  readonly maxBodyBytes?: number;
  readonly status: 200 | 201 | 204;
  readonly response?: z.ZodType;
  /** Besides malformed-request, not-signed-in, not-allowed, internal, busy; and for POST the idempotency problems. */
  readonly problems: readonly ProblemType[];
}

/** The whole API. The template's routes, the OpenAPI document, the handlers' parsers and the page's client come from here. */
export const routes = {
  submitCase: {
    method: "POST",
    path: "/api/cases",
    function: "submit-case",
    scopes: [scopes.submit],
    summary: "Announce a document; the answer carries a presigned upload, and the upload opens the case",
    body: submitCaseRequest,
    status: 201,
    response: submitCaseResponse,
    problems: ["body-too-large"],
  },
  getCase: {
    method: "GET",
    path: "/api/cases/{caseId}",
    function: "get-case",
    scopes: [scopes.read],
    summary: "A case with its proposal, reviews and timeline",
    pathParameters: casePath,
    status: 200,
    response: getCaseResponse,
    problems: ["not-found"],
  },
  getPage: {
    method: "GET",
    path: "/api/cases/{caseId}/pages/{page}",
    function: "get-page",
    scopes: [scopes.read],
    summary: "A short-lived address of a page's image",
    pathParameters: pagePath,
    status: 200,
    response: getPageResponse,
    problems: ["not-found"],
  },
  listReviews: {
    method: "GET",
    path: "/api/reviews",
    function: "list-reviews",
    scopes: [scopes.review],
    summary: "Reviews of your queues, due first (decided: newest first)",
    query: listReviewsQuery,
    status: 200,
    response: listReviewsResponse,
    problems: [],
  },
  claimReview: {
    method: "POST",
    path: "/api/reviews/{reviewId}/claim",
    function: "claim-review",
    scopes: [scopes.review],
    summary: "Take a review for a while, or renew your claim",
    pathParameters: reviewPath,
    status: 200,
    response: reviewSummary,
    problems: ["not-found", "already-claimed", "already-decided", "review-expired", "conflict"],
  },
  releaseReview: {
    method: "POST",
    path: "/api/reviews/{reviewId}/release",
    function: "release-review",
    scopes: [scopes.review],
    summary: "Give a claimed review back to its queue",
    pathParameters: reviewPath,
    status: 204,
    problems: ["not-found", "already-claimed", "already-decided", "review-expired", "conflict"],
  },
  decideReview: {
    method: "POST",
    path: "/api/reviews/{reviewId}/decision",
    function: "record-decision",
    scopes: [scopes.review],
    summary: "Approve, correct, reject or escalate; resumes the case",
    pathParameters: reviewPath,
    body: decision,
    status: 200,
    response: decideResponse,
    problems: [
      "not-found",
      "already-claimed",
      "already-decided",
      "review-expired",
      "value-invalid",
      "above-authority",
      "conflict",
      "body-too-large",
    ],
  },
  getMe: {
    method: "GET",
    path: "/api/me",
    function: "get-me",
    scopes: [scopes.read],
    summary: "Who you are, and your authority",
    status: 200,
    response: person,
    problems: [],
  },
  getList: {
    method: "GET",
    path: "/api/workflows/{workflow}/lists/{list}",
    function: "get-list",
    scopes: [scopes.read],
    summary: "How many rows a reference list has, and since when",
    pathParameters: listPath,
    status: 200,
    response: listResponse,
    problems: [],
  },
  putList: {
    method: "POST",
    path: "/api/workflows/{workflow}/lists/{list}",
    function: "put-list",
    scopes: [scopes.administer],
    summary: "Replace a reference list by a CSV text; owners only",
    pathParameters: listPath,
    body: putListRequest,
    maxBodyBytes: maxListBodyBytes,
    status: 200,
    response: listResponse,
    problems: ["value-invalid", "body-too-large"],
  },
} as const satisfies Record<string, Route>;
export type RouteName = keyof typeof routes;
