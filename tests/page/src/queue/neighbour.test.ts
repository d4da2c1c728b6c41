import { describe, expect, it } from "vitest";
import { neighbour, nextToDecide } from "../../../../page/src/queue/neighbour.ts";

const free = (reviewId: string) => ({ reviewId, claim: null });
const taken = (reviewId: string, by: string) => ({
  reviewId,
  claim: { by, byName: by, until: "2026-11-24T12:00:00Z", assignedBy: null },
});

describe("neighbour", () => {
  const order = [free("a"), free("b"), free("c")];
  it("goes one place on and stops at the ends", () => {
    expect(neighbour(order, "a", 1)).toBe("b");
    expect(neighbour(order, "c", 1)).toBe("c");
    expect(neighbour(order, "a", -1)).toBe("a");
  });
  it("begins at the first when nothing is open", () => {
    expect(neighbour(order, null, 1)).toBe("a");
    expect(neighbour([], null, 1)).toBeNull();
  });
});

describe("nextToDecide", () => {
  it("skips what others work on, but not what is mine", () => {
    expect(nextToDecide([free("a"), taken("b", "other"), taken("c", "me")], "a", "me")).toBe("c");
  });
  it("begins again at the top after the last", () => {
    expect(nextToDecide([free("a"), free("b")], "b", "me")).toBe("a");
  });
  it("opens nothing when nothing is free", () => {
    expect(nextToDecide([free("a"), taken("b", "other")], "a", "me")).toBeNull();
  });
});
