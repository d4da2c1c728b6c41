import * as z from "zod";
import { decisionAction, mark, reviewCause } from "./decision.ts";
import { sampling } from "./disposition.ts";
import { caseId, reviewId, reviewRole, timestamp, workflow } from "./identifiers.ts";

const about = { caseId, workflow, at: timestamp };
/** Minor units of `currency`; null where the case has no amount. */
const atStake = { amountMinor: z.int().nullable(), currency: z.string().nullable() };

/** What a person's answer says of one thing the software stated. `field`: a field's name, or "lines", or "action". */
export const label = z.object({
  field: z.string(),
  proposed: z.string().nullable(),
  final: z.string().nullable(),
  confidence: z.number().nullable(),
});
export type Label = z.infer<typeof label>;

/**
 * What a workflow's figures are made of: one row an event, under the day it happened, written in the transaction of the step
 * itself. Counters are rolled up from these rows, so that counting again gives the same.
 */
export const tallyEntry = z.discriminatedUnion("type", [
  /** The gate judged a case. `triggers`: all that fired. `sampled`: null for what passed and nobody looks at. */
  z.object({
    type: z.literal("gated"),
    ...about,
    ...atStake,
    kind: z.enum(["pass", "review"]),
    sampled: sampling.nullable(),
    triggers: z.array(z.string()),
    policyVersion: z.int(),
  }),
  /** A person answered. `wrong`: what the software would have done differs from what the person decided; null when it proposed nothing. */
  z.object({
    type: z.literal("answered"),
    ...about,
    ...atStake,
    reviewId,
    action: decisionAction,
    cause: reviewCause,
    role: reviewRole,
    blind: z.boolean(),
    /** Whether this answer settled the case. */
    final: z.boolean(),
    sampled: sampling,
    wrong: z.boolean().nullable(),
    /** What acting on the proposal would have cost: the difference in the amount, or all of it where it should not have been done. */
    costMinor: z.int().nullable(),
    labels: z.array(label),
    marks: z.array(mark),
    policyVersion: z.int(),
    /** Seconds from the opening of the case's first review to its first claim, and to this answer. */
    firstClaimSeconds: z.number().nullable(),
    resolutionSeconds: z.number(),
  }),
  /** An outcome was delivered. */
  z.object({
    type: z.literal("delivered"),
    ...about,
    outcomeId: z.string(),
    action: z.string(),
    decidedBy: z.enum(["software", "person", "sender"]),
    supersedes: z.string().nullable(),
    /** Seconds since the case was opened. */
    caseSeconds: z.number(),
  }),
  /** Somebody reported what an outcome cost a customer. */
  z.object({
    type: z.literal("harm"),
    ...about,
    harmId: z.string(),
    amountMinor: z.int().nonnegative(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    source: z.string(),
    /** Day on which it happened, ISO 8601. */
    date: z.iso.date(),
    decidedBy: z.enum(["software", "person", "sender"]).nullable(),
  }),
]);
export type TallyEntry = z.infer<typeof tallyEntry>;

export const reportImpactRequest = z.object({
  amountMinor: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/, "An ISO 4217 code, such as EUR."),
  /** Who found out, and how: "supplier's dunning letter". */
  source: z.string().trim().min(1).max(200),
  date: z.iso.date(),
  note: z.string().max(1_000).optional(),
});

const amounts = z.record(z.string(), z.int());
/** Percentiles of a duration, in seconds; null when nothing was counted. */
const duration = z.object({ count: z.int(), p50: z.number().nullable(), p90: z.number().nullable() });

/** A workflow's figures of one day (UTC), or of several together. */
export const counters = z
  .object({
    gated: z.int(),
    passed: z.int(),
    escalated: z.int(),
    /** Escalated cases by trigger; a case counts under each that fired. */
    escalatedBy: z.record(z.string(), z.int()),
    /** By how the case came before a person: answers that settled a case, and in how many the software was wrong. */
    graded: z.record(z.string(), z.object({ cases: z.int(), wrong: z.int() })),
    /** Fields that people changed, by name: how often proposed, how often changed. */
    overriddenFields: z.record(z.string(), z.object({ proposed: z.int(), changed: z.int() })),
    answers: z.record(z.string(), z.int()),
    marks: z.record(z.string(), z.int()),
    firstClaimSeconds: duration,
    resolutionSeconds: duration,
    delivered: z.int(),
    superseded: z.int(),
    /** What wrong automatic outcomes cost or would have cost, by currency, in minor units. */
    wouldHaveCost: amounts,
    /** Harm that was reported, by currency, in minor units. */
    harm: amounts,
    harmReports: z.int(),
  })
  .meta({ id: "Counters" });
export type Counters = z.infer<typeof counters>;

export const metricsQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() });
export const metricsResponse = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  total: counters,
  days: z.array(z.object({ day: z.iso.date(), counters })),
  /** What waits now. */
  backlog: z.object({
    waiting: z.int(),
    overdue: z.int(),
    oldestOpenedAt: timestamp.nullable(),
    nextDueAt: timestamp.nullable(),
  }),
});
