import * as z from "zod";
import { queue, reviewRole, timestamp } from "./identifiers.ts";

export const triggerKind = z.enum(["confidence", "policy", "data-quality", "impact"]);
export type TriggerKind = z.infer<typeof triggerKind>;

/** How bad it would be to be wrong about it; the worst reason stands first. */
export const severity = z.enum(["low", "medium", "high"]);
export type Severity = z.infer<typeof severity>;

/** Why a case is in front of a person: the rule that fired, what was seen, the limit, and what would have let it pass. */
export const reason = z
  .object({
    triggerId: z.string(),
    kind: triggerKind,
    severity: severity.default("medium"),
    /** Plain words: "Total does not add up". */
    message: z.string(),
    observed: z.string(),
    limit: z.string(),
    /** Completes "It would have passed if …". */
    passesIf: z.string(),
    fields: z.array(z.string()),
  })
  .meta({ id: "Reason" });
export type Reason = z.infer<typeof reason>;

/** One step of the ladder a review climbs when nobody answers in time. */
export const rung = z.object({ role: reviewRole, dueSeconds: z.int().positive() });

export const routing = z.object({
  queue,
  /** 0 normal, higher is more urgent. */
  priority: z.int().min(0).max(9),
  ladder: z.array(rung).min(1),
});
export type Routing = z.infer<typeof routing>;

/**
 * How a case came before a person: triggered by a rule; audited: it passed, and was drawn; shadow, pilot: it passed, but the
 * workflow does not act alone yet; stopped: its owner stopped the workflow. All but triggered grade what the software would have done.
 */
export const sampling = z.enum(["triggered", "audited", "shadow", "pilot", "stopped"]);
export type Sampling = z.infer<typeof sampling>;

/** Three random numbers in [0, 1), drawn once a case: equal proposal, policy and draws give the same disposition. */
export const draws = z.object({ pilot: z.number(), audit: z.number(), blind: z.number() });
export type Draws = z.infer<typeof draws>;

const judged = {
  policyVersion: z.int(),
  at: timestamp,
  /** Null for cases judged before draws were kept. */
  draws: draws.nullable().default(null),
  /** The policy's four-eyes condition held. */
  fourEyes: z.boolean().default(false),
};

/** What the gate decided of a proposal. */
export const disposition = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("pass"),
    ...judged,
    /** A blind review follows the outcome. */
    audited: z.boolean().default(false),
    /** Where that review goes; null when there is none. */
    routing: routing.nullable().default(null),
  }),
  z.object({
    kind: z.literal("review"),
    ...judged,
    sampled: sampling.default("triggered"),
    /** Shown without the machine's answer and reasons. */
    blind: z.boolean().default(false),
    reasons: z.array(reason).min(1),
    /** All reasons' `passesIf` joined: the whole counterfactual. */
    passesIf: z.string(),
    routing,
  }),
]);
export type Disposition = z.infer<typeof disposition>;
