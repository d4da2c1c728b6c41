import { describe, expect, it } from "vitest";
import { RequestRefusedError, ServerUnreachableError } from "../../../../page/src/api/problem.ts";
import { createOutbox, holdMilliseconds, type Intent } from "../../../../page/src/decision/outbox.ts";
import type { DecisionRecord } from "../../../../shared/contracts/decision.ts";

/** An outbox with a clock that the test turns, and a server that answers what the test says. */
function anOutbox() {
  let time = 0;
  let timers: { at: number; run: () => void }[] = [];
  const sent: { intent: Intent; last: boolean }[] = [];
  const server = { answer: async (): Promise<typeof recorded> => recorded };
  const settled: string[] = [];
  const outbox = createOutbox({
    now: () => time,
    after: (milliseconds, run) => timers.push({ at: time + milliseconds, run }),
    send: (intent, last) => {
      sent.push({ intent, last });
      return server.answer();
    },
    settled: ({ phase }) => settled.push(phase.kind),
  });
  const pass = async (milliseconds: number) => {
    time += milliseconds;
    const due = timers.filter(({ at }) => at <= time);
    timers = timers.filter(({ at }) => at > time);
    for (const { run } of due) run();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { outbox, pass, sent, server, settled };
}

const record: DecisionRecord = {
  reviewId: "a",
  decision: { action: "approve" },
  decidedBy: "person-1",
  decidedByName: "Robin Vale",
  role: "reviewer",
  decidedAt: "2026-11-24T12:00:00Z",
  onBehalfOf: null,
};
const recorded = { decision: record, unmasked: false };
const intent = (reviewId: string): Intent => ({
  reviewId,
  title: reviewId,
  decision: { action: "approve" },
  changes: 0,
  key: `key-${reviewId}`,
});

describe("the outbox", () => {
  it("holds an answer for five seconds, then sends it once", async () => {
    const { outbox, pass, sent } = anOutbox();
    outbox.hold(intent("a"));
    await pass(holdMilliseconds - 1);
    expect(sent).toEqual([]);
    await pass(1);
    await pass(60_000);
    expect(sent.map(({ intent: { key } }) => key)).toEqual(["key-a"]);
  });

  it("never sends an answer that was taken back", async () => {
    const { outbox, pass, sent } = anOutbox();
    outbox.hold(intent("a"));
    expect(outbox.undo()).toMatchObject({ reviewId: "a" });
    await pass(60_000);
    expect(sent).toEqual([]);
    expect(outbox.undo()).toBeNull();
  });

  it("does not send early what was decided again after it was taken back", async () => {
    const { outbox, pass, sent } = anOutbox();
    outbox.hold(intent("a"));
    await pass(4_000);
    outbox.undo();
    outbox.hold({ ...intent("a"), key: "second" });
    await pass(1_000);
    expect(sent).toEqual([]);
    await pass(4_000);
    expect(sent.map(({ intent: { key } }) => key)).toEqual(["second"]);
  });

  it("sends the held answer at once when the next one is given", async () => {
    const { outbox, sent } = anOutbox();
    outbox.hold(intent("a"));
    outbox.hold(intent("b"));
    expect(sent.map(({ intent: { reviewId } }) => reviewId)).toEqual(["a"]);
    expect(outbox.undo()).toMatchObject({ reviewId: "b" });
  });

  it("sends what is held when the page goes away, so that it outlives it", () => {
    const { outbox, sent } = anOutbox();
    outbox.hold(intent("a"));
    outbox.flush(true);
    expect(sent).toMatchObject([{ last: true }]);
  });

  it("tries again, later each time and under the same key, while no answer comes", async () => {
    const { outbox, pass, sent, server, settled } = anOutbox();
    server.answer = async () => {
      throw new ServerUnreachableError("away");
    };
    outbox.hold(intent("a"));
    await pass(holdMilliseconds);
    await pass(2_000);
    await pass(2_000);
    expect(sent).toHaveLength(2);
    await pass(2_000);
    expect(new Set(sent.map(({ intent: { key } }) => key))).toEqual(new Set(["key-a"]));
    expect(sent).toHaveLength(3);
    expect(outbox.unsent()).toEqual([intent("a")]);
    server.answer = async () => recorded;
    outbox.flush();
    await pass(0);
    expect(settled).toEqual(["recorded"]);
    expect(outbox.unsent()).toEqual([]);
  });

  it("does not repeat what the server refused", async () => {
    const { outbox, pass, sent, server } = anOutbox();
    server.answer = async () => {
      throw new RequestRefusedError({
        type: "urn:signoff:problem:already-decided",
        title: "",
        status: 409,
        detail: "Too late.",
      });
    };
    outbox.hold(intent("a"));
    await pass(holdMilliseconds);
    await pass(60_000);
    expect(sent).toHaveLength(1);
    expect(outbox.entries.get()).toMatchObject([{ phase: { kind: "refused", problem: { detail: "Too late." } } }]);
  });

  it("sends what is posted at once, and there is nothing to take back", async () => {
    const { outbox, pass, sent, settled } = anOutbox();
    outbox.post({ ...intent("a"), blind: true });
    expect(outbox.undo()).toBeNull();
    await pass(0);
    expect(sent).toHaveLength(1);
    expect(settled).toEqual(["recorded"]);
  });
});
