import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  findIbans,
  findVatNumbers,
  isValidIban,
  repairedIban,
} from "../../../../../shared/workflows/invoices/extraction/identifiers.ts";
import { documentLines } from "../../../../../shared/workflows/invoices/extraction/text-line.ts";
import { aPage } from "./page-builder.ts";

const lineOf = (text: string) => {
  const [line] = documentLines([aPage([[["left", text]]])]);
  if (line === undefined) throw new Error("no line");
  return line;
};
/** A German account number with the check digits that belong to it. */
const germanIban = fc.stringMatching(/^\d{18}$/).map((account) => {
  const check = [...Array(100).keys()].map((digits) => `DE${String(digits).padStart(2, "0")}${account}`);
  return check.find(isValidIban) ?? "";
});

describe("account numbers", () => {
  it.each(["NL50INGB0683251309", "DE02120300000000202051", "GB29NWBK60161331926819", "FR1420041010050500013M02606"])(
    "knows %s as right",
    (iban) => {
      expect(isValidIban(iban)).toBe(true);
    },
  );

  it("knows no number as right of which one digit was changed", () => {
    fc.assert(
      fc.property(germanIban, fc.integer({ min: 4, max: 21 }), fc.integer({ min: 1, max: 9 }), (iban, at, by) => {
        const changed = iban.slice(0, at) + ((Number(iban[at]) + by) % 10) + iban.slice(at + 1);
        expect(isValidIban(iban)).toBe(true);
        expect(isValidIban(changed)).toBe(false);
      }),
    );
  });

  it("finds them with spaces, and stops where the country's length says", () => {
    expect(findIbans(lineOf("IBAN DE02 1203 0000 0000 2020 51 BIC BYLADEM1001"))).toMatchObject([
      { value: "DE02120300000000202051", valid: true },
    ]);
  });

  it("takes one with wrong check digits only where the page calls it an IBAN", () => {
    expect(findIbans(lineOf("IBAN: DE03 1203 0000 0000 2020 51"))).toMatchObject([{ valid: false }]);
    expect(findIbans(lineOf("Article DE03 1203 0000 0000 2020 51"))).toEqual([]);
  });

  it("repairs a swapped pair or a misread letter, and only when one repair is right", () => {
    expect(repairedIban("DE02120300000000202501")).toBe("DE02120300000000202051");
    expect(repairedIban("DEO2120300000000202051")).toBe("DE02120300000000202051");
    expect(repairedIban("DE99999999999999999999")).toBeNull();
  });
});

describe("tax numbers", () => {
  it.each([
    ["USt-IdNr. DE123456789", "DE123456789"],
    ["UStId DE 232 446 240", "DE232446240"],
    ["BTW NL810433941B01", "NL810433941B01"],
    ["TVA FR 83 404 833 048", "FR83404833048"],
    ["P.IVA IT12345678901", "IT12345678901"],
    ["UID CHE-123.456.789 MWST", "CHE123456789"],
  ])("finds that of %s", (text, value) => {
    expect(findVatNumbers(lineOf(text)).map((found) => found.value)).toEqual([value]);
  });

  it("takes no other code for one", () => {
    expect(findVatNumbers(lineOf("Order DE12345 and IDE123456789"))).toEqual([]);
  });
});
