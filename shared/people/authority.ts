import { type DecisionAction, decisionAction } from "../contracts/decision.ts";
import type { ReviewRole, Role } from "../contracts/identifiers.ts";
import type { Membership, Person } from "../contracts/people.ts";
import type { Policy } from "../contracts/policy.ts";
import { sayAmount } from "../values/amount.ts";
import { roleReaches } from "./role-order.ts";
import { membershipIn, type Standing, standingsIn } from "./standing.ts";

export { membershipIn, type Standing } from "./standing.ts";

/** Happens when somebody asks for what their role does not allow. HTTP 403; the message says what would be needed. */
export class NotAllowedError extends Error {
  override readonly name = "NotAllowedError";
}

/** Happens when the amount is above what the person may decide. HTTP 403; escalate instead. */
export class AboveAuthorityError extends Error {
  override readonly name = "AboveAuthorityError";
}

interface CaseAtHand {
  readonly workflow: string;
  readonly submitter: string | null;
}

export interface ReviewAtHand extends CaseAtHand {
  readonly queue: string;
  readonly role: ReviewRole;
  /** Who has given a verdict in an earlier review of this case; who only asked or answered a question has not. */
  readonly earlierReviewers: readonly string[];
}

/** What somebody is about to do. The amount is the one that would be let through, in minor units of `currency`. */
export interface Act {
  readonly action: DecisionAction;
  readonly amountMinor: number | null;
  readonly currency: string | null;
  /** Edge cases of the policy that the case was paused for, by id. */
  readonly edgeCases: readonly string[];
}

/** May this person see the case at all? Reviewers and above of its workflow, and whoever submitted it. */
export function maySeeCase(person: Person | null, { workflow, submitter }: CaseAtHand): boolean {
  const membership = membershipIn(person, workflow);
  if (!person || !membership) return false;
  return roleReaches(membership.role, "reviewer") || isSubmitter(person, submitter);
}

/**
 * The one rule about who may work on a review; every route that changes a review asks it. Default deny. Three things are never
 * allowed, whatever the role: to review what one submitted, to review a case twice, and (`requireAuthority`) to go above one's
 * authority. They hold for whoever acts and for the colleague in whose place they act.
 * @returns all that the person may act by here, their own membership first; never empty.
 * @throws {NotAllowedError} naming what is missing
 */
export function requireReviewer(
  person: Person | null,
  review: ReviewAtHand,
  now: Date,
): { readonly person: Person; readonly standings: readonly Standing[] } {
  const held = standingsIn(person, review.workflow, now);
  const [own] = held;
  if (!person || !own) throw new NotAllowedError(`You have no role in ${review.workflow}. Ask its owner for one.`);
  if (isSubmitter(person, review.submitter))
    throw new NotAllowedError("You submitted this case; somebody else reviews it.");
  if (review.earlierReviewers.includes(person.personId)) {
    throw new NotAllowedError("You have answered an earlier review of this case; somebody else answers this one.");
  }
  const standings = held.filter(({ membership, onBehalfOf }) => {
    const isTheirs =
      onBehalfOf &&
      (isSubmitter(onBehalfOf, review.submitter) || review.earlierReviewers.includes(onBehalfOf.personId));
    return !isTheirs && missingFor(membership, review) === null;
  });
  if (standings.length === 0)
    throw new NotAllowedError(missingFor(own.membership, review) ?? "This review is not yours.");
  return { person, standings };
}

function missingFor({ role, queues }: Membership, review: ReviewAtHand): string | null {
  if (!roleReaches(role, review.role)) return `This review needs the role ${review.role}; yours is ${role}.`;
  if (queues !== "*" && !queues.includes(review.queue)) return `The queue ${review.queue} is not one of yours.`;
  return null;
}

/**
 * May this be done by one of these standings? The narrower counts of what the person may and what the policy lets their role.
 * An amount counts only for what lets a case through. @returns the first standing that is enough: whose authority is used.
 * @throws {NotAllowedError} for an action or edge case that the role may not decide, {AboveAuthorityError} for the amount
 */
export function requireAuthority(
  standings: readonly Standing[],
  act: Act,
  { authority }: Pick<Policy, "authority">,
): Standing {
  const refusals = standings.map(({ membership }) => refusalOf(membership, act, authority));
  const enough = standings[refusals.indexOf(null)];
  if (enough) return enough;
  throw refusals[0] ?? new NotAllowedError("You have no role here. Ask the workflow's owner for one.");
}

