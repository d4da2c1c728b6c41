import type { Problem, ProblemType } from "../../../shared/contracts/problem.ts";

/** The API understood and refused (4xx), or failed by itself (5xx). `kind` is the last part of the problem's type. */
export class RequestRefusedError extends Error {
  override readonly name = "RequestRefusedError";
  readonly problem: Problem;
  readonly kind: string;
  constructor(problem: Problem) {
    super(problem.detail === "" ? problem.title : problem.detail);
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
