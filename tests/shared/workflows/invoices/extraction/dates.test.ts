import { describe, expect, it } from "vitest";
import { dayMonthOrder, findDates } from "../../../../../shared/workflows/invoices/extraction/dates.ts";
import { documentLines } from "../../../../../shared/workflows/invoices/extraction/text-line.ts";
import { aPage } from "./page-builder.ts";

const linesOf = (text: string) => documentLines([aPage([[["left", text]]])]);
const datesIn = (text: string, order: "day-first" | "month-first" | null = null) =>
  linesOf(text)
    .flatMap((line) => findDates(line, order))
    .map(({ date }) => date);

describe("dates on a page", () => {
  it.each([
    ["5.3.2026", "2026-03-05"],
    ["05.03.26", "2026-03-05"],
    ["2026-03-05", "2026-03-05"],
    ["2026/03/05", "2026-03-05"],
    ["20260305", "2026-03-05"],
    ["March 5, 2026", "2026-03-05"],
    ["August 3 , 2014", "2014-08-03"],
    ["5 March 2026", "2026-03-05"],
    ["5th Mar 2026", "2026-03-05"],
    ["05-AUG-2017", "2017-08-05"],
    ["28 MAR 18", "2018-03-28"],
    ["7. Mai 2014", "2014-05-07"],
    ["5. März 2026", "2026-03-05"],
    ["5 février 2026", "2026-02-05"],
    ["8 de marzo de 2020", "2020-03-08"],
    ["5 luglio 2026", "2026-07-05"],
    ["29 maart 2014", "2014-03-29"],
    ["5 de outubro de 2026", "2026-10-05"],
  ])("reads %s", (text, date) => {
    expect(datesIn(text)).toEqual([date]);
  });

  it.each(["31.02.2026", "45.13.2026", "1.234,56", "12345678901", "10/2026", "192.168.1.1"])(
    "finds none in %s",
    (text) => {
      expect(datesIn(text)).toEqual([]);
    },
  );

  it("reads 03/04/2026 by the document's order, and says so when there is none", () => {
    expect(datesIn("03/04/2026", "day-first")).toEqual(["2026-04-03"]);
    expect(datesIn("03/04/2026", "month-first")).toEqual(["2026-03-04"]);
    const [undecided] = linesOf("03/04/2026").flatMap((line) => findDates(line, null));
    expect(undecided?.ambiguous).toBe(true);
  });

  it("learns the order from a date that is possible one way only, then from language and currency", () => {
    expect(dayMonthOrder(linesOf("03/20/2026 and 04/04/2026"), "de", false)).toBe("month-first");
    expect(dayMonthOrder(linesOf("20/03/2026"), "en", true)).toBe("day-first");
    expect(dayMonthOrder(linesOf("03/04/2026"), "fr", true)).toBe("day-first");
    expect(dayMonthOrder(linesOf("03/04/2026"), "en", true)).toBe("month-first");
    expect(dayMonthOrder(linesOf("03/04/2026"), "en", false)).toBeNull();
  });
});
