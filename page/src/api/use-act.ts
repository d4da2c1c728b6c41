import { useMemo, useState } from "preact/hooks";
import type { Problem } from "../../../shared/contracts/problem.ts";
import type { Answer, Client, Request, UsedRoute } from "./client.ts";
import { createIntents } from "./intents.ts";
import { isWorthRetrying, RequestRefusedError, sentence } from "./problem.ts";

type Tried =
  | { readonly kind: "idle" }
  | { readonly kind: "busy" }
  | { readonly kind: "failed"; readonly because: string; readonly problem: Problem | null };

export interface Act {
  readonly isBusy: boolean;
  /** Why it did not happen, as a sentence; null when nothing went wrong. */
  readonly failure: string | null;
  /** What is wrong with single values, by JSON pointer. */
  readonly faults: NonNullable<Problem["errors"]>;
  /** Sends one request. @returns the answer, or null when it was refused or no answer came: then `failure` says so. */
  send<R extends UsedRoute>(route: R, request: Omit<Request<R>, "key">): Promise<{ readonly answer: Answer<R> } | null>;
  /** Says what is wrong before anything is sent. */
  fail(because: string): void;
}

/** A form that changes something: sends once, says what went wrong, and keeps the key where the fate of a request is not known. */
export function useAct(client: Client): Act {
  const intents = useMemo(() => createIntents(() => crypto.randomUUID()), []);
  const [tried, setTried] = useState<Tried>({ kind: "idle" });
  return {
    isBusy: tried.kind === "busy",
    failure: tried.kind === "failed" ? tried.because : null,
    faults: tried.kind === "failed" ? (tried.problem?.errors ?? []) : [],
    fail: (because) => setTried({ kind: "failed", because, problem: null }),
    async send(route, request) {
      const asked = JSON.stringify([route, request]);
      setTried({ kind: "busy" });
      try {
        const answer = await client.call(route, { ...request, key: intents.keyFor(asked) });
        intents.settled(asked);
        setTried({ kind: "idle" });
        return { answer };
      } catch (error) {
        if (!isWorthRetrying(error)) intents.settled(asked);
        const problem = error instanceof RequestRefusedError ? error.problem : null;
        setTried({ kind: "failed", because: sentence(error), problem });
        return null;
      }
    },
  };
}
