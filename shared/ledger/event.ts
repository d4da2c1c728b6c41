import * as z from "zod";
import { caseId, timestamp } from "../contracts/identifiers.ts";

export const actor = z.object({ kind: z.enum(["software", "person", "program"]), id: z.string(), name: z.string() });
export type Actor = z.infer<typeof actor>;

/** What the software signs with; the version that acted stands in the event's details. */
export const software: Actor = { kind: "software", id: "signoff", name: "software" };

export const ledgerEventType = z.enum([
  "CaseOpened",
  "ProposalGated",
  "ReviewOpened",
  "ReviewClaimed",
  "ReviewReleased",
  "ReviewAssigned",
  "ReviewDecided",
  "BlindAnswerGiven",
  "SenderAsked",
  "SenderAnswered",
  "DocumentReplaced",
  "CaseWithdrawn",
  "CaseReopened",
  "CaseContinued",
  "AuditSettled",
  "ImpactReported",
  "OutcomeDelivered",
  "CaseRecovered",
  "PolicyChangeProposed",
  "PolicyChanged",
  "PolicyChangeRefused",
  "PolicyChangeSuperseded",
  "PolicyChangeExpired",
  "PersonChanged",
  "AbsenceSet",
]);

/** One step in a case's history. Never holds document text: references, hashes, versions and plain words only. */
export const ledgerEvent = z.object({
  caseId,
  sequence: z.int().positive(),
  at: timestamp,
  type: ledgerEventType,
  actor,
  summary: z.string(),
  details: z.record(z.string(), z.json()),
  /** Hash of the event before; 64 zeros for the first. */
  previousHash: z.string().length(64),
  /** SHA-256 over the canonical JSON of everything above. */
  hash: z.string().length(64),
});
export type LedgerEvent = z.infer<typeof ledgerEvent>;

/** An event before it has its place in the chain. */
export type Entry = Pick<LedgerEvent, "type" | "actor" | "summary" | "details">;
