import * as z from "zod";
import { routing } from "./disposition.ts";
import { caseId, workflow } from "./identifiers.ts";

/** Input of the `case` machine. The reconciler enters at review (with its reason) or at deliver. */
export const caseInput = z.object({
  caseId,
  workflow,
  enterAt: z.enum(["automate", "review", "deliver"]),
  /** First round of review that is free: rounds name reviews and are never used twice. */
  round: z.int().positive(),
  /** Why the case enters at review; null when the gate says it. */
  routing: routing.nullable(),
});
export type CaseInput = z.infer<typeof caseInput>;

/** Input of read-document, propose-*, render-pages and deliver-outcome. */
export const caseReference = z.object({ caseId });
export const detectPageInput = z.object({ caseId, page: z.int().positive() });

/** What failed in the first pass, as Step Functions reports it. */
export const gateInput = z.object({ caseId, failure: z.object({ error: z.string(), cause: z.string() }).nullable() });
export const gateOutput = z.object({ disposition: z.enum(["pass", "review"]), routing: routing.nullable() });
export type GateOutput = z.infer<typeof gateOutput>;

/** Input of open-review, called with a task token. `attempt` is the state's retry count: a newer attempt's token replaces an older one's. */
export const openReviewInput = z.object({
  caseId,
  round: z.int().positive(),
  attempt: z.int().nonnegative(),
  routing,
  /** Index into the ladder. */
  rung: z.int().nonnegative(),
  cause: z.enum(["gate", "time-out", "escalation", "recovery"]),
  taskToken: z.string().min(1),
  /** Pages whose images the reviewer can look at; null when they could not be rendered. */
  pages: z.int().nonnegative().nullable(),
});
export type OpenReviewInput = z.infer<typeof openReviewInput>;
