import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Word } from "../../../shared/contracts/document.ts";
import { inReadingOrder, textLines } from "../../../shared/documents/reading-order.ts";

const word = (text: string, left: number, top: number): Word => ({
  text,
  confidence: 1,
  box: { left, top, width: 0.08, height: 0.02 },
});

describe("reading order", () => {
  it("keeps a label and the value far right of it on one line", () => {
    const lines = textLines([
      word("119.00", 0.8, 0.5),
      word("Net", 0.1, 0.45),
      word("Total", 0.1, 0.5),
      word("100.00", 0.8, 0.452),
    ]);
    expect(lines.map((line) => line.map(({ text }) => text))).toEqual([
      ["Net", "100.00"],
      ["Total", "119.00"],
    ]);
  });

  it("follows the lines of a scan that is slightly turned", () => {
    const turned = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((step) => [
      word(`a${step}`, step * 0.12, 0.1 + step * 0.004),
      word(`b${step}`, step * 0.12, 0.14 + step * 0.004),
    ]);
    expect(
      inReadingOrder(turned)
        .map(({ text }) => text)
        .join(" "),
    ).toBe("a0 a1 a2 a3 a4 a5 a6 a7 b0 b1 b2 b3 b4 b5 b6 b7");
  });

  it("loses and invents no word", () => {
    const place = fc.float({ min: 0, max: Math.fround(0.9), noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place)), (places) => {
        const words = places.map(([left, top], index) => word(String(index), left, top));
        expect(
          inReadingOrder(words)
            .map(({ text }) => text)
            .sort(),
        ).toEqual(words.map(({ text }) => text).sort());
      }),
    );
  });
});
