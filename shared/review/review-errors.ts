import type { Claim } from "../contracts/case.ts";
import type { DecisionRecord } from "../contracts/decision.ts";

/** Happens when a review is asked for that was never opened. HTTP 404. */
export class ReviewNotFoundError extends Error {
  override readonly name = "ReviewNotFoundError";

  constructor(reviewId: string) {
    super(`There is no review ${reviewId}, or it is not yours to see.`);
  }
}

/** Happens when a different answer was stored first. HTTP 409; carries who decided what, and when. */
export class ReviewAlreadyDecidedError extends Error {
  override readonly name = "ReviewAlreadyDecidedError";
  readonly decision: DecisionRecord;

  constructor(decision: DecisionRecord) {
    super(
      `This review was decided (${decision.decision.action}) by ${decision.decidedByName} at ${decision.decidedAt}.`,
    );
    this.decision = decision;
  }
}

/** Happens when somebody else holds the review. HTTP 409; carries who, and until when. */
export class ReviewAlreadyClaimedError extends Error {
  override readonly name = "ReviewAlreadyClaimedError";
  readonly claim: Claim;

  constructor(claim: Claim) {
    super(`${claim.byName} is working on this review until ${claim.until}.`);
    this.claim = claim;
  }
}

/** Happens when the review went on to the next role before the answer came. HTTP 409; open the case's latest review. */
export class ReviewExpiredError extends Error {
  override readonly name = "ReviewExpiredError";

  constructor(reviewId: string) {
    super(`Review ${reviewId} was not answered in time and went on to the next role.`);
  }
}

/** Happens when a correction holds what its field does not take. HTTP 422; one problem for each value, by JSON pointer. */
export class ValueInvalidError extends Error {
  override readonly name = "ValueInvalidError";
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];

  constructor(errors: ValueInvalidError["errors"]) {
    super(`${errors.length} ${errors.length === 1 ? "value is" : "values are"} not what the field takes.`);
    this.errors = errors;
  }
}
