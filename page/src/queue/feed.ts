import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Client } from "../api/client.ts";
import { sentence } from "../api/problem.ts";
import { createStore, type Store } from "../store.ts";

/** A listing as last read. `arrived`: reviews that were not there at the reading before; empty on the first. */
interface Listing {
  readonly reviews: readonly ReviewSummary[];
  readonly arrived: readonly ReviewSummary[];
  readonly more: boolean;
  readonly loaded: boolean;
  /** Why the last reading failed; what was read before stays. */
  readonly failure: string | null;
}

export interface Feed {
  readonly listing: Store<Listing>;
  /** Reads the listing again; a reading under way is shared. */
  refresh(): Promise<void>;
  /** Shows one more page of the listing. */
  showMore(): Promise<void>;
}

/** Reviews in sight of this person, by status. Reads as many pages as are shown, so that a poll never makes a long list shorter. */
export function createFeed(client: Pick<Client, "call">, status: "waiting" | "decided"): Feed {
  const listing = createStore<Listing>({ reviews: [], arrived: [], more: false, loaded: false, failure: null });
  let pages = 1;
  let reading: Promise<void> | null = null;

  async function read() {
    try {
      const reviews: ReviewSummary[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < pages; page++) {
        const answer: { reviews: ReviewSummary[]; cursor: string | null } = await client.call("listReviews", {
          query: { status, cursor },
        });
        reviews.push(...answer.reviews);
        cursor = answer.cursor;
        if (cursor === null) break;
      }
      listing.update((before) => ({
        reviews: unique(reviews),
        arrived: before.loaded ? arrivals(before.reviews, reviews) : [],
        more: cursor !== null,
        loaded: true,
        failure: null,
      }));
    } catch (error) {
      listing.update((before) => ({ ...before, arrived: [], failure: sentence(error) }));
    }
  }

  const refresh = () => {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };
  return {
    listing,
    refresh,
    async showMore() {
      await reading;
      pages += 1;
      await refresh();
    },
  };
}

function arrivals(before: readonly ReviewSummary[], now: readonly ReviewSummary[]): ReviewSummary[] {
  const known = new Set(before.map((review) => review.reviewId));
  return now.filter((review) => !known.has(review.reviewId));
}

/** A review can move between two pages while they are read. */
const unique = (reviews: readonly ReviewSummary[]) => [
  ...new Map(reviews.map((review) => [review.reviewId, review])).values(),
];
