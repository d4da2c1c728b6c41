import * as z from "zod";
import { queue, reviewRole, timestamp } from "./identifiers.ts";

export const triggerKind = z.enum(["confidence", "policy", "data-quality", "impact"]);
export type TriggerKind = z.infer<typeof triggerKind>;

/** Why a case is in front of a person: the rule that fired, what was seen, the limit, and what would have let it pass. */
export const reason = z
  .object({
    triggerId: z.string(),
    kind: triggerKind,
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

/** What the gate decided of a proposal. */
export const disposition = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("pass"), policyVersion: z.int(), at: timestamp }),
  z.object({
    kind: z.literal("review"),
    policyVersion: z.int(),
    at: timestamp,
    reasons: z.array(reason).min(1),
    /** All reasons' `passesIf` joined: the whole counterfactual. */
    passesIf: z.string(),
    routing,
  }),
]);
export type Disposition = z.infer<typeof disposition>;
