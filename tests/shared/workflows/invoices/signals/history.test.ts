import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { invoiceFields } from "../../../../../shared/contracts/invoice.ts";
import { fingerprints } from "../../../../../shared/workflows/invoices/signals/fingerprints.ts";
import {
  type EarlierInvoice,
  type SupplierProfile,
  supplierProfile,
} from "../../../../../shared/workflows/invoices/signals/history.ts";
import { judgeSignals } from "../../../../../shared/workflows/invoices/signals/judge-signals.ts";
import {
  itemKey,
  learnInvoice,
  profileLimits,
} from "../../../../../shared/workflows/invoices/signals/supplier-profile.ts";
import { anEarlierInvoice, anInvoice, knownIban, lists, signalOf } from "./an-invoice.ts";

describe("duplicates", () => {
  it("fires for the same number in another spelling, and says where it was seen", () => {
    const earlier = [anEarlierInvoice({ caseId: "case-7", number: "r 2026/1184", grossMinor: 148_240 })];
    expect(signalOf("duplicateSuspected", { history: { earlier, profile: null } })).toMatchObject({
      fired: true,
      observed: '"R-2026-1184" was seen in case case-7, issued 2026-10-01 over 1 482.40 EUR.',
    });
    expect(signalOf("nearTwinSuspected", { history: { earlier, profile: null } }).fired).toBe(false);
  });

  it.each([
    ["the same amount 43 days before", { grossMinor: 148_240 }, true],
    ["the same amount 60 days before", { grossMinor: 148_240, issueDate: "2026-09-14" }, false],
    ["the same amount in another currency", { grossMinor: 148_240, currency: "USD" }, false],
    ["the next number", { number: "R-2026-1183" }, false],
    [
      "the next number and the same amount long ago",
      { number: "R-2026-1183", grossMinor: 148_240, issueDate: "2026-01-01" },
      true,
    ],
    ["a misread number", { number: "R-2026-II84" }, false],
    ["a number with one misread character", { number: "R-2026-I184" }, true],
    ["an added letter", { number: "R-2026-1184B" }, true],
  ])("nearTwinSuspected for %s", (_, parts, fired) => {
    expect(
      signalOf("nearTwinSuspected", { history: { earlier: [anEarlierInvoice(parts)], profile: null } }).fired,
    ).toBe(fired);
  });

  it("cannot be judged when no supplier was read", () => {
    expect(signalOf("duplicateSuspected", { history: null }).fired).toBeNull();
    expect(signalOf("nearTwinSuspected", { history: null }).fired).toBeNull();
  });

  it("judges a retry as the first time: a case is never its own duplicate", () => {
    const earlierInvoice = fc.record({
      caseId: fc.constantFrom("a", "b"),
      number: fc.constantFrom("R-2026-1184", "R-2026-1184A", "X-1", null),
      grossMinor: fc.constantFrom(148_240, 1, null),
      currency: fc.constantFrom("EUR", null),
      issueDate: fc.constantFrom("2026-11-13", "2026-01-01", null),
    });
    fc.assert(
      fc.property(fc.array(earlierInvoice, { maxLength: 4 }), fc.nat(4), (earlier, position) => {
        const own = anEarlierInvoice({
          caseId: "this-case",
          number: "R-2026-1184",
          grossMinor: 148_240,
          issueDate: "2026-11-13",
        });
        const again = [...earlier.slice(0, position), own, ...earlier.slice(position)];
        const judge = (found: readonly EarlierInvoice[]) =>
          judgeSignals(anInvoice({ history: { earlier: found, profile: null } }));
        expect(judge(again)).toEqual(judge(earlier));
      }),
    );
  });
});

describe("fingerprints", () => {
  const fields = { supplier: "Nordlicht", number: "R 1", gross: "10.5", currency: "EUR" };

  it("are the same for all spellings of a vendor on the list, number and amount", () => {
    const other = { supplier: "NORDLICHT DRUCK", number: "r-1", gross: "10.50", currency: "EUR" };
    expect(fingerprints(fields, lists.vendors)).toEqual(fingerprints(other, lists.vendors));
    expect(fingerprints(fields, lists.vendors)).toEqual({
      supplierKey: "nordlicht druck",
      numberKey: "nordlicht druck#R1",
      grossKey: "nordlicht druck#EUR#1050",
    });
  });

  it("are missing where the invoice is silent", () => {
    expect(fingerprints({ ...fields, number: null, gross: null }, null)).toEqual({
      supplierKey: "nordlicht",
      numberKey: null,
      grossKey: null,
    });
    expect(fingerprints({ ...fields, supplier: null }, lists.vendors)).toBeNull();
  });
});

