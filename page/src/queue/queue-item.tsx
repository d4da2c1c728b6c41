import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { ReviewCause } from "../../../shared/contracts/decision.ts";
import { isBlind } from "../case/masking.ts";
import { showMoney } from "../view/money.ts";
import { Text } from "../view/text.tsx";
import { dueIn, dueInWords } from "./due.ts";

interface Props {
  readonly review: ReviewSummary;
  readonly now: number;
  readonly me: string;
  readonly isOpen: boolean;
  /** One item is reached by Tab; arrows and J, K go on from there. */
  readonly isReachable: boolean;
  readonly isFresh: boolean;
}

/** One waiting case: who, by when, why, how much; or who works on it. */
export function QueueItem({ review, now, me, isOpen, isReachable, isFresh }: Props) {
  const { headline, claim } = review;
  const due = dueIn(review.dueAt, now);
  const byOther = claim !== null && claim.by !== me && Date.parse(claim.until) > now ? claim.byName : null;
  return (
    <li>
      <a
        class="item"
        href={`#/queue/${review.reviewId}`}
        data-review={review.reviewId}
        aria-current={isOpen ? "true" : undefined}
        tabIndex={isReachable ? 0 : -1}
      >
        <strong>
          {isFresh && <b class="fresh">new</b>} <Text>{headline.title}</Text>
        </strong>
        <span class={due.startsWith("−") ? "late" : undefined} title={dueInWords(review.dueAt, now)}>
          {due}
        </span>
        <span class="reason">
          {byOther === null ? <Why review={review} /> : <ClaimedBy name={byOther} by={claim?.assignedBy ?? null} />}
        </span>
        <span>{showMoney(headline.amountMinor, headline.currency)}</span>
      </a>
    </li>
  );
}

function Why({ review }: { review: ReviewSummary }) {
  const [first, ...others] = review.reasons;
  if (isBlind(review)) return <>Blind: state what you see</>;
  const cause = causes[review.cause] ?? (review.question ? causes.escalation : undefined);
  if (cause !== undefined) return <>{cause}</>;
  if (first === undefined) return <Text>{review.headline.subtitle}</Text>;
  return (
    <>
      <Text>{first.message}</Text>
      {others.length > 0 && <i>{`\u00a0· +${others.length}`}</i>}
    </>
  );
}

/** Where how it came here says more than the rule that fired first. */
const causes: Partial<Record<ReviewCause, string>> = {
  "second-look": "Second pair of eyes",
  adjudication: "Two answers disagree",
  escalation: "A question for you",
  "hand-back": "Your question is answered",
  sender: "Back from the sender",
  audit: "Audit of an outcome",
  reopen: "Reopened",
};

const ClaimedBy = ({ name, by }: { name: string; by: string | null }) => (
  <>
    {by === null ? "Claimed by\u00a0" : "Given to\u00a0"}
    <Text>{name}</Text>
  </>
);
