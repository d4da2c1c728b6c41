import type { Problem, ProblemType } from "../../../shared/contracts/problem.ts";

/** The API understood and refused (4xx), or failed by itself (5xx). `kind` is the last part of the problem's type. */
export class RequestRefusedError extends Error {
  override readonly name = "RequestRefusedError";
  readonly problem: Problem;
  readonly kind: string;
  constructor(problem: Problem) {
    super(explain(problem));
    this.problem = problem;
    this.kind = problem.type.split(":").at(-1) ?? "internal";
  }
}

/** No answer came: the network is away, or the address cannot be reached. The same request may be sent again. */
export class ServerUnreachableError extends Error {
  override readonly name = "ServerUnreachableError";
}

/** The answer lacks what the contract promises: page and API are of different versions. Reload the page. */
export class AnswerMalformedError extends Error {
  override readonly name = "AnswerMalformedError";
}

/** The server's own sentence; where it only repeats the title, what the problem means for whoever met it. */
export function explain(problem: Problem): string {
  const { title, detail, type } = problem;
  if (detail !== "" && detail.replace(/\.$/, "") !== title) return detail;
  const known = Object.entries(meanings).find(([kind]) => kind === type.split(":").at(-1));
  return known === undefined ? `${title.replace(/\.$/, "")}.` : known[1];
}

const meanings: Record<ProblemType, string> = {
  "malformed-request": "The page sent what the server does not take. Reload it; it may be older than the server.",
  "missing-idempotency-key": "The page left out a header. Reload it; it may be older than the server.",
  "not-signed-in": "Your sign-in is no longer good. Sign in again.",
  "not-allowed": "Your role does not allow this.",
  "not-found": "There is no such thing, or it is not yours to see.",
  "already-decided": "This has been decided already.",
  "already-claimed": "Somebody else is working on this review.",
  "review-expired": "Nobody answered in time: this review went on to the next role.",
  "case-not-waiting": "The case is not where this could be done. Read it again.",
  "change-already-answered": "This change has been signed or refused already.",
  "policy-changed": "The policy changed since you read it. Read it again, then propose your change anew.",
  "policy-invalid": "The policy cannot be used as it stands.",
  "exit-criteria-unmet": "The software has not shown enough to act more on its own.",
  "evidence-missing": "Something has to be looked at or attached before this can be let through.",
  "blind-answer-needed": "This review is blind: enter what you see, or reject.",
  "too-many-messages": "There are enough messages on this case. Decide it, or settle it outside.",
  conflict: "The case changed meanwhile. Read it again, then answer.",
  "body-too-large": "That is more than one request may hold.",
  "idempotency-key-reused": "This was sent before with other content. Reload the page and try again.",
  "value-invalid": "A value is not what its field takes.",
  "above-authority": "The amount is above what you may decide. Escalate it.",
  busy: "Too much at once; try again.",
  internal: "Something failed on the server; nothing was changed.",
};

/** Whether this error is a refusal of one of these kinds. */
export const isRefusal = (error: unknown, ...kinds: ProblemType[]): error is RequestRefusedError =>
  error instanceof RequestRefusedError && kinds.some((kind) => kind === error.kind);

/** Whether the request's fate is unknown or it was only too much at once: then the same intent is sent again under the same key. */
export const isWorthRetrying = (error: unknown): boolean =>
  error instanceof ServerUnreachableError ||
  (error instanceof RequestRefusedError && (error.problem.status >= 500 || error.problem.status === 429));

/** A sentence for the person. Errors of the page itself are not hidden behind a friendly one. */
export const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Gateways answer in their own words ({"message":"Unauthorized"}); the status then says what it was. */
export function problemOf(status: number, body: unknown): Problem {
  if (isProblem(body)) return body;
  const known: Record<number, [ProblemType, string]> = {
    401: ["not-signed-in", "Your sign-in is no longer good."],
    403: ["not-allowed", "Your sign-in does not allow this."],
    404: ["not-found", "There is no such thing, or it is not yours to see."],
    413: ["body-too-large", "That is more than one request may hold."],
    429: ["busy", "Too much at once; try again."],
    503: ["busy", "Too much at once; try again."],
  };
  const [kind, detail] = known[status] ?? [
    "internal",
    `The server answered ${status}. Nothing is known to have changed.`,
  ];
  return { type: `urn:signoff:problem:${kind}`, title: detail, status, detail };
}

function isProblem(value: unknown): value is Problem {
  if (typeof value !== "object" || value === null) return false;
  const texts = ["type", "title", "detail"].every((name) => typeof Reflect.get(value, name) === "string");
  const errors: unknown = Reflect.get(value, "errors");
  return texts && typeof Reflect.get(value, "status") === "number" && (errors === undefined || Array.isArray(errors));
}
