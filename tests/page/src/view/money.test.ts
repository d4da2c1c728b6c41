import { describe, expect, it } from "vitest";
import { showMoney, toMinorUnits } from "../../../../page/src/view/money.ts";

describe("showMoney", () => {
  it.each([
    [894_000, "EUR", "8\u00a0940.00\u00a0€"],
    [8_620, "EUR", "86.20\u00a0€"],
    [211_890, "USD", "$2,118.90"],
    [1_240_000, "GBP", "£12,400.00"],
    [5_000, "JPY", "¥5,000"],
    [-500, "EUR", "-5.00\u00a0€"],
  ])("writes %i minor units of %s as %s", (minor, currency, shown) => {
    expect(showMoney(minor, currency)).toBe(shown);
  });
  it("shows nothing when amount or currency is missing or none", () => {
    expect(showMoney(null, "EUR")).toBeNull();
    expect(showMoney(1, null)).toBeNull();
    expect(showMoney(1, "<b>")).toBeNull();
  });
});

describe("toMinorUnits", () => {
  it.each([
    ["1842.40", "EUR", 184_240],
    ["300", "JPY", 300],
    ["1.2", "KWD", 1_200],
    ["0.005", "EUR", null],
    ["-1", "EUR", null],
    ["1", "euro", null],
  ])("reads %s %s as %s", (decimal, currency, minor) => {
    expect(toMinorUnits(decimal, currency)).toBe(minor);
  });
});
