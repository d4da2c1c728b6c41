import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalAmount,
  formatAmount,
  formatQuantity,
  parseDecimal,
  sameAmount,
} from "../../../shared/documents/decimal.ts";

describe("decimals", () => {
  it("come back as they went, whatever the amount", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 }), (value) => {
        expect(parseDecimal(formatAmount(value))).toBe(value);
        expect(parseDecimal(formatQuantity(value))).toBe(value);
      }),
    );
  });

  it.each([
    ["9.9000", "9.90"],
    ["3.3333", "3.3333"],
    ["20", "20.00"],
    ["-0.5", "-0.50"],
    ["0.00005", "0.0001"],
    ["-0", "0.00"],
    ["+7.1", "7.10"],
  ])("writes %s as the canonical amount %s", (text, canonical) => {
    expect(canonicalAmount(text)).toBe(canonical);
  });

  it.each(["", "12,50", "1e5", "abc", "123456789012", "1.2.3"])("takes %j for no amount", (text) => {
    expect(canonicalAmount(text)).toBeNull();
  });

  it("calls amounts the same up to a cent", () => {
    expect(sameAmount(1_000_000, 1_000_100)).toBe(true);
    expect(sameAmount(1_000_000, 1_000_101)).toBe(false);
  });
});
