import { describe, expect, it } from "vitest";
import type { Client } from "../../../../page/src/api/client.ts";
import { RequestRefusedError } from "../../../../page/src/api/problem.ts";
import { createClaimKeeper, restMilliseconds } from "../../../../page/src/case/claim.ts";
import { aReview, noon } from "../sample.ts";

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A keeper with a clock the test turns and a server that grants claims unless told to refuse. */
function aKeeper() {
  let time = noon;
  let timers: { at: number; run: () => void }[] = [];
  const calls: string[] = [];
  const answered = new Set<string>();
  const state = { refuse: false };
  const call = async (route: string, request: { path?: Record<string, string | number> } = {}): Promise<never> => {
    calls.push(`${route} ${request.path?.reviewId}`);
    if (state.refuse) {
      throw new RequestRefusedError({
        type: "urn:signoff:problem:already-claimed",
        title: "",
        status: 409,
        detail: "",
        claimedBy: "Sam",
      });
    }
    const until = new Date(time + 900_000).toISOString();
    const review: unknown = { ...aReview(), claim: { by: "me", byName: "Me", until } };
    return review as never;
  };
  const client: Pick<Client, "call"> = { call };
  const keeper = createClaimKeeper({
    client,
    now: () => time,
    after: (milliseconds, run) => timers.push({ at: time + milliseconds, run }),
    newKey: () => crypto.randomUUID(),
    isAnswered: (reviewId) => answered.has(reviewId),
  });
  const pass = async (milliseconds: number) => {
    time += milliseconds;
    const due = timers.filter(({ at }) => at <= time);
    timers = timers.filter(({ at }) => at > time);
    for (const { run } of due) run();
    await settle();
  };
  return { keeper, calls, pass, answered, state };
}

describe("the claim keeper", () => {
  it("claims what stays open, and nothing that was only leafed over", async () => {
    const { keeper, calls, pass } = aKeeper();
    keeper.open("a");
    await pass(restMilliseconds / 2);
    keeper.open("b");
    await pass(restMilliseconds);
    expect(calls).toEqual(["claimReview b"]);
    expect(keeper.claim.get().kind).toBe("mine");
  });

  it("gives a review back on leaving, unless its answer is on the way", async () => {
    const { keeper, calls, pass, answered } = aKeeper();
    keeper.open("a");
    await pass(restMilliseconds);
    keeper.open("b");
    await pass(restMilliseconds);
    answered.add("b");
    keeper.leave();
    await settle();
    expect(calls).toEqual(["claimReview a", "releaseReview a", "claimReview b"]);
  });

  it("renews while somebody works, but not at every key", async () => {
    const { keeper, calls, pass } = aKeeper();
    keeper.open("a");
    await pass(restMilliseconds);
    keeper.active();
    await pass(4 * 60_000);
    keeper.active();
    expect(calls).toHaveLength(1);
    await pass(60_000);
    keeper.active();
    keeper.active();
    await settle();
    expect(calls).toHaveLength(2);
  });

  it("says who has it when the claim is refused, and asks again when told to", async () => {
    const { keeper, pass, state } = aKeeper();
    state.refuse = true;
    keeper.open("a");
    await pass(restMilliseconds);
    expect(keeper.claim.get()).toMatchObject({ kind: "refused", problem: { claimedBy: "Sam" } });
    state.refuse = false;
    keeper.retry();
    await settle();
    expect(keeper.claim.get().kind).toBe("mine");
  });
});
