import * as z from "zod";
import { caseSummary, reviewSummary, timelineEvent } from "./case.ts";
import { attachmentId, decision, decisionAction, decisionRecord } from "./decision.ts";
import { caseId, queue, reviewId, timestamp, workflow } from "./identifiers.ts";
import {
  maxAttachmentBodyBytes,
  maxAttachmentCharacters,
  maxDocumentBytes,
  maxListBodyBytes,
  maxListBytes,
  maxMessageCharacters,
} from "./limits.ts";
import { absenceRequest, listPeopleResponse, person, personPath, putPersonRequest } from "./people.ts";
import {
  answerPolicyChangeRequest,
  evidenceRule,
  getPolicyResponse,
  policy,
  policyChange,
  policyChangePath,
  policyPath,
  policyVersionPath,
  proposePolicyChangeRequest,
  stopRequest,
} from "./policy.ts";
import { finding, line, proposal, signal } from "./proposal.ts";
import { type Route, scopes } from "./route.ts";
import { metricsQuery, metricsResponse, reportImpactRequest } from "./tally.ts";

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
    problems: ["not-found", "case-not-waiting", "body-too-large"],
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
    summary: "Approve, correct, reject, escalate, ask the sender, or answer a question; resumes the case",
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
      "evidence-missing",
      "blind-answer-needed",
      "case-not-waiting",
      "too-many-messages",
      "conflict",
      "body-too-large",
    ],
  },
  assignReview: {
    method: "POST",
    path: "/api/reviews/{reviewId}/assign",
    function: "assign-review",
    scopes: [scopes.review],
    summary: "Give a waiting review to somebody who may answer it; experts and owners",
    pathParameters: reviewPath,
    body: assignReviewRequest,
    status: 200,
    response: reviewSummary,
    problems: ["not-found", "already-decided", "review-expired", "conflict"],
  },
  attachEvidence: {
    method: "POST",
    path: "/api/reviews/{reviewId}/attachments",
    function: "attach-evidence",
    scopes: [scopes.review],
    summary: "Keep a file that proves what a reason asks for; its id goes with the answer",
    pathParameters: reviewPath,
    body: attachRequest,
    maxBodyBytes: maxAttachmentBodyBytes,
    status: 201,
    response: attachResponse,
    problems: ["not-found", "already-claimed", "already-decided", "review-expired", "body-too-large"],
  },
  getAttachment: {
    method: "GET",
    path: "/api/cases/{caseId}/attachments/{attachmentId}",
    function: "get-attachment",
    scopes: [scopes.read],
    summary: "A short-lived address from which an attached file is downloaded",
    pathParameters: attachmentPath,
    status: 200,
    response: getPageResponse,
    problems: ["not-found"],
  },
  sendMessage: {
    method: "POST",
    path: "/api/cases/{caseId}/messages",
    function: "send-message",
    scopes: [scopes.submit, scopes.read],
    summary: "The sender answers the question that was asked; the case goes back to whoever asked",
    pathParameters: casePath,
    body: sendMessageRequest,
    status: 204,
    problems: ["not-found", "case-not-waiting", "too-many-messages", "conflict"],
  },
  withdrawCase: {
    method: "POST",
    path: "/api/cases/{caseId}/withdraw",
    function: "withdraw-case",
    scopes: [scopes.submit, scopes.read],
    summary: "The sender takes an undecided case back",
    pathParameters: casePath,
    body: withdrawCaseRequest,
    status: 204,
    problems: ["not-found", "already-decided", "conflict"],
  },
  reopenCase: {
    method: "POST",
    path: "/api/cases/{caseId}/reopen",
    function: "reopen-case",
    scopes: [scopes.administer],
    summary: "Put a closed case in front of people again; owners only. A different answer supersedes the outcome",
    pathParameters: casePath,
    body: reopenCaseRequest,
    status: 204,
    problems: ["not-found", "case-not-waiting", "conflict"],
  },
  reportImpact: {
    method: "POST",
    path: "/api/cases/{caseId}/impact",
    function: "report-impact",
    scopes: [scopes.submit, scopes.review],
    summary: "Report what an outcome cost a customer",
    pathParameters: casePath,
    body: reportImpactRequest,
    status: 204,
    problems: ["not-found", "case-not-waiting", "value-invalid", "conflict"],
  },
  getPolicy: {
    method: "GET",
    path: "/api/workflows/{workflow}/policy",
    function: "get-policy",
    scopes: [scopes.read],
    summary: "The policy in force, its latest changes, and where the autonomy dial stands",
    pathParameters: policyPath,
    status: 200,
    response: getPolicyResponse,
    problems: ["not-found"],
  },
  getPolicyVersion: {
    method: "GET",
    path: "/api/workflows/{workflow}/policy/versions/{version}",
    function: "get-policy-version",
    scopes: [scopes.read],
    summary: "A version of the policy, as cases were gated with it",
    pathParameters: policyVersionPath,
    status: 200,
    response: policy,
    problems: ["not-found"],
  },
  proposePolicyChange: {
    method: "POST",
    path: "/api/workflows/{workflow}/policy/changes",
    function: "propose-policy-change",
    scopes: [scopes.administer],
    summary:
      "Change the policy: what only tightens applies at once, anything else waits for a second owner; owners only",
    pathParameters: policyPath,
    body: proposePolicyChangeRequest,
    status: 201,
    response: policyChange,
    problems: ["policy-invalid", "policy-changed", "exit-criteria-unmet", "body-too-large", "conflict"],
  },
  answerPolicyChange: {
    method: "POST",
    path: "/api/workflows/{workflow}/policy/changes/{changeId}/answer",
    function: "answer-policy-change",
    scopes: [scopes.administer],
    summary:
      "Sign or refuse a waiting change; another owner than who proposed it. Refusing is open to its proposer, too",
    pathParameters: policyChangePath,
    body: answerPolicyChangeRequest,
    status: 200,
    response: policyChange,
    problems: [
      "not-found",
      "change-already-answered",
      "policy-changed",
      "policy-invalid",
      "exit-criteria-unmet",
      "conflict",
    ],
  },
  stopWorkflow: {
    method: "POST",
    path: "/api/workflows/{workflow}/stop",
    function: "stop-workflow",
    scopes: [scopes.administer],
    summary: "From now on every case of the workflow goes to people; owners only, at once, one signature",
    pathParameters: policyPath,
    body: stopRequest,
    status: 200,
    response: policyChange,
    problems: ["conflict"],
  },
  getMetrics: {
    method: "GET",
    path: "/api/workflows/{workflow}/metrics",
    function: "get-metrics",
    scopes: [scopes.read],
    summary: "Escalation rate, overrides, times, customer impact and backlog, by day; owners only",
    pathParameters: policyPath,
    query: metricsQuery,
    status: 200,
    response: metricsResponse,
    problems: [],
  },
  listPeople: {
    method: "GET",
    path: "/api/workflows/{workflow}/people",
    function: "list-people",
    scopes: [scopes.review],
    summary: "Who may do what in the workflow; experts and owners, who assign reviews",
    pathParameters: policyPath,
    status: 200,
    response: listPeopleResponse,
    problems: [],
  },
  putPerson: {
    method: "POST",
    path: "/api/workflows/{workflow}/people/{personId}",
    function: "put-person",
    scopes: [scopes.administer],
    summary: "Give somebody a role, limits and queues, or take them away; owners only, never of themselves",
    pathParameters: personPath,
    body: putPersonRequest,
    status: 204,
    problems: ["value-invalid", "conflict"],
  },
  setAbsence: {
    method: "POST",
    path: "/api/me/absence",
    function: "set-absence",
    scopes: [scopes.review],
    summary: "Say who covers for you until when, or that you are back",
    body: absenceRequest,
    status: 204,
    problems: ["not-found", "value-invalid", "conflict"],
  },
  redrive: {
    method: "POST",
    path: "/api/redrive",
    function: "redrive",
    scopes: [scopes.administer],
    summary:
      "Start again what failed: dead executions, dead letters, undelivered webhooks; owners only, safe to repeat",
    status: 200,
    response: redriveResponse,
    problems: [],
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
