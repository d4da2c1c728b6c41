import type { ReviewSummary } from "../../../shared/contracts/case.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";
import type { Client } from "../api/client.ts";
import { isRefusal, RequestRefusedError, sentence } from "../api/problem.ts";
import { createStore, type Store } from "../store.ts";

/** Whose the open review is. Only `mine` may be decided; all others can be read. */
export type Claim =
  | { readonly kind: "none" }
  | { readonly kind: "asking" }
  | { readonly kind: "mine"; readonly until: string }
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "unreachable"; readonly because: string };

export interface ClaimKeeper {
  readonly claim: Store<Claim>;
  /** Claims a waiting review after a short rest, so that leafing through a queue claims nothing on its way. */
  open(reviewId: string): void;
  /** Somebody works: renews the claim when a third of it has gone. */
  active(): void;
  /** Gives the review back, unless its answer is on the way. `last`: the page is going away. */
  leave(last?: boolean): void;
  retry(): void;
  /** The review is given to somebody else: it is not given back, and no longer renewed. */
  forget(): void;
}

/** How long a case has to stay open before it is claimed, in milliseconds. */
export const restMilliseconds = 350;
/** Age at which activity renews a claim of 15 minutes, in milliseconds. */
const renewAfterMilliseconds = 5 * 60_000;

interface ClaimPorts {
  readonly client: Pick<Client, "call">;
  now(): number;
  after(milliseconds: number, run: () => void): void;
  newKey(): string;
  /** Whether the review's answer is on its way: then it is not given back. */
  isAnswered(reviewId: string): boolean;
}

export function createClaimKeeper({ client, now, after, newKey, isAnswered }: ClaimPorts): ClaimKeeper {
  const claim = createStore<Claim>({ kind: "none" });
  let current: string | null = null;
  let claimedAt = 0;
  let asking: Promise<void> | null = null;

  async function ask(reviewId: string) {
    const isStill = () => current === reviewId;
    try {
      const review: ReviewSummary = await client.call("claimReview", { path: { reviewId }, key: newKey() });
      if (!isStill()) return release(reviewId, false); // left while the claim was on its way
      claimedAt = now();
      claim.set(review.claim === null ? { kind: "none" } : { kind: "mine", until: review.claim.until });
    } catch (error) {
      if (!isStill()) return;
      if (error instanceof RequestRefusedError && error.problem.status < 500)
        claim.set({ kind: "refused", problem: error.problem });
      else claim.set({ kind: "unreachable", because: sentence(error) });
    }
  }
  const askOnce = (reviewId: string) => {
    asking ??= ask(reviewId).finally(() => {
      asking = null;
      // Another case was opened meanwhile; its own request had to wait for this one.
      if (current !== null && current !== reviewId && claim.get().kind === "asking") void askOnce(current);
    });
    return asking;
  };

  async function release(reviewId: string, last: boolean) {
    if (isAnswered(reviewId)) return;
    try {
      await client.call("releaseReview", { path: { reviewId }, key: newKey(), keepalive: last });
    } catch (error) {
      // A claim ends by itself after 15 minutes; that somebody else decided it meanwhile shows in the queue.
      if (!isRefusal(error, "not-found", "already-claimed", "already-decided")) console.warn(sentence(error));
    }
  }

  const leave = (last = false) => {
    const left = current;
    current = null;
    const was = claim.get().kind;
    claim.set({ kind: "none" });
    if (left !== null && was === "mine") void release(left, last);
  };

  return {
    claim,
    leave,
    open(reviewId) {
      if (current === reviewId) return;
      leave();
      current = reviewId;
      claim.set({ kind: "asking" });
      after(restMilliseconds, () => {
        if (current === reviewId) void askOnce(reviewId);
      });
    },
    active() {
      const state = claim.get();
      if (current === null || state.kind !== "mine" || asking !== null) return;
      if (now() - claimedAt >= renewAfterMilliseconds || Date.parse(state.until) <= now()) void askOnce(current);
    },
    forget: () => claim.set({ kind: "none" }),
    retry() {
      if (current === null) return;
      claim.set({ kind: "asking" });
      void askOnce(current);
    },
  };
}
