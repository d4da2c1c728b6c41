import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dayNumber, daysBetween } from "../../../shared/values/date.ts";

describe("dates", () => {
  it.each(["2026-02-29", "2026-13-01", "2026-1-1", "31.12.2026", ""])("refuse %j", (text) => {
    expect(dayNumber(text)).toBeNull();
  });

  it("count days over leap years and back", () => {
    fc.assert(
      fc.property(fc.integer({ min: -20_000, max: 20_000 }), (days) => {
        expect(daysBetween("2026-11-24", addDays("2026-11-24", days))).toBe(days + 0);
      }),
    );
  });

  it("does not add to what is no date", () => {
    expect(() => addDays("soon", 1)).toThrow(RangeError);
  });
});
