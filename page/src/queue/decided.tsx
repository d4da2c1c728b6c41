import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import { done } from "../decision/answer.ts";
import { useStore } from "../store.ts";
import { showTime } from "../view/clock.ts";
import { showMoney } from "../view/money.ts";
import { Text } from "../view/text.tsx";
import { useNow } from "../view/use-now.ts";
import type { Workspace } from "../workspace.ts";
import { Outline } from "./queue.tsx";

/** What was decided in this person's queues, newest first; to read, not to change. */
export function Decided({ workspace }: { workspace: Workspace }) {
  const listing = useStore(workspace.decided.listing);
  const place = useStore(workspace.place);
  const now = useNow(60_000);
  const open = place.view === "decided" ? place.reviewId : null;
  const reachable = listing.reviews.some((review) => review.reviewId === open) ? open : listing.reviews[0]?.reviewId;
  return (
    <aside class="queue" aria-label="Decided" aria-busy={!listing.loaded}>
      {!listing.loaded && listing.failure === null && <Outline />}
      {listing.loaded && listing.reviews.length === 0 && <p class="hint">Nothing has been decided yet.</p>}
      {listing.reviews.length > 0 && <h2>Newest first</h2>}
      <ul>
        {listing.reviews.map((review) => (
          <li key={review.reviewId}>
            <a
              class="item"
              href={`#/decided/${review.reviewId}`}
              data-review={review.reviewId}
              aria-current={review.reviewId === open ? "true" : undefined}
              tabIndex={review.reviewId === reachable ? 0 : -1}
            >
              <strong>
                <Text>{review.headline.title}</Text>
              </strong>
              <span>{showTime(review.decision?.decidedAt ?? review.openedAt, now)}</span>
              <span>
                <By review={review} />
              </span>
              <span>{showMoney(review.headline.amountMinor, review.headline.currency)}</span>
            </a>
          </li>
        ))}
      </ul>
      {listing.more && (
        <button type="button" class="more" onClick={() => void workspace.decided.showMore()}>
          Show more
        </button>
      )}
    </aside>
  );
}

function By({ review }: { review: ReviewSummary }) {
  if (review.decision === null) return <>Went on</>;
  return (
    <>
      {done[review.decision.decision.action]} by <Text>{review.decision.decidedByName}</Text>
    </>
  );
}
