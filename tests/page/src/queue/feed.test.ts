import { describe, expect, it } from "vitest";
import type { Client } from "../../../../page/src/api/client.ts";
import { ServerUnreachableError } from "../../../../page/src/api/problem.ts";
import { createFeed } from "../../../../page/src/queue/feed.ts";
import { aReview } from "../sample.ts";

const reviews = (...ids: string[]) => ids.map((reviewId) => ({ ...aReview(), reviewId }));

/** A client that lists pages of reviews; other calls are not expected. */
function aLister(pages: () => readonly ReturnType<typeof reviews>[]): Pick<Client, "call"> {
  const call = async (_: string, request: { query?: Record<string, string | null> } = {}): Promise<never> => {
    const at = Number(request.query?.cursor ?? 0);
    const answer: unknown = { reviews: pages()[at] ?? [], cursor: at + 1 < pages().length ? String(at + 1) : null };
    return answer as never;
  };
  return { call };
}

describe("a feed", () => {
  it("counts as arrived only what was not there at the reading before", async () => {
    let pages = [reviews("a")];
    const feed = createFeed(
      aLister(() => pages),
      "waiting",
    );
    await feed.refresh();
    expect(feed.listing.get().arrived).toEqual([]);
    pages = [reviews("a", "b")];
    await feed.refresh();
    expect(feed.listing.get().arrived.map(({ reviewId }) => reviewId)).toEqual(["b"]);
  });

  it("reads on as many pages as are shown, and lists a review once", async () => {
    const feed = createFeed(
      aLister(() => [reviews("a", "b"), reviews("b", "c")]),
      "waiting",
    );
    await feed.refresh();
    expect(feed.listing.get()).toMatchObject({ more: true });
    await feed.showMore();
    await feed.refresh();
    expect(feed.listing.get().reviews.map(({ reviewId }) => reviewId)).toEqual(["a", "b", "c"]);
    expect(feed.listing.get().more).toBe(false);
  });

  it("keeps what it has when a reading fails, and says why", async () => {
    let isAway = false;
    const feed = createFeed(
      aLister(() => {
        if (isAway) throw new ServerUnreachableError("No connection to the server.");
        return [reviews("a")];
      }),
      "waiting",
    );
    await feed.refresh();
    isAway = true;
    await feed.refresh();
    expect(feed.listing.get()).toMatchObject({ failure: "No connection to the server.", reviews: [{ reviewId: "a" }] });
  });
});
