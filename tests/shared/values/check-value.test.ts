import { describe, expect, it } from "vitest";
import { fieldFormats } from "../../../shared/contracts/invoice.ts";
import { allowedValues, checkValue, type ValueFormat } from "../../../shared/values/check-value.ts";

describe("checkValue", () => {
  it.each<[ValueFormat, string, string]>([
    ["amount", " 1.842,40 ", "1842.40"],
    ["amount", "-12", "-12"],
    ["number", "2,5", "2.5"],
    ["date", "2028-02-29", "2028-02-29"],
    ["currency", "eur", "EUR"],
    ["iban", "de89 3704 0044 0532 0130 00", "DE89370400440532013000"],
    ["text", "  Müller & Söhne ", "Müller & Söhne"],
  ])("writes %s %j canonically as %j", (format, text, value) => {
    expect(checkValue(format, text)).toEqual({ value });
  });

  it.each<[ValueFormat, string]>([
    ["amount", "1,842"],
    ["amount", "EUR 12"],
    ["amount", "9999999999999"],
    ["number", ""],
    ["date", "2026-02-29"],
    ["date", "31.12.2026"],
    ["currency", "DEM"],
    ["currency", "€"],
    ["iban", "DE89370400440532013001"],
    ["text", "   "],
    ["text", "a\u0000b"],
    ["text", "x".repeat(1_001)],
  ])("refuses %s %j with a sentence that says what is allowed", (format, text) => {
    const checked = checkValue(format, text);
    expect(checked).toHaveProperty("problem");
    expect("problem" in checked && checked.problem).toContain(allowedValues[format]);
  });

  it("keeps controls and bidi overrides out of the sentence", () => {
    const checked = checkValue("date", "20\u202e26\n");
    expect("problem" in checked && /[\u202e\n]/.test(checked.problem)).toBe(false);
  });

  it("knows every format that a field has", () => {
    for (const format of Object.values(fieldFormats)) expect(allowedValues[format]).toBeTypeOf("string");
  });
});
