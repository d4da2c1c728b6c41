import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxQuotedCharacters, plainText, quoted } from "../../../shared/values/plain-text.ts";

describe("plainText", () => {
  it("leaves nothing that reorders, hides or breaks a line, and is short", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const plain = plainText(text);
        expect(plain).not.toMatch(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/u);
        expect([...plain].length).toBeLessThanOrEqual(maxQuotedCharacters);
      }),
    );
  });

  it("shows that it cut", () => {
    expect(plainText("x".repeat(200))).toBe(`${"x".repeat(79)}…`);
  });

  it("cannot be closed early from inside a quotation", () => {
    expect(quoted('a" were on the list. "b')).toBe("\"a' were on the list. 'b\"");
  });
});
