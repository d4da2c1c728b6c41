import * as z from "zod";
import { routing } from "./disposition.ts";
import { caseId, reviewId, reviewRole, timestamp } from "./identifiers.ts";
import { maxNoteCharacters } from "./limits.ts";

/** Most line items a correction may hold: an invoice of 40 pages. */
export const maxLines = 1_000;
const maxValueCharacters = 1_000;

const note = z.string().trim().max(maxNoteCharacters);
const correctedValues = z.record(z.string().max(60), z.string().max(maxValueCharacters).nullable());

/** What was wrong with the handoff itself, whatever the answer. */
export const mark = z.enum(["wrong-queue", "instruction-unclear"]);
/** An uploaded file that proves what a reason asks for. */
export const attachmentId = z.string().regex(/^[a-z2-7]{26}$/);

const withAnyAnswer = {
  marks: z.array(mark).max(2).optional(),
  attachments: z.array(attachmentId).max(10).optional(),
  /** The second answer of a review that was answered blind: given knowing everything. Tells it from the first one sent twice. */
  knowing: z.boolean().optional(),
};

/**
 * What a reviewer answers. Approve takes the proposal as it stands; correct replaces the values named. Escalate hands the case
 * to the next role with a question, which that role decides, or answers and hands back. Ask puts a question to the sender.
 */
export const decision = z
  .discriminatedUnion("action", [
    z.object({ action: z.literal("approve"), note: note.optional(), ...withAnyAnswer }),
    z.object({
      action: z.literal("correct"),
      fields: correctedValues,
      /** All lines as they should be; left out when they are right. */
      lines: z.array(correctedValues).max(maxLines).optional(),
      note: note.optional(),
      ...withAnyAnswer,
    }),
    z.object({ action: z.literal("reject"), note: note.min(1, "A rejection says why: add a note."), ...withAnyAnswer }),
    z.object({
      action: z.literal("escalate"),
      note: note.min(1, "An escalation says what is asked: add a note."),
      ...withAnyAnswer,
    }),
    z.object({
      action: z.literal("ask"),
      note: note.min(1, "Say what the sender is to answer or to send again: add a note."),
      ...withAnyAnswer,
    }),
    z.object({ action: z.literal("answer"), note: note.min(1, "Answer the question: add a note."), ...withAnyAnswer }),
  ])
  .meta({ id: "Decision" });
export type Decision = z.infer<typeof decision>;

const [approve, correct, reject, escalate, ask, answer] = decision.options;
/** As a client sends it: a member that no decision has is a mistake, and would be lost. What is stored is read less strictly. */
export const decisionRequest = z
  .discriminatedUnion("action", [
    approve.strict(),
    correct.strict(),
    reject.strict(),
    escalate.strict(),
    ask.strict(),
    answer.strict(),
  ])
  .meta({ id: "DecisionRequest" });
export const decisionAction = z.enum(["approve", "correct", "reject", "escalate", "ask", "answer"]);
export type DecisionAction = z.infer<typeof decisionAction>;

export const decisionRecord = z
  .object({
    reviewId,
    decision,
    decidedBy: z.string(),
    decidedByName: z.string(),
    role: reviewRole,
    decidedAt: timestamp,
    /** Whose authority was used, when the person covered for somebody absent. */
    onBehalfOf: z.object({ personId: z.string(), name: z.string() }).nullable().default(null),
  })
  .meta({ id: "DecisionRecord" });
export type DecisionRecord = z.infer<typeof decisionRecord>;

/**
 * Why a review is opened. gate: a rule fired. second-look: four eyes. adjudication: the two disagreed. hand-back: the expert
 * answered the question. sender: the sender answered, sent again, or let the time pass. audit, reopen: an outcome is out already.
 */
export const reviewCause = z.enum([
  "gate",
  "time-out",
  "escalation",
  "recovery",
  "second-look",
  "adjudication",
  "hand-back",
  "question",
  "sender",
  "audit",
  "reopen",
]);
export type ReviewCause = z.infer<typeof reviewCause>;

/** What the workflow waits for next. `question`: the sender is asked, and nobody sees it in a queue. */
export const nextStep = z.object({ cause: reviewCause, routing, rung: z.int().nonnegative() });
export type NextStep = z.infer<typeof nextStep>;

/**
 * What the review machine is woken with: references, never the answer itself. `action` is what definitions before version 2
 * read, which know two ways on: the next rung ("escalate"), and out. `next`: null when the review is over.
 */
export const wakeUp = z.object({
  caseId,
  reviewId,
  action: z.enum(["approve", "correct", "reject", "escalate"]),
  next: nextStep.nullable().default(null),
});
export type WakeUp = z.infer<typeof wakeUp>;
