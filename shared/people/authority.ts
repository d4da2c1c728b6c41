import type { ReviewRole, Role } from "../contracts/identifiers.ts";
import type { Membership, Person } from "../contracts/people.ts";

/** Happens when somebody asks for what their role does not allow. HTTP 403; the message says what would be needed. */
export class NotAllowedError extends Error {
  override readonly name = "NotAllowedError";
}

/** Happens when the amount is above what the person may decide. HTTP 403; escalate instead. */
export class AboveAuthorityError extends Error {
  override readonly name = "AboveAuthorityError";
}

const order: Readonly<Record<Role, number>> = { submitter: 0, reviewer: 1, expert: 2, owner: 3 };
const reaches = (role: Role, needed: Role): boolean => order[role] >= order[needed];

interface CaseAtHand {
  readonly workflow: string;
  readonly submitter: string | null;
}

interface ReviewAtHand extends CaseAtHand {
  readonly queue: string;
  readonly role: ReviewRole;
  /** Who has answered an earlier review of this case. */
  readonly earlierReviewers: readonly string[];
}

export const membershipIn = (person: Person | null, workflow: string): Membership | undefined =>
  person?.memberships.find((membership) => membership.workflow === workflow);

/** May this person see the case at all? Reviewers and above of its workflow, and whoever submitted it. */
export function maySeeCase(person: Person | null, { workflow, submitter }: CaseAtHand): boolean {
  const membership = membershipIn(person, workflow);
  if (!person || !membership) return false;
  return reaches(membership.role, "reviewer") || isSubmitter(person, submitter);
}

/**
 * The one rule about who may work on a review; every route that changes a review asks it. Default deny.
 * @throws {NotAllowedError} naming what is missing
 */
export function requireReviewer(
  person: Person | null,
  review: ReviewAtHand,
): { person: Person; membership: Membership } {
  const membership = membershipIn(person, review.workflow);
  if (!person || !membership)
    throw new NotAllowedError(`You have no role in ${review.workflow}. Ask its owner for one.`);
  if (!reaches(membership.role, review.role)) {
    throw new NotAllowedError(`This review needs the role ${review.role}; yours is ${membership.role}.`);
  }
  if (membership.queues !== "*" && !membership.queues.includes(review.queue)) {
    throw new NotAllowedError(`The queue ${review.queue} is not one of yours.`);
  }
  if (isSubmitter(person, review.submitter))
    throw new NotAllowedError("You submitted this case; somebody else reviews it.");
  if (review.earlierReviewers.includes(person.personId)) {
    throw new NotAllowedError("You have answered an earlier review of this case; somebody else answers this one.");
  }
  return { person, membership };
}

/**
 * May this membership let the amount through? A currency without a limit is refused; an amount that nobody could read is
 * refused to everybody, since nothing can be done with it.
 * @throws {AboveAuthorityError}
 */
export function requireAuthority(membership: Membership, amountMinor: number | null, currency: string | null): void {
  if (membership.unlimited) {
    if (amountMinor === null || currency === null) throw new AboveAuthorityError(amountUnknown);
    return;
  }
  const known = currency !== null && Object.hasOwn(membership.limits, currency);
  const limitMinor = known ? membership.limits[currency] : undefined;
  if (limitMinor === undefined) {
    throw new AboveAuthorityError(`You have no limit in ${currency ?? "an unknown currency"}. Escalate this case.`);
  }
  if (amountMinor === null) throw new AboveAuthorityError(amountUnknown);
  if (Math.abs(amountMinor) > limitMinor) {
    throw new AboveAuthorityError(
      `You may decide up to ${limitMinor} minor units of ${currency}; this is ${amountMinor}. Escalate this case.`,
    );
  }
}

const amountUnknown = "The amount or its currency is unknown. Enter it, or escalate this case.";

/** @throws {NotAllowedError} */
export function requireRole(person: Person | null, workflow: string, role: Role): Person {
  const membership = membershipIn(person, workflow);
  if (!person || !membership) throw new NotAllowedError(`You have no role in ${workflow}. Ask its owner for one.`);
  if (!reaches(membership.role, role))
    throw new NotAllowedError(`This needs the role ${role}; yours is ${membership.role}.`);
  return person;
}

/** A submitter is known by id, or by the name under which the drop's metadata names them. */
const isSubmitter = (person: Person, submitter: string | null): boolean =>
  submitter !== null && [person.personId, person.name].some((known) => spelled(known) === spelled(submitter));

/** Without what looks the same or cannot be seen: composed or not, full width, zero-width characters, case, outer spaces. */
const spelled = (name: string): string =>
  name
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .trim()
    .toLowerCase();
