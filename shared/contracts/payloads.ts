import * as z from "zod";
import { reviewCause } from "./decision.ts";
import { routing } from "./disposition.ts";
import { caseId, timestamp, workflow } from "./identifiers.ts";
import { policyChangeId } from "./policy.ts";

/**
 * Versions of what machines and functions hand each other. Executions wait up to a year under the definition they started
 * with, so a function takes every version: a member that came later has a default that means what its absence meant.
 */
export const payloadVersion = 2;

/** Input of the `case` machine. The reconciler enters at review (with its reason) or at deliver. */
export const caseInput = z.object({
  caseId,
  workflow,
  enterAt: z.enum(["automate", "review", "deliver"]),
  /** First round of review that is free: rounds name reviews and are never used twice. */
  round: z.int().positive(),
  /** Why the case enters at review; null when the gate says it. */
  routing: routing.nullable(),
  /** Since version 2: rung and cause with which it enters at review. */
  rung: z.int().nonnegative().default(0),
  cause: reviewCause.default("recovery"),
});
export type CaseInput = z.infer<typeof caseInput>;

/** Input of read-document, propose-*, render-pages and deliver-outcome. */
export const caseReference = z.object({ caseId });
export const detectPageInput = z.object({ caseId, page: z.int().positive() });

/** What failed in the first pass, as Step Functions reports it. */
export const gateInput = z.object({ caseId, failure: z.object({ error: z.string(), cause: z.string() }).nullable() });
/** `audited`: it passes, is delivered, and is then reviewed. Version 1 did not say. */
export const gateOutput = z.object({
  disposition: z.enum(["pass", "review"]),
  routing: routing.nullable(),
  audited: z.boolean().default(false),
});
/** What deliver-outcome answers: whether a person is still to look at what was delivered, and where. Version 1 ignores it. */
export const deliverOutput = z.object({ audit: z.object({ round: z.int().positive(), routing }).nullable() });
export type DeliverOutput = z.infer<typeof deliverOutput>;
export type GateOutput = z.infer<typeof gateOutput>;

/** Input of open-review, called with a task token. `attempt` is the state's retry count: a newer attempt's token replaces an older one's. */
export const openReviewInput = z.object({
  caseId,
  round: z.int().positive(),
  attempt: z.int().nonnegative(),
  routing,
  /** Index into the ladder. */
  rung: z.int().nonnegative(),
  cause: reviewCause,
  taskToken: z.string().min(1),
  /** Definition of the review machine that waits; version 1 did not say, nor any of the following. */
  version: z.int().positive().default(1),
  /** When the state was entered, ISO 8601; orders tokens where a redrive counts attempts from 0 again. */
  enteredAt: timestamp.nullable().default(null),
  /** Name of the `case` execution that this review is part of; another one may have taken over meanwhile. */
  caseExecution: z.string().nullable().default(null),
  /** Pages whose images the reviewer can look at; null when they could not be rendered. */
  pages: z.int().nonnegative().nullable(),
});
export type OpenReviewInput = z.infer<typeof openReviewInput>;

/** Input of the policy-change machine, of apply-policy-change, and what an answer wakes the machine with. */
export const policyChangeReference = z.object({ changeId: policyChangeId, workflow });
/** Input of await-signature, called with a task token. `enteredAt`, then `attempt`, order the tokens of one change. */
export const awaitSignatureInput = policyChangeReference.extend({
  taskToken: z.string().min(1),
  enteredAt: timestamp,
  attempt: z.int().nonnegative(),
});
