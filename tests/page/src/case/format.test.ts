import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readValue, showValue } from "../../../../page/src/case/format.ts";
import { isIban } from "../../../../page/src/case/iban.ts";

describe("readValue", () => {
  it.each([
    ["date", "2026-11-14", "2026-11-14"],
    ["date", "14.11.2026", "2026-11-14"],
    ["date", "1.2.2028", "2028-02-01"],
    ["date", "29.02.2028", "2028-02-29"],
    ["currency", " eur ", "EUR"],
    ["iban", "de02 1203 0000 0000 2020 51", "DE02120300000000202051"],
    ["text", "  Elbe  ", "Elbe"],
    ["amount", "1.842,40", "1842.40"],
    ["number", "40", "40"],
    ["text", "   ", null],
  ] as const)("reads %s %j as %j", (format, typed, value) => {
    expect(readValue(format, typed)).toEqual({ value });
  });

  it.each([
    ["date", "2026-02-30"],
    ["date", "11/12/2026"],
    ["date", "tomorrow"],
    ["currency", "EURO"],
    ["currency", "XYZ"],
    ["iban", "DE02120300000000202052"],
    ["text", "x".repeat(1_001)],
  ] as const)("refuses %s %j", (format, typed) => {
    expect(readValue(format, typed)).toHaveProperty("problem");
  });

  it("reads back what it shows of an IBAN", () => {
    const iban = "DE02120300000000202051";
    expect(showValue("iban", iban)).toBe("DE02 1203 0000 0000 2020 51");
    expect(readValue("iban", showValue("iban", iban))).toEqual({ value: iban });
  });
});

describe("isIban", () => {
  it.each(["DE02120300000000202051", "GB82WEST12345698765432", "NO9386011117947", "FR1420041010050500013M02606"])(
    "accepts %s",
    (iban) => expect(isIban(iban)).toBe(true),
  );

  it("notices every single wrong digit", () => {
    const iban = "DE02120300000000202051";
    fc.assert(
      fc.property(fc.integer({ min: 2, max: iban.length - 1 }), fc.integer({ min: 1, max: 9 }), (at, shift) => {
        const digit = (Number(iban[at]) + shift) % 10;
        expect(isIban(iban.slice(0, at) + digit + iban.slice(at + 1))).toBe(false);
      }),
    );
  });
});
