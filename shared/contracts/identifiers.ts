import * as z from "zod";

/** Workflows that ship; the first folder of a drop's key. */
export const workflow = z.enum(["invoices"]);
export type Workflow = z.infer<typeof workflow>;

/** 26 letters and digits (base 32 of a hash), so that it fits an execution's name (80 characters) with room for a suffix. */
export const caseId = z.string().regex(/^[a-z2-7]{26}$/);

/** `<caseId>-<round>`: the round counts the handoffs of one case from 1. */
export const reviewId = z.string().regex(/^[a-z2-7]{26}-[1-9]\d{0,3}$/);

/** In order of authority. A submitter may drop cases and follow their own. */
export const role = z.enum(["submitter", "reviewer", "expert", "owner"]);
export type Role = z.infer<typeof role>;

/** Roles a review can be routed to. */
export const reviewRole = z.enum(["reviewer", "expert", "owner"]);
export type ReviewRole = z.infer<typeof reviewRole>;

/** `invoices` for the workflow's own queue, `invoices/<department>` for a department's. */
export const queue = z.string().regex(/^[a-z][a-z0-9-]{0,39}(\/[a-z0-9-]{1,40})?$/);

/** ISO 8601, UTC. */
export const timestamp = z.iso.datetime();