function refusalOf(membership: Membership, act: Act, authority: Policy["authority"]): Error | null {
  const { role } = membership;
  if (role === "submitter") return new NotAllowedError("You may follow this case, not decide it.");
  const { actions, maxAmounts, edgeCases } = authority[role];
  if (!actions.includes(act.action)) {
    return new NotAllowedError(
      `The policy does not let the role ${role} ${act.action}; it may ${actions.join(", ") || "do nothing"}.`,
    );
  }
  const isVerdict = act.action === "approve" || act.action === "correct" || act.action === "reject";
  const beyond = edgeCases === "*" ? undefined : act.edgeCases.find((id) => !edgeCases.includes(id));
  if (isVerdict && beyond !== undefined)
    return new NotAllowedError(
      `The policy does not let the role ${role} decide the edge case ${beyond}. Escalate this case.`,
    );
  if (!isVerdict || act.action === "reject") return null;
  const personal = membership.unlimited ? null : membership.limits;
  return aboveLimits(act, personal, "You") ?? aboveLimits(act, maxAmounts, `By the policy the role ${role}`);
}

/**
 * A currency without a limit is refused; an amount that nobody could read is refused to everybody, since nothing can be done
 * with it. `limits` null: none.
 */
function aboveLimits(
  { amountMinor, currency }: Act,
  limits: Readonly<Record<string, number>> | null,
  who: string,
): AboveAuthorityError | null {
  if (limits !== null && (currency === null || !Object.hasOwn(limits, currency)))
    return new AboveAuthorityError(
      `${who} may let nothing through in ${currency ?? "an unknown currency"}. Escalate this case.`,
    );
  if (amountMinor === null || currency === null)
    return new AboveAuthorityError("The amount or its currency is unknown. Enter it, or escalate this case.");
  const limitMinor = limits?.[currency];
  if (limitMinor === undefined || Math.abs(amountMinor) <= limitMinor) return null;
  return new AboveAuthorityError(
    `${who} may decide up to ${sayAmount(limitMinor, currency)}; this is ${sayAmount(amountMinor, currency)}. Escalate this case.`,
  );
}

/**
 * What the page offers: actions this person may take on the review. Correcting is offered whatever the amount, since it may
 * change the amount; the answer itself is judged by what it would let through.
 */
export function allowedActions(
  person: Person | null,
  review: ReviewAtHand,
  now: Date,
  act: Omit<Act, "action">,
  policy: Pick<Policy, "authority">,
): DecisionAction[] {
  try {
    const { standings } = requireReviewer(person, review, now);
    return decisionAction.options.filter((action) =>
      standings.some(({ membership }) => {
        const refusal = refusalOf(membership, { ...act, action }, policy.authority);
        return refusal === null || (action === "correct" && refusal instanceof AboveAuthorityError);
      }),
    );
  } catch (error) {
    if (error instanceof NotAllowedError) return [];
    throw error;
  }
}

/**
 * For what is not a review: lists, policy, people, assignments.
 *
 * @param now - counts colleagues in whose place the person acts, too. Left out, only their own role does: nobody hands on what
 *   an owner answers for.
 * @throws {NotAllowedError}
 */
export function requireRole(person: Person | null, workflow: string, role: Role, now?: Date): Person {
  const own = membershipIn(person, workflow);
  if (!person || !own) throw new NotAllowedError(`You have no role in ${workflow}. Ask its owner for one.`);
  const roles = now ? standingsIn(person, workflow, now).map(({ membership }) => membership.role) : [own.role];
  if (!roles.some((held) => roleReaches(held, role)))
    throw new NotAllowedError(`This needs the role ${role}; yours is ${own.role}.`);
  return person;
}

/** A submitter is known by id, or by the name under which the drop's metadata names them. */
export const isSubmitter = (person: Pick<Person, "personId" | "name">, submitter: string | null): boolean =>
  submitter !== null && [person.personId, person.name].some((known) => spelled(known) === spelled(submitter));

/** Without what looks the same or cannot be seen: composed or not, full width, zero-width characters, case, outer spaces. */
const spelled = (name: string): string =>
  name
    .normalize("NFKC")
    .replaceAll(/\p{Cf}/gu, "")
    .trim()
    .toLowerCase();
