import { describe, expect, it } from "vitest";
import { hideAnswer, isBlind } from "../../../../page/src/case/masking.ts";
import { marksOf } from "../../../../page/src/document/evidence.ts";
import { aReview, aSubject } from "../sample.ts";

describe("hideAnswer", () => {
  it("leaves nothing of what the software found, even where the server sent it", () => {
    const slip = hideAnswer({ ...aSubject(), masked: true });
    const text = JSON.stringify({
      ...slip,
      case: { ...slip.case, headline: null },
      reviews: slip.reviews.map((review) => ({ ...review, headline: null })),
    });
    for (const secret of [
      "1842.40",
      "1482.40",
      "DE02120300000000202051",
      "Total does not add up",
      "0.71",
      "reasons, policy 7",
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(marksOf(slip)).toEqual([]);
  });

  it("leaves a case alone that is not masked", () => {
    const subject = aSubject();
    expect(hideAnswer(subject)).toBe(subject);
  });
});

describe("isBlind", () => {
  const blind = { ...aReview(), blind: true };
  it("holds until the blind answer is given, or the review is over", () => {
    expect(isBlind(blind)).toBe(true);
    expect(isBlind({ ...blind, status: "decided" })).toBe(false);
    expect(isBlind(aReview())).toBe(false);
  });
});
