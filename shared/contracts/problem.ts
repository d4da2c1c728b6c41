import * as z from "zod";

/**
 * Every problem a client can meet, by the last part of its `type` URI. `status` is the HTTP status.
 * @see RFC 9457
 */
export const problems = {
  "malformed-request": { status: 400, title: "The request is not what this route takes" },
  "missing-idempotency-key": { status: 400, title: "Every POST carries an Idempotency-Key header" },
  "not-signed-in": { status: 401, title: "No valid access token" },
  "not-allowed": { status: 403, title: "Your role does not allow this" },
  "not-found": { status: 404, title: "There is no such thing, or it is not yours to see" },
  "already-decided": { status: 409, title: "This review has been decided" },
  "already-claimed": { status: 409, title: "Somebody else is working on this review" },
  "review-expired": { status: 409, title: "This review went on to the next role" },
  "case-not-waiting": { status: 409, title: "The case is not where this could be done" },
  "change-already-answered": { status: 409, title: "This policy change has been answered" },
  "policy-changed": { status: 409, title: "The policy changed since you read it" },
  "policy-invalid": { status: 422, title: "The policy cannot be used" },
  "exit-criteria-unmet": { status: 422, title: "The software has not shown enough to act more on its own" },
  "evidence-missing": {
    status: 422,
    title: "Something has to be looked at or attached before this can be let through",
  },
  "blind-answer-needed": { status: 422, title: "This review is blind: state what you see" },
  "too-many-messages": { status: 409, title: "There are enough messages on this case" },
  conflict: { status: 409, title: "The case changed meanwhile; read it again" },
  "body-too-large": { status: 413, title: "The body is too large" },
  "idempotency-key-reused": { status: 422, title: "This Idempotency-Key was used with another request" },
  "value-invalid": { status: 422, title: "A value is not what its field takes" },
  "above-authority": { status: 403, title: "The amount is above what you may decide" },
  busy: { status: 503, title: "Too much at once; try again" },
  internal: { status: 500, title: "Something failed on our side; nothing was changed" },
} as const satisfies Record<string, { status: number; title: string }>;
export type ProblemType = keyof typeof problems;

export const problemTypePrefix = "urn:signoff:problem:";

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    /** Where in the request: JSON pointers (`/fields/gross`, `/lines/0/amount`, for lists `/csv/<row>/<column>`, rows as a spreadsheet counts them). */
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
    /** already-decided and already-claimed: who, when, what. */
    decidedBy: z.string().optional(),
    decidedAt: z.string().optional(),
    action: z.string().optional(),
    claimedBy: z.string().optional(),
    claimedUntil: z.string().optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;
