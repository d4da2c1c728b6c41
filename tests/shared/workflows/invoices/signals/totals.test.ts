import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromMinor } from "../../../../../shared/values/amount.ts";
import { aLine, aPage, signalOf } from "./an-invoice.ts";

describe("totalsDoNotAddUp", () => {
  it("tells the sum, what the page says, and what would have passed", () => {
    expect(signalOf("totalsDoNotAddUp", { fields: { gross: "1842.40" } })).toMatchObject({
      fired: true,
      observed: "Net 1 245.72 EUR + tax 236.68 EUR = 1 482.40 EUR, the page says 1 842.40 EUR.",
      passesIf: "the total were 1 482.40 EUR",
      fields: ["gross", "net", "tax"],
    });
  });

  it("fires when the lines sum to neither net nor gross", () => {
    expect(signalOf("totalsDoNotAddUp", { extraction: { lines: [aLine("1000.00"), aLine("200.00")] } })).toMatchObject({
      fired: true,
      observed: "The 2 lines sum to 1 200.00 EUR, the net amount is 1 245.72 EUR.",
    });
    expect(signalOf("totalsDoNotAddUp", { extraction: { lines: [aLine("1482.40")] } }).fired).toBe(false);
  });

  it("does not count a row that is contained in the one above", () => {
    const lines = [aLine("1245.72"), aLine("4.24", "Incl. copyright levy")];
    expect(signalOf("totalsDoNotAddUp", { extraction: { lines } }).fired).toBe(false);
  });

  it("never fires within rounding: amounts computed exactly and each rounded by itself", () => {
    const price = fc.integer({ min: 1, max: 5_000_000 });
    fc.assert(
      fc.property(
        fc.array(price, { minLength: 1, maxLength: 40 }),
        fc.constantFrom(0, 5.5, 7.7, 19, 20, 25.5),
        (thousandths, rate) => {
          // Prices with a tenth of a cent: each line, the net, the tax and the gross amount are rounded on their own.
          const exactNet = thousandths.reduce((sum, value) => sum + value, 0) / 10;
          const text = (cents: number) => fromMinor(Math.round(cents), "EUR");
          const fields = {
            net: text(exactNet),
            tax: text((exactNet * rate) / 100),
            gross: text(exactNet * (1 + rate / 100)),
          };
          const lines = thousandths.map((value) => aLine(text(value / 10)));
          expect(signalOf("totalsDoNotAddUp", { fields, extraction: { lines } }).fired).toBe(false);
        },
      ),
    );
  });

  it("always fires when the gross amount is off by more than rounding", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 100_000 }), (off) => {
        expect(signalOf("totalsDoNotAddUp", { fields: { gross: fromMinor(148_240 + off, "EUR") } }).fired).toBe(true);
      }),
    );
  });

  it("allows the cash rounding of Swiss francs, and not of euros", () => {
    expect(signalOf("totalsDoNotAddUp", { fields: { currency: "CHF", gross: "1482.42" } }).fired).toBe(false);
    expect(signalOf("totalsDoNotAddUp", { fields: { gross: "1482.42" } }).fired).toBe(true);
  });

  it.each([
    ["Anzahlung vom 1.10. -100,00", "1382.40"],
    ["Versandkosten 9,90", "1492.30"],
    ["Less deposit paid 500.00", "982.40"],
  ])("takes a difference that the page explains for none: %s", (printed, gross) => {
    expect(signalOf("totalsDoNotAddUp", { fields: { gross }, pages: [aPage("Rechnung", printed)] }).fired).toBe(false);
  });

  it("does not take terms of payment for a discount", () => {
    const pages = [aPage("Discount of 360.00 if paid within 10 days")];
    expect(signalOf("totalsDoNotAddUp", { fields: { gross: "1842.40" }, pages }).fired).toBe(true);
  });

  it("leaves lines alone that a discount on the page may explain", () => {
    const parts = {
      extraction: { lines: [aLine("1300.00")] },
      fields: { gross: null },
      pages: [aPage("Rabatt 4% 54,00")],
    };
    expect(signalOf("totalsDoNotAddUp", parts).fired).toBeNull();
  });

  it("cannot judge a receipt that has only a total", () => {
    expect(
      signalOf("totalsDoNotAddUp", { fields: { net: null, tax: null }, extraction: { lines: [] } }).fired,
    ).toBeNull();
  });

  it("takes the difference for the tax where none was read, as long as it could be one", () => {
    expect(signalOf("totalsDoNotAddUp", { fields: { tax: null } }).fired).toBe(false);
    expect(signalOf("totalsDoNotAddUp", { fields: { tax: null, gross: "1842.40" } })).toMatchObject({
      fired: true,
      observed:
        "Net 1 245.72 EUR and gross 1 842.40 EUR were read, but no tax; the difference is 596.68 EUR, 48 % of the net amount, which is no tax.",
    });
  });
});
