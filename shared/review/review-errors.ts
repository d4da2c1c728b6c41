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

/** Happens when the case is decided, and what was asked for needs an undecided one. HTTP 409; carries who, when, what. */
export class CaseAlreadyDecidedError extends Error {
  override readonly name = "CaseAlreadyDecidedError";
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly action: string;

  constructor({ decidedBy, decidedAt, action }: { decidedBy: string; decidedAt: string; action: string }) {
    super(`This case was decided (${action}) by ${decidedBy} at ${decidedAt}.`);
    this.decidedBy = decidedBy;
    this.decidedAt = decidedAt;
    this.action = action;
  }
}

/** Happens when the case is not where this could be done. HTTP 409; the message says where it would have to be. */
export class CaseNotWaitingError extends Error {
  override readonly name = "CaseNotWaitingError";
}

/** Happens when sender and reviewers have written as much as is kept. HTTP 409; decide, or settle it outside. */
export class TooManyMessagesError extends Error {
  override readonly name = "TooManyMessagesError";

  constructor(maxMessages: number) {
    super(`This case has its ${maxMessages} messages. Decide it, or settle it with the sender outside of Signoff.`);
  }
}

/** Happens when a blind review is answered by what cannot be said blind. HTTP 422; state the values. */
export class BlindAnswerNeededError extends Error {
  override readonly name = "BlindAnswerNeededError";

  constructor(action: string) {
    super(
      `This review is shown without the software's answer, so "${action}" has nothing to refer to. Enter what you see, or reject.`,
    );
  }
}

/** Happens when a blind answer is stored and another comes that does not say it knows everything. HTTP 409; read the case again. */
export class BlindAnswerGivenError extends Error {
  override readonly name = "BlindAnswerGivenError";

  constructor() {
    super("Your blind answer is kept. Read the case again: now everything is shown, and you decide it knowing that.");
  }
}

/** Happens when a case is let through without what its reasons demand. HTTP 422; by JSON pointer `/evidence/<rule>`. */
export class EvidenceMissingError extends Error {
  override readonly name = "EvidenceMissingError";
  readonly errors: readonly { readonly pointer: string; readonly detail: string }[];

  constructor(errors: EvidenceMissingError["errors"]) {
    super(errors.map(({ detail }) => detail).join(" "));
    this.errors = errors;
  }
}
