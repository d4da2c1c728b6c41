import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalNumber, fromMinor, sayAmount, toMinor, toNearestMinor } from "../../../shared/values/amount.ts";

const currencies = fc.constantFrom("EUR", "JPY", "KWD", "CLF");

describe("amounts", () => {
  it("survive the way to text and back in every currency", () => {
    fc.assert(
      fc.property(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), currencies, (minor, currency) => {
        expect(toMinor(fromMinor(minor, currency), currency)).toBe(minor + 0);
      }),
    );
  });

  it.each([
    ["1842.40", "EUR", 184_240],
    ["12.500", "EUR", 1_250],
    ["12.505", "EUR", null],
    ["1842", "JPY", 1_842],
    ["1842.4", "JPY", null],
    ["1.234", "KWD", 1_234],
    ["-0.00", "EUR", 0],
    ["1,842.40", "EUR", null],
    ["", "EUR", null],
  ])("reads %j in %s as %j minor units", (text, currency, minor) => {
    expect(toMinor(text, currency)).toBe(minor);
  });

  it("rounds a unit price that is finer than the currency", () => {
    expect(toNearestMinor("0.0125", "EUR")).toBe(1);
  });

  it.each([
    ["1.842,40", "1842.40"],
    ["1,842.40", "1842.40"],
    ["1 842,40", "1842.40"],
    ["1\u00a0842,40", "1842.40"],
    ["1'842.40", "1842.40"],
    ["1.842.000", "1842000"],
    ["007.50", "7.50"],
    ["−5,00", "-5.00"],
    ["1.842", "1.842"],
    ["1,842", null],
    ["1.84.2", null],
    ["12 34", null],
    ["abc", null],
  ])("takes %j as people write it for %j", (text, canonical) => {
    expect(canonicalNumber(text)).toBe(canonical);
  });

  it("never changes the value of what is canonical already", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), currencies, (minor, currency) => {
        const text = fromMinor(minor, currency);
        expect(canonicalNumber(text)).toBe(text);
      }),
    );
  });

  it("are told with grouping that does not break", () => {
    expect(sayAmount(124_572, "EUR")).toBe("1\u202f245.72 EUR");
    expect(sayAmount(-5, "EUR")).toBe("-0.05 EUR");
    expect(sayAmount(1_234_567, "JPY")).toBe("1\u202f234\u202f567 JPY");
  });
});
