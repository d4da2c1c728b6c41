import type { ReviewSummary } from "../../../shared/contracts/case.ts";
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
        <span class="reason">{byOther === null ? <Why review={review} /> : <ClaimedBy name={byOther} />}</span>
        <span>{showMoney(headline.amountMinor, headline.currency)}</span>
      </a>
    </li>
  );
}

function Why({ review }: { review: ReviewSummary }) {
  const [first, ...others] = review.reasons;
  if (first === undefined) return <Text>{review.headline.subtitle}</Text>;
  return (
    <>
      <Text>{first.message}</Text>
      {others.length > 0 && <i>{`\u00a0· +${others.length}`}</i>}
    </>
  );
}

const ClaimedBy = ({ name }: { name: string }) => (
  <>
    {"Claimed by\u00a0"}
    <Text>{name}</Text>
  </>
);
