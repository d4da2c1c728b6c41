import * as z from "zod";
import { reason } from "./disposition.ts";
import { caseId, reviewId, timestamp, workflow } from "./identifiers.ts";

const value = z.string().nullable();

/** The object delivered to `<workflow>/<caseId>.json`. Receivers deduplicate by `outcomeId`. */
export const outcome = z.object({
  schemaVersion: z.literal(1),
  outcomeId: z.string(),
  /** Outcome that this one takes the place of: an audit found an error, or an owner reopened the case. */
  supersedes: z.string().nullable().default(null),
  caseId,
  workflow,
  /** What should happen: the workflow's action ("pay"), "reject", or "withdraw" when the sender took the case back. */
  action: z.string(),
  fields: z.record(z.string(), value),
  lines: z.array(z.record(z.string(), value)),
  decidedBy: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("software"), policyVersion: z.int() }),
    z.object({ kind: z.literal("person"), personId: z.string(), name: z.string(), reviewId, action: z.string() }),
    z.object({ kind: z.literal("sender"), personId: z.string(), name: z.string() }),
  ]),
  decidedAt: timestamp,
  note: z.string().nullable(),
  accountableOwner: z.string(),
  policyVersion: z.int(),
  reasons: z.array(reason),
  reference: z.string().nullable(),
  submitter: z.string().nullable(),
  source: z.object({ bucket: z.string(), key: z.string(), versionId: z.string() }),
  documentHash: z.string().nullable(),
});
export type Outcome = z.infer<typeof outcome>;

/** Events on the bus, source `signoff`. Details are references; the outcome object holds the rest. */
export const eventSource = "signoff";
const delivered = z.object({
  caseId,
  workflow,
  outcomeId: z.string(),
  supersedes: z.string().nullable(),
  action: z.string(),
  bucket: z.string(),
  key: z.string(),
  reference: z.string().nullable(),
});
export const caseEvents = {
  CaseOpened: z.object({ caseId, workflow, reference: z.string().nullable() }),
  CaseWaiting: z.object({ caseId, workflow, reviewId, queue: z.string(), role: z.string(), dueAt: timestamp }),
  /** The sender is asked; a new version of the same key, a message or a withdrawal goes on with the case. */
  SenderAsked: z.object({ caseId, workflow, reference: z.string().nullable(), until: timestamp }),
  CaseDecided: delivered,
  CaseRejected: delivered,
  CaseWithdrawn: delivered,
  PolicyChanged: z.object({ workflow, version: z.int(), changeId: z.string() }),
} as const;
export type CaseEventType = keyof typeof caseEvents;
export type CaseEvent = { [T in CaseEventType]: { type: T; detail: z.infer<(typeof caseEvents)[T]> } }[CaseEventType];
