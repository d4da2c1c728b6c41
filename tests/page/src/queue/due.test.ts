import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueGroup, dueIn, dueInWords, groupByDue } from "../../../../page/src/queue/due.ts";
import { aReview, noon } from "../sample.ts";

const inMinutes = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();

describe("due times", () => {
  it.each([
    [-12, "Overdue", "−12 min", "overdue by 12 min"],
    [18, "Due within the hour", "18 min", "due in 18 min"],
    [60, "Due within the hour", "1 h", "due in 1 h"],
    [180, "Today", "3 h", "due in 3 h"],
    [13 * 60, "Later", "13 h", "due in 13 h"],
    [3 * 24 * 60, "Later", "3 d", "due in 3 d"],
  ])("puts what is due in %i minutes under %s as %s", (minutes, group, short, words) => {
    expect(dueGroup(inMinutes(minutes), noon)).toBe(group);
    expect(dueIn(inMinutes(minutes), noon)).toBe(short);
    expect(dueInWords(inMinutes(minutes), noon)).toBe(words);
  });

  it("shows a review whose due time cannot be read first, instead of losing it", () => {
    expect(dueGroup("soon", noon)).toBe("Overdue");
  });

  it("pitfall 11: keeps every review, due first, whatever their times", () => {
    const minutes = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 30 });
    fc.assert(
      fc.property(minutes, (due) => {
        const reviews = due.map((dueInMinutes, at) => ({ ...aReview({ dueInMinutes }), reviewId: `r-${at}` }));
        const shown = groupByDue(reviews, noon).flatMap((group) => group.reviews);
        expect(shown.map(({ reviewId }) => reviewId).sort()).toEqual(reviews.map(({ reviewId }) => reviewId).sort());
        const times = shown.map(({ dueAt }) => Date.parse(dueAt));
        expect(times).toEqual([...times].sort((one, other) => one - other));
      }),
    );
  });
});
