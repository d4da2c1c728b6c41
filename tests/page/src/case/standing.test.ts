import { describe, expect, it } from "vitest";
import { standingOf } from "../../../../page/src/case/standing.ts";
import { aReview, noon } from "../sample.ts";

const refusedWith = (kind: string, more: object = {}) =>
  ({
    kind: "refused",
    problem: { type: `urn:signoff:problem:${kind}`, title: "", status: 409, detail: "No.", ...more },
  }) as const;

describe("standingOf", () => {
  const review = aReview();
  it("lets a claimed review be worked on", () => {
    expect(standingOf(review, { kind: "mine", until: "2026-11-24T12:15:00Z" }, noon)).toMatchObject({
      readOnly: false,
      notice: null,
    });
  });
  it("names who decided, what and when", () => {
    const decidedAt = new Date(noon - 60_000).toISOString();
    const claim = refusedWith("already-decided", { decidedBy: "Sam Oakes", decidedAt, action: "reject" });
    expect(standingOf(review, claim, noon)).toMatchObject({ readOnly: true, notice: "Rejected by Sam Oakes, 11:59." });
  });
  it("names who works on it, and offers to ask again", () => {
    const claim = refusedWith("already-claimed", { claimedBy: "Sam Oakes" });
    expect(standingOf(review, claim, noon)).toMatchObject({
      readOnly: true,
      notice: "Sam Oakes is working on this. You can read it.",
      retry: true,
    });
  });
  it.each([
    ["review-expired", "went on from the reviewer"],
    ["not-allowed", "You can read this case, but not decide it. No."],
  ])("keeps a case readable after %s", (kind, words) => {
    const { readOnly, notice } = standingOf(review, refusedWith(kind), noon);
    expect(readOnly).toBe(true);
    expect(notice).toContain(words);
  });
  it("does not lock anybody out because the network is away", () => {
    expect(standingOf(review, { kind: "unreachable", because: "Away." }, noon)).toMatchObject({
      readOnly: false,
      retry: true,
    });
  });
  it("says that the sender is asked, and until when", () => {
    const asked = { ...review, cause: "question" as const };
    expect(standingOf(asked, { kind: "none" }, noon)).toMatchObject({
      readOnly: true,
      notice: "The sender is asked. The case waits for them until 12:18.",
    });
  });
  it("keeps a case as it is while its answer is on the way", () => {
    const known = { answer: "sending", actions: ["approve"] } as const;
    expect(standingOf(review, { kind: "none" }, noon, known)).toMatchObject({ readOnly: true });
    expect(standingOf(review, { kind: "none" }, noon, { ...known, answer: "refused" })).toMatchObject({
      readOnly: false,
    });
  });
  it("lets a case be read that is not theirs to decide", () => {
    expect(standingOf(review, { kind: "none" }, noon, { answer: null, actions: [] }).notice).toContain(
      "for somebody else",
    );
  });
});
