import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ibanOf, parseIban, sayIban } from "../../../shared/values/iban.ts";

/** The registry's own examples. */
const examples = [
  "DE89 3704 0044 0532 0130 00",
  "GB29 NWBK 6016 1331 9268 19",
  "FR14 2004 1010 0505 0001 3M02 606",
  "NO93 8601 1117 947",
];

describe("IBANs", () => {
  it.each(examples)("accepts %s and prints it as it was", (printed) => {
    const iban = parseIban(printed);
    expect(iban).toBe(printed.replaceAll(" ", ""));
    expect(sayIban(iban ?? "").replaceAll("\u00a0", " ")).toBe(printed);
  });

  it("refuses every account with one digit changed", () => {
    fc.assert(
      fc.property(fc.constantFrom(...examples), fc.nat(), fc.integer({ min: 1, max: 9 }), (printed, at, by) => {
        const iban = printed.replaceAll(" ", "");
        const digits = [...iban.matchAll(/\d/g)].map(({ index }) => index);
        const index = digits[at % digits.length] ?? 0;
        const changed = `${iban.slice(0, index)}${(Number(iban[index]) + by) % 10}${iban.slice(index + 1)}`;
        expect(parseIban(changed)).toBeNull();
      }),
    );
  });

  it("computes check digits that it accepts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (account) => {
        expect(parseIban(ibanOf("DE", String(account).padStart(18, "0")))).not.toBeNull();
      }),
    );
  });

  it.each(["", "DE", "XX89370400440532013000", "DE8937040044053201300", "not an account"])("refuses %j", (text) => {
    expect(parseIban(text)).toBeNull();
  });
});
