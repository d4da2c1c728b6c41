import { describe, expect, it } from "vitest";
import { readPlace, writePlace } from "../../../page/src/place.ts";

describe("places", () => {
  const reviewId = `${"a".repeat(26)}-2`;
  it.each([
    { view: "queue", reviewId: null },
    { view: "queue", reviewId },
    { view: "decided", reviewId },
    { view: "lists" },
    { view: "workflow", workflow: "invoices" },
    { view: "case", caseId: "a".repeat(26) },
  ] as const)("survive the address: %j", (place) => {
    expect(readPlace(writePlace(place))).toEqual(place);
  });
  it("make nothing of an address that names no review", () => {
    expect(readPlace("#/queue/../../me")).toEqual({ view: "queue", reviewId: null });
  });
});
