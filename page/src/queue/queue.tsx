import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import { Covering } from "../me/covering.tsx";
import { useStore } from "../store.ts";
import { useNow } from "../view/use-now.ts";
import type { Workspace } from "../workspace.ts";
import { groupByDue } from "./due.ts";
import { waitingOrder } from "./order.ts";
import { QueueItem } from "./queue-item.tsx";

/** What waits for this person, due first; it fills by itself and never moves the focus. */
export function Queue({ workspace }: { workspace: Workspace }) {
  const listing = useStore(workspace.waiting.listing);
  const place = useStore(workspace.place);
  const fresh = useStore(workspace.fresh);
  useStore(workspace.outbox.entries);
  const now = useNow(15_000);
  const open = place.view === "queue" ? place.reviewId : null;
  const order = waitingOrder(workspace);
  const reachable = order.some((review) => review.reviewId === open) ? open : order[0]?.reviewId;

  return (
    <aside class="queue" aria-label="Queue" aria-busy={!listing.loaded}>
      <Covering me={workspace.me} now={now} />
      {!listing.loaded && listing.failure === null && <Outline />}
      {listing.loaded && order.length === 0 && <p class="hint">Nothing waits for you.</p>}
      {groupByDue(order, now).map(({ name, reviews }) => (
        <section key={name} aria-label={name}>
          <h2>{name}</h2>
          <ul>
            {reviews.map((review: ReviewSummary) => (
              <QueueItem
                key={review.reviewId}
                review={review}
                now={now}
                me={workspace.me.personId}
                isOpen={review.reviewId === open}
                isReachable={review.reviewId === reachable}
                isFresh={fresh.has(review.reviewId)}
              />
            ))}
          </ul>
        </section>
      ))}
      {listing.more && (
        <button type="button" class="more" onClick={() => void workspace.waiting.showMore()}>
          Show more
        </button>
      )}
    </aside>
  );
}

/** Where items will be, so that nothing jumps when they come. */
export const Outline = () => (
  <div class="outline" aria-hidden="true">
    {Array.from({ length: 6 }, (_, at) => (
      <i key={at} />
    ))}
  </div>
);
