import type { CaseRecord, ReviewRecord } from "../case/case-record.ts";
import type { Decision, DecisionRecord, NextStep } from "../contracts/decision.ts";
import type { Routing } from "../contracts/disposition.ts";
import type { ReviewRole } from "../contracts/identifiers.ts";
import type { Policy } from "../contracts/policy.ts";
import { roleReaches } from "../people/role-order.ts";

/** How long a question to the next role stays with the last role, at least, in seconds: a year of such rounds is far from 25,000 events. */
export const lastRungSeconds = 24 * 60 * 60;

interface Answered {
  readonly record: CaseRecord;
  readonly review: ReviewRecord;
  /** All reviews of the case, the answered one as it was before. */
  readonly reviews: readonly ReviewRecord[];
  readonly decision: Decision;
  readonly policy: Pick<Policy, "fourEyes" | "senderSeconds" | "routing">;
  /** What the answer would let through, in minor units. */
  readonly amountMinor: number | null;
  readonly currency: string | null;
  /** Do two answers come to the same? */
  readonly agree: (one: Decision, other: Decision) => boolean;
}

/** What an answer leads to: null settles the case, anything else asks again. Pure; the whole of who is asked next. */
export function nextStepAfter(answered: Answered): NextStep | null {
  const { review, decision, policy } = answered;
  switch (decision.action) {
    case "escalate":
      return { cause: "escalation", ...climb(review.routing, review.rung) };
    case "ask":
      return askSender(review, policy.senderSeconds);
    case "answer":
      return handBack(answered);
    default:
      return afterVerdict(answered);
  }
}

/** One role up; on the last one the same again, and then no sooner than a day later. */
export function climb(routing: Routing, rung: number): Pick<NextStep, "routing" | "rung"> {
  if (rung + 1 < routing.ladder.length) return { routing, rung: rung + 1 };
  const ladder = routing.ladder.map((step, index) =>
    index === rung ? { ...step, dueSeconds: Math.max(step.dueSeconds, lastRungSeconds) } : step,
  );
  return { routing: { ...routing, ladder }, rung: routing.ladder.length - 1 };
}

/** First rung: the sender's time. When it is over, or the sender has answered, whoever asked goes on. */
function askSender({ routing, rung, role }: ReviewRecord, senderSeconds: number): NextStep {
  const onward = routing.ladder.slice(rung);
  return {
    cause: "question",
    routing: { ...routing, ladder: [{ role, dueSeconds: senderSeconds }, ...onward] },
    rung: 0,
  };
}

/** Back to whoever escalated last. Without an escalation there is nothing to answer; the action is refused before. */
function handBack({ record, review, reviews }: Answered): NextStep {
  const asked = askedBy(record, reviews) ?? review;
  return { cause: "hand-back", routing: asked.routing, rung: asked.rung };
}

/** The review whose escalation is still unanswered: the latest one escalated since the case was last put before people. */
export const askedBy = (
  { firstRound }: Pick<CaseRecord, "firstRound">,
  reviews: readonly ReviewRecord[],
): ReviewRecord | undefined =>
  reviews.findLast(({ round, decision }) => round >= firstRound && decision?.decision.action === "escalate");

function afterVerdict(answered: Answered): NextStep | null {
  const { record, review, reviews, decision, policy, agree } = answered;
  const first = firstAnswer(record, reviews);
  const adjudicates = reviews.some(({ cause, round }) => cause === "adjudication" && round >= record.firstRound);
  if (adjudicates) return null;
  if (first) {
    return agree(first.decision, decision)
      ? null
      : { cause: "adjudication", routing: adjudicationRouting(review, policy.routing), rung: 0 };
  }
  if (!needsFourEyes(answered)) return null;
  return { cause: "second-look", routing: review.routing, rung: review.rung };
}

/** The verdict that waits for a second pair of eyes; null where none does. */
export function firstAnswer(
  { firstRound }: Pick<CaseRecord, "firstRound">,
  reviews: readonly ReviewRecord[],
): DecisionRecord | null {
  return (
    reviews.find(({ round, decision }) => round >= firstRound && decision && isVerdict(decision.decision))?.decision ??
    null
  );
}

/** An answer that says what is to happen with the case; the others only say who is asked next. */
export const isVerdict = ({ action }: Decision): boolean =>
  action === "approve" || action === "correct" || action === "reject";

function needsFourEyes({ record, decision, policy: { fourEyes }, amountMinor, currency }: Answered): boolean {
  if (record.disposition?.fourEyes) return true;
  // A rejection lets nothing through: it needs a second look only where the policy asks for one whatever the answer.
  if (decision.action === "reject") return false;
  if (decision.action === "correct" && fourEyes.correctedFields.some((field) => field in decision.fields)) return true;
  const limitMinor =
    currency !== null && Object.hasOwn(fourEyes.amountAbove, currency) ? fourEyes.amountAbove[currency] : undefined;
  return limitMinor !== undefined && amountMinor !== null && Math.abs(amountMinor) > limitMinor;
}

/** An expert or above, who has not answered; soon, since two people have worked on it already. */
function adjudicationRouting(review: ReviewRecord, base: Routing): Routing {
  const above = base.ladder.filter(({ role }) => roleReaches(role, adjudicator));
  return {
    queue: review.queue,
    priority: Math.min(9, review.routing.priority + 2),
    ladder: above.length > 0 ? above : [{ role: adjudicator, dueSeconds: lastRungSeconds }],
  };
}

const adjudicator: ReviewRole = "expert";
