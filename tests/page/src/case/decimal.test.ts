import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDecimal, showDecimal } from "../../../../page/src/case/decimal.ts";

describe("readDecimal", () => {
  it.each([
    ["1842.40", "1842.40"],
    ["1842,40", "1842.40"],
    ["1 842,40", "1842.40"],
    ["1.842,40", "1842.40"],
    ["1,842.40", "1842.40"],
    ["1'842.40", "1842.40"],
    ["1.234.567", "1234567"],
    ["1,234,567.8", "1234567.8"],
    ["-12,5", "-12.5"],
    ["−12.5", "-12.5"],
    [",5", "0.5"],
    ["007", "7"],
    ["0,125", "0.125"],
    ["12345.678", "12345.678"],
  ])("reads %s as %s", (typed, value) => {
    expect(readDecimal(typed)).toEqual({ value });
  });

  it.each(["1,482", "1.482", "12.345"])("refuses %s, which can be read two ways", (typed) => {
    expect(readDecimal(typed)).toEqual({ problem: expect.stringContaining("two ways") });
  });

  it.each(["", "abc", "1.2.3", "1,23,456", "1.234,567.8", "12-", "1e5", "--1", "."])("refuses %j", (typed) => {
    expect(readDecimal(typed)).toHaveProperty("problem");
  });

  it("reads back every canonical amount that is shown", () => {
    const cents = fc.integer({ min: -1e12, max: 1e12 });
    fc.assert(
      fc.property(cents, (minor) => {
        const canonical = (minor / 100).toFixed(2).replace(/^-0\.00$/, "0.00");
        expect(readDecimal(showDecimal(canonical))).toEqual({ value: canonical });
      }),
    );
  });
});
