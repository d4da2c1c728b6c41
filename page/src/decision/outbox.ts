import type { Decision } from "../../../shared/contracts/decision.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";
import type { Answer } from "../api/client.ts";
import { isWorthRetrying, problemOf, RequestRefusedError, sentence } from "../api/problem.ts";
import { createStore, type Store } from "../store.ts";

/** An answer on its way. `key` is the Idempotency-Key of this intent: the same for every try, so that it is recorded once. */
export interface Intent {
  readonly reviewId: string;
  readonly title: string;
  readonly decision: Decision;
  /** How many values it changes, for the notice. */
  readonly changes: number;
  readonly key: string;
  /** Given without seeing the software's answer. It goes out at once: what is shown after it cannot be unseen. */
  readonly blind?: boolean;
}

type Recorded = Answer<"decideReview">;

/**
 * held: may still be taken back, until `until` (milliseconds since 1970). sending. delayed: no answer came; it is tried again at `retryAt`.
 * refused: the server said no, and why. recorded: done.
 */
type Phase =
  | { readonly kind: "held"; readonly until: number }
  | { readonly kind: "sending" }
  | { readonly kind: "delayed"; readonly retryAt: number; readonly because: string }
  | { readonly kind: "refused"; readonly problem: Problem }
  | ({ readonly kind: "recorded" } & Recorded);

export interface Entry extends Intent {
  readonly phase: Phase;
}

interface OutboxPorts {
  /** Sends the decision. `last`: the page is going away, so the request has to outlive it. */
  send(intent: Intent, last: boolean): Promise<Recorded>;
  now(): number;
  after(milliseconds: number, run: () => void): void;
  /** Told when an entry is recorded or refused. */
  settled(entry: Entry): void;
}

export interface Outbox {
  readonly entries: Store<readonly Entry[]>;
  /** Holds an answer for a short while; one that is held already goes out at once. */
  hold(intent: Intent): void;
  /** Sends an answer at once; it cannot be taken back. */
  post(intent: Intent): void;
  /** Takes the held answer back. @returns it, or null when there is none to take back any more. */
  undo(): Intent | null;
  /** Sends what is held or delayed now. */
  flush(last?: boolean): void;
  dismiss(reviewId: string): void;
  /** What is not known to have arrived: to be kept when the page goes away. */
  unsent(): readonly Intent[];
  /** Sends again what an earlier page could not. */
  resume(intents: readonly Intent[]): void;
}

/** How long an answer can be taken back, in milliseconds. */
export const holdMilliseconds = 5_000;
const firstRetryMilliseconds = 2_000;
const longestRetryMilliseconds = 30_000;

export function createOutbox({ send, now, after, settled }: OutboxPorts): Outbox {
  const entries = createStore<readonly Entry[]>([]);
  const tries = new Map<string, number>();
  const find = (key: string) => entries.get().find((entry) => entry.key === key);
  const put = (entry: Entry) =>
    entries.update((all) => [...all.filter((other) => other.reviewId !== entry.reviewId), entry]);
  const drop = (reviewId: string) => entries.update((all) => all.filter((entry) => entry.reviewId !== reviewId));

  const settle = (entry: Entry) => {
    tries.delete(entry.key);
    put(entry);
    settled(entry);
  };

  async function deliver(intent: Intent, last: boolean) {
    put({ ...intent, phase: { kind: "sending" } });
    try {
      settle({ ...intent, phase: { kind: "recorded", ...(await send(intent, last)) } });
    } catch (error) {
      if (error instanceof RequestRefusedError && !isWorthRetrying(error)) {
        settle({ ...intent, phase: { kind: "refused", problem: error.problem } });
      } else if (error instanceof Error) delay(intent, error);
      else settle({ ...intent, phase: { kind: "refused", problem: problemOf(0, error) } });
    }
  }

  function delay(intent: Intent, error: Error) {
    const tried = tries.get(intent.key) ?? 0;
    tries.set(intent.key, tried + 1);
    const wait = Math.min(firstRetryMilliseconds * 2 ** tried, longestRetryMilliseconds);
    const retryAt = now() + wait;
    put({ ...intent, phase: { kind: "delayed", retryAt, because: sentence(error) } });
    after(wait, () => {
      const entry = find(intent.key);
      if (entry?.phase.kind === "delayed" && entry.phase.retryAt === retryAt) void deliver(entry, false);
    });
  }

  const flush = (last = false) => {
    for (const entry of entries.get()) {
      if (entry.phase.kind === "held" || entry.phase.kind === "delayed") void deliver(entry, last);
    }
  };

  return {
    entries,
    flush,
    hold(intent) {
      for (const entry of entries.get()) if (entry.phase.kind === "held") void deliver(entry, false);
      const until = now() + holdMilliseconds;
      put({ ...intent, phase: { kind: "held", until } });
      after(holdMilliseconds, () => {
        const entry = find(intent.key);
        if (entry?.phase.kind === "held") void deliver(entry, false);
      });
    },
    post: (intent) => void deliver(intent, false),
    undo() {
      const held = entries.get().find((entry) => entry.phase.kind === "held");
      if (held === undefined) return null;
      drop(held.reviewId);
      return held;
    },
    dismiss: drop,
    unsent: () =>
      entries
        .get()
        .filter(({ phase }) => phase.kind !== "recorded" && phase.kind !== "refused")
        .map(({ phase: _, ...intent }) => intent),
    resume(intents) {
      for (const intent of intents) void deliver(intent, false);
    },
  };
}
