import * as z from "zod";
import { routing, triggerKind } from "../contracts/disposition.ts";
import { workflow } from "../contracts/identifiers.ts";

/**
 * One rule that hands a case to a person. `when` is a CEL expression over `field`, `signal`, `unjudged` and `document`;
 * `message`, `observed` and `limit` are texts in which `{…}` holds a CEL expression that yields a string.
 */
export const trigger = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  kind: triggerKind,
  when: z.string().min(1).max(1_000),
  message: z.string().min(1),
  observed: z.string().min(1),
  limit: z.string().min(1),
  /** Fields a reviewer should look at. */
  fields: z.array(z.string()).default([]),
  /** Where this trigger wants the case; the strictest of all that fired wins. Left out: the policy's own routing. */
  routing: routing.partial().optional(),
});
export type Trigger = z.infer<typeof trigger>;

/** What a workflow's owner has decided: when software may act alone, who answers otherwise, and by when. */
export const policy = z.object({
  workflow,
  version: z.int().positive(),
  /** Who answers for what passes without a person. */
  accountableOwner: z.string().min(1, "A policy names the owner who answers for it."),
  /** Smallest confidence with which the system may act alone, by field. A field listed here must have been found. */
  confidenceLimits: z.record(z.string(), z.number().min(0).max(1)),
  triggers: z.array(trigger),
  routing,
  /** What a good answer looks like, shown to reviewers. */
  criteria: z.array(z.string()),
});
export type Policy = z.infer<typeof policy>;
