import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalMark, findAmounts, parseNumber } from "../../../../../shared/workflows/invoices/extraction/amounts.ts";
import { documentLines } from "../../../../../shared/workflows/invoices/extraction/text-line.ts";
import { aPage } from "./page-builder.ts";

const lineOf = (text: string) => {
  const [line] = documentLines([aPage([[["left", text]]])]);
  if (line === undefined) throw new Error("no line");
  return line;
};
const valuesIn = (text: string, mark: "," | "." = ".") =>
  findAmounts(lineOf(text), mark).map(({ value }) => value / 10_000);

describe("numbers on a page", () => {
  it.each([
    ["1.234,56", 1234.56],
    ["1,234.56", 1234.56],
    ["1 234,56", 1234.56],
    ["1'234.56", 1234.56],
    ["1.234.567,89", 1_234_567.89],
    ["1234.5", 1234.5],
    ["17808,00", 17_808],
    ["0,333", 0.333],
  ])("reads %s whatever the document's mark", (text, value) => {
    for (const mark of [",", "."] as const) expect((parseNumber(text, mark)?.value ?? 0) / 10_000).toBe(value);
  });

  it("lets the document's mark decide about 1.234", () => {
    expect(parseNumber("1.234", ",")?.value).toBe(12_340_000);
    expect(parseNumber("1.234", ".")?.value).toBe(12_340);
  });

  it("reads back every amount in every spelling", () => {
    const spellings: [thousands: string, mark: "," | "."][] = [
      [".", ","],
      [",", "."],
      ["'", "."],
      [" ", ","],
      ["", "."],
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999_999 }),
        fc.constantFrom(...spellings),
        (cents, [thousands, mark]) => {
          const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, thousands);
          const text = `${whole}${mark}${String(cents % 100).padStart(2, "0")}`;
          expect(parseNumber(text, mark)?.value).toBe(cents * 100);
        },
      ),
    );
  });

  it.each<[string, number[]]>([
    ["€ 399,00 and 4.11", [399, 4.11]],
    ["RM60.30", [60.3]],
    ["-5.59 (12.00) 3.00-", [-5.59, -12, -3]],
    ["VAT 21% of 100.00", [100]],
    ["08:30 uhr INV-2024/17 A4 v2.1b", []],
    ["RM53. 60", [53.6]],
  ])("finds the amounts of %j", (text, values) => {
    expect(valuesIn(text)).toEqual(values);
  });

  it("takes the mark that most of a document's amounts have", () => {
    expect(decimalMark([lineOf("1,50 and 2,75 but 1.20")])).toBe(",");
    expect(decimalMark([lineOf("nothing")])).toBe(".");
  });
});
