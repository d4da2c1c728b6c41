import * as z from "zod";
import { caseId, reviewId, reviewRole, timestamp } from "./identifiers.ts";
import { maxNoteCharacters } from "./limits.ts";

/** Most line items a correction may hold: an invoice of 40 pages. */
export const maxLines = 1_000;
const maxValueCharacters = 1_000;

const note = z.string().trim().max(maxNoteCharacters);
const correctedValues = z.record(z.string().max(60), z.string().max(maxValueCharacters).nullable());

/** What a reviewer answers. Approve takes the proposal as it stands; correct replaces the values named. */
export const decision = z
  .discriminatedUnion("action", [
    z.object({ action: z.literal("approve"), note: note.optional() }),
    z.object({
      action: z.literal("correct"),
      fields: correctedValues,
      /** All lines as they should be; left out when they are right. */
      lines: z.array(correctedValues).max(maxLines).optional(),
      note: note.optional(),
    }),
    z.object({ action: z.literal("reject"), note: note.min(1, "A rejection says why: add a note.") }),
    z.object({ action: z.literal("escalate"), note: note.min(1, "An escalation says what is asked: add a note.") }),
  ])
  .meta({ id: "Decision" });
export type Decision = z.infer<typeof decision>;

export const decisionRecord = z
  .object({
    reviewId,
    decision,
    decidedBy: z.string(),
    decidedByName: z.string(),
    role: reviewRole,
    decidedAt: timestamp,
  })
  .meta({ id: "DecisionRecord" });
export type DecisionRecord = z.infer<typeof decisionRecord>;

/** What the review machine is woken with; a reference, never the answer itself. */
export const wakeUp = z.object({ caseId, reviewId, action: z.enum(["approve", "correct", "reject", "escalate"]) });