describe("learnInvoice", () => {
  const learned = fc.record({
    fields: fc.record({
      iban: fc.constantFrom(knownIban, "nonsense", null),
      costCentre: fc.oneof(fc.string({ maxLength: 200 }), fc.constantFrom("constructor", "__proto__", "4200")),
      currency: fc.constantFrom("EUR", "JPY", null),
    }),
    lines: fc.array(
      fc.record({
        description: fc.oneof(
          fc.string({ unit: "grapheme", maxLength: 200 }),
          fc.constantFrom("constructor", "toString"),
        ),
        unitPrice: fc.constantFrom("1.00", "12.345", "x", null),
      }),
      { maxLength: 60 },
    ),
    layout: fc.oneof(fc.string({ maxLength: 8 }), fc.constant(null)),
  });

  it("stays bounded and valid whatever invoices hold", () => {
    fc.assert(
      fc.property(fc.array(learned, { maxLength: 12 }), (invoices) => {
        const profile = invoices.reduce<SupplierProfile | null>(learnInvoice, null);
        if (profile === null) return;
        expect(supplierProfile.parse(JSON.parse(JSON.stringify(profile)))).toBeDefined();
        expect(profile.invoices).toBe(invoices.length);
        expect(Object.keys(profile.items).length).toBeLessThanOrEqual(profileLimits.items);
        expect(profile.layouts.length).toBeLessThanOrEqual(profileLimits.layouts);
        expect(profile.ibans.length).toBeLessThanOrEqual(profileLimits.ibans);
        expect(Object.keys(profile.costCentres).length).toBeLessThanOrEqual(profileLimits.costCentres);
        for (const item of Object.values(profile.items))
          expect((item.minUnitPriceMinor ?? 0) <= (item.maxUnitPriceMinor ?? 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps the range of prices and counts cost centres", () => {
    const invoice = (unitPrice: string) => ({
      fields: { iban: knownIban, costCentre: " 4200", currency: "EUR" },
      lines: [{ description: "Miete März 2026", unitPrice }],
      layout: "a",
    });
    expect(learnInvoice(learnInvoice(null, invoice("12.00")), invoice("10.00"))).toEqual({
      ibans: [knownIban],
      layouts: ["a"],
      costCentres: { "4200": 2 },
      items: { "EUR miete": { count: 2, minUnitPriceMinor: 1_000, maxUnitPriceMinor: 1_200 } },
      invoices: 2,
    });
  });

  it("lets a new item in when it is full, and the rarest go", () => {
    const line = (index: number) => ({
      description: `item ${String.fromCharCode(97 + (index % 26))}${"z".repeat(index / 26)}`,
      unitPrice: "1",
    });
    const full = {
      fields: { currency: "EUR" },
      lines: Array.from({ length: 100 }, (_, index) => line(index)),
      layout: null,
    };
    const profile = learnInvoice(learnInvoice(learnInvoice(null, full), { ...full, lines: full.lines.slice(1) }), {
      ...full,
      lines: [{ description: "brand new", unitPrice: "1" }],
    });
    expect(Object.keys(profile.items)).toHaveLength(100);
    expect(profile.items).toHaveProperty(["EUR brand new"]);
    expect(profile.items).not.toHaveProperty([itemKey("item a", "EUR") ?? ""]);
  });
});

describe("itemKey", () => {
  it.each([
    ["Miete März 2026", "Miete April 2026"],
    ["Hosting 01.10.2026 - 31.10.2026", "Hosting 01.11.2026 - 30.11.2026"],
    ["POSTER  A1", "Poster a1"],
  ])("sees one item in %j and %j", (first, second) => {
    expect(itemKey(first, "EUR")).toBe(itemKey(second, "EUR"));
  });

  it("keeps sizes and currencies apart", () => {
    expect(itemKey("Kabel 3 m", "EUR")).not.toBe(itemKey("Kabel 5 m", "EUR"));
    expect(itemKey("Kabel", "EUR")).not.toBe(itemKey("Kabel", "USD"));
    expect(itemKey("2026", "EUR")).toBeNull();
  });
});

describe("the fields of a test invoice", () => {
  it("are the contract's", () => {
    expect(anInvoice().extraction.findings.map(({ field }) => field)).toEqual([...invoiceFields]);
  });
});
