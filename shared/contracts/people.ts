import * as z from "zod";
import { queue, role, workflow } from "./identifiers.ts";

/**
 * Authority of one person (or program) in one workflow. Default deny: what is not listed is not allowed.
 * `limits`: largest amount the person may decide, in minor units by currency; a currency that is not listed is refused.
 */
export const membership = z.object({
  workflow,
  role,
  queues: z.union([z.literal("*"), z.array(queue).max(20)]),
  limits: z.record(z.string().regex(/^[A-Z]{3}$/), z.int().nonnegative()),
  unlimited: z.boolean(),
});
export type Membership = z.infer<typeof membership>;

/** `personId` is the token's `sub`; for a program its client id. */
export const person = z.object({ personId: z.string(), name: z.string(), memberships: z.array(membership) });
export type Person = z.infer<typeof person>;
