import { CaseChangedError, CaseNotFoundError } from "../../case/case-store.ts";
import { type Problem, type ProblemType, problems, problemTypePrefix } from "../../contracts/problem.ts";
import { MetricsRangeInvalidError } from "../../learning/get-metrics.ts";
import { AboveAuthorityError, NotAllowedError } from "../../people/authority.ts";
import { MemberNotFoundError, PeopleChangedError } from "../../people/register.ts";
import { ExitCriteriaUnmetError } from "../../policy/exit-criteria-unmet-error.ts";
import {
  PolicyChangeAnsweredError,
  PolicyChangeNotFoundError,
  PolicyContendedError,
  PolicyOutdatedError,
  PolicyVersionNotFoundError,
} from "../../policy/policy-changes.ts";
import { PolicyInvalidError } from "../../policy/policy-invalid-error.ts";
import {
  BlindAnswerGivenError,
  BlindAnswerNeededError,
  CaseAlreadyDecidedError,
  CaseNotWaitingError,
  EvidenceMissingError,
  ReviewAlreadyClaimedError,
  ReviewAlreadyDecidedError,
  ReviewExpiredError,
  ReviewNotFoundError,
  TooManyMessagesError,
  ValueInvalidError,
} from "../../review/review-errors.ts";
import { ListInvalidError } from "../../workflows/invoices/lists/list-invalid-error.ts";
import { isTransactionThrottled } from "../dynamodb/item.ts";

type Extra = Omit<Partial<Problem>, "type" | "title" | "status">;

/** Happens when a request is refused before any rule is asked: its form, its size, its key. */
export class RequestRefusedError extends Error {
  override readonly name = "RequestRefusedError";
  readonly problem: Problem;

  constructor(type: ProblemType, detail: string, extra: Extra = {}) {
    super(detail);
    this.problem = problemOf(type, detail, extra);
  }
}

/** The problem document of an error; null for one nobody foresaw, of which a client learns nothing. */
export function knownProblem(error: unknown): Problem | null {
  if (error instanceof RequestRefusedError) return error.problem;
  if (error instanceof NotAllowedError) return problemOf("not-allowed", error.message);
  if (error instanceof AboveAuthorityError) return problemOf("above-authority", error.message);
  if (error instanceof CaseNotFoundError || error instanceof ReviewNotFoundError)
    return problemOf("not-found", error.message);
  if (error instanceof CaseChangedError) return problemOf("conflict", error.message);
  if (error instanceof PeopleChangedError) return problemOf("conflict", error.message);
  if (error instanceof MemberNotFoundError) return problemOf("not-found", error.message);
  if (error instanceof MetricsRangeInvalidError) return problemOf("malformed-request", error.message);
  if (error instanceof PolicyInvalidError)
    return problemOf("policy-invalid", error.message, { errors: [...error.errors] });
  if (error instanceof PolicyOutdatedError) return problemOf("policy-changed", error.message);
  if (error instanceof PolicyContendedError) return problemOf("conflict", error.message);
  if (error instanceof ExitCriteriaUnmetError) return problemOf("exit-criteria-unmet", error.message);
  if (error instanceof PolicyChangeNotFoundError || error instanceof PolicyVersionNotFoundError)
    return problemOf("not-found", error.message);
  if (error instanceof PolicyChangeAnsweredError) {
    const { answeredByName, answeredAt, status } = error.change;
    return problemOf("change-already-answered", error.message, {
      ...(answeredByName !== null && { decidedBy: answeredByName }),
      ...(answeredAt !== null && { decidedAt: answeredAt }),
      action: status,
    });
  }
  if (error instanceof ReviewExpiredError) return problemOf("review-expired", error.message);
  if (error instanceof ValueInvalidError)
    return problemOf("value-invalid", error.message, { errors: [...error.errors] });
  if (error instanceof ListInvalidError) {
    const errors = error.problems.map(({ line, column, problem }) => ({
      pointer: column === null ? `/csv/${line}` : `/csv/${line}/${column}`,
      detail: problem,
    }));
    return problemOf("value-invalid", error.message, { errors });
  }
  if (error instanceof ReviewAlreadyClaimedError) {
    const { byName, until } = error.claim;
    return problemOf("already-claimed", error.message, { claimedBy: byName, claimedUntil: until });
  }
  if (error instanceof CaseNotWaitingError) return problemOf("case-not-waiting", error.message);
  if (error instanceof TooManyMessagesError) return problemOf("too-many-messages", error.message);
  if (error instanceof BlindAnswerNeededError) return problemOf("blind-answer-needed", error.message);
  if (error instanceof BlindAnswerGivenError) return problemOf("conflict", error.message);
  if (error instanceof EvidenceMissingError)
    return problemOf("evidence-missing", error.message, { errors: [...error.errors] });
  if (error instanceof CaseAlreadyDecidedError) {
    const { decidedBy, decidedAt, action } = error;
    return problemOf("already-decided", error.message, { decidedBy, decidedAt, action });
  }
  if (error instanceof ReviewAlreadyDecidedError) {
    const { decidedByName, decidedAt, decision } = error.decision;
    return problemOf("already-decided", error.message, {
      decidedBy: decidedByName,
      decidedAt,
      action: decision.action,
    });
  }
  if (error instanceof Error && (throttled.has(error.name) || isTransactionThrottled(error)))
    return problemOf("busy", "Too much at once. Try again in a moment.");
  return null;
}

/** AWS error names that mean "later". */
const throttled = new Set([
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "TooManyRequestsException",
  "SlowDown",
]);

export const internalProblem = (): Problem =>
  problemOf(
    "internal",
    "Something failed on our side. Nothing was changed, or your change was stored whole; read again before you retry.",
  );

function problemOf(type: ProblemType, detail: string, extra: Extra = {}): Problem {
  const { status, title } = problems[type];
  return { type: `${problemTypePrefix}${type}`, title, status, detail, ...extra };
}
