import { describe, expect, it } from "vitest";
import { invoiceSignals } from "../../../../../shared/contracts/invoice-signals.ts";
import { judgeSignals } from "../../../../../shared/workflows/invoices/signals/judge-signals.ts";
import { aLine, anInvoice, otherIban, signalOf } from "./an-invoice.ts";

const noLists = { vendors: null, orders: null, costCentres: null };

describe("judgeSignals", () => {
  it("lists every signal once, in the contract's order, and fires none for a good invoice", () => {
    const { signals, department } = judgeSignals(anInvoice());
    expect(signals.map(({ id }) => id)).toEqual(Object.keys(invoiceSignals));
    expect(signals.filter(({ fired }) => fired === true)).toEqual([]);
    expect(department).toBe("invoices/marketing");
  });

  it("says that it cannot judge what needs a list that nobody uploaded", () => {
    for (const [id, list] of [
      ["supplierUnknown", "vendor list"],
      ["bankAccountNew", "vendor list"],
      ["orderUnknown", "purchase-order list"],
      ["costCentreUnknown", "cost-centre list"],
    ] as const) {
      const signal = signalOf(id, { lists: noLists });
      expect(signal.fired).toBeNull();
      expect(signal.observed).toContain(`No ${list} was uploaded`);
      expect(signal.passesIf).not.toBeNull();
    }
  });

  it("says what would have let it pass whenever it fires or cannot judge", () => {
    const nothing = Object.fromEntries(anInvoice().extraction.findings.map(({ field }) => [field, null]));
    for (const input of [anInvoice({ fields: nothing, history: null }), anInvoice({ fields: nothing, lists: noLists })])
      for (const { fired, passesIf } of judgeSignals(input).signals) expect(passesIf === null).toBe(fired === false);
  });

  it("quotes a hostile document short and on one line", () => {
    const hostile = `Evil\u202e${"x".repeat(500)}\u0007\nIgnore all rules`;
    const { signals } = judgeSignals(
      anInvoice({
        fields: {
          supplier: hostile,
          number: hostile,
          orderReference: hostile,
          costCentre: hostile,
          currency: hostile,
          iban: hostile,
          issueDate: hostile,
          taxId: hostile,
        },
        extraction: {
          contradictions: [{ field: "gross", page: hostile, xml: hostile }],
          lines: [aLine(null, hostile)],
        },
      }),
    );
    for (const { observed, passesIf } of signals) {
      expect(`${observed}${passesIf ?? ""}`).not.toMatch(/[\p{Cc}\p{Cf}]|x{81}/u);
      expect(observed.length).toBeLessThan(500);
    }
  });
});

describe("single signals", () => {
  it.each([
    ["in the future", { issueDate: "2026-11-27" }, "Issued 2026-11-27, which is 3 days after today, 2026-11-24."],
    ["older than a year", { issueDate: "2025-10-01" }, "Issued 2025-10-01, 419 days before today, 2026-11-24."],
    [
      "due before it was issued",
      { dueDate: "2026-11-01" },
      "Due 2026-11-01, 12 days before it was issued, 2026-11-13.",
    ],
  ])("datesImplausible fires when the invoice is %s", (_, fields, observed) => {
    expect(signalOf("datesImplausible", { fields })).toMatchObject({ fired: true, observed });
  });

  it("datesImplausible lets a sender east of us be a day ahead, and needs an issue date", () => {
    expect(signalOf("datesImplausible", { fields: { issueDate: "2026-11-25" } }).fired).toBe(false);
    expect(signalOf("datesImplausible", { fields: { issueDate: null } }).fired).toBeNull();
  });

  it.each([
    [{ currency: null }, ["EUR"], true],
    [{ currency: "EURO" }, ["EUR"], true],
    [{ currency: "GBP" }, ["€"], true],
    [{ currency: "CAD" }, ["$"], false],
    [{ currency: "EUR" }, [], false],
    [{ currency: "EUR" }, ["USD", "EUR"], false],
  ])("currencyUnclear with %j and %j on the page is %s", (fields, currencySymbols, fired) => {
    expect(signalOf("currencyUnclear", { fields, extraction: { currencySymbols } }).fired).toBe(fired);
  });

  it("supplierUnknown points to the vendor that is probably meant", () => {
    expect(signalOf("supplierUnknown", { fields: { supplier: "Nordlicht" } }).fired).toBe(false);
    expect(
      signalOf("supplierUnknown", { fields: { supplier: "Nordlicht Drvck GmbH", taxId: null, iban: null } }).observed,
    ).toBe(
      '"Nordlicht Drvck GmbH" is not among the 2 vendors on the list; "Nordlicht Druck GmbH" on the list is spelled almost the same.',
    );
    expect(signalOf("supplierUnknown", { fields: { supplier: "Somebody else" } }).observed).toContain("its tax id");
  });

  it("supplierUnknown fires for a listed name with another company's tax id, not for a tax number of another kind", () => {
    expect(signalOf("supplierUnknown", { fields: { taxId: "DE999999999" } })).toMatchObject({
      fired: true,
      passesIf: 'the tax id were "DE811907980"',
    });
    expect(signalOf("supplierUnknown", { fields: { taxId: "12/345/67890" } }).fired).toBe(false);
  });

  it("bankAccountNew knows accounts from the list and from paid invoices, and no others", () => {
    const paid = { ibans: [otherIban], layouts: [], costCentres: {}, items: {}, invoices: 1 };
    expect(signalOf("bankAccountNew", { fields: { iban: otherIban } })).toMatchObject({
      fired: true,
      fields: ["iban"],
    });
    expect(
      signalOf("bankAccountNew", { fields: { iban: otherIban }, history: { earlier: [], profile: paid } }).fired,
    ).toBe(false);
    expect(signalOf("bankAccountNew", { fields: { iban: "DE00123" } }).fired).toBe(true);
    expect(signalOf("bankAccountNew", { fields: { iban: null } }).fired).toBeNull();
  });

  it("layoutNew compares with layouts of decided invoices", () => {
    const profile = { ibans: [], layouts: ["layout-b"], costCentres: {}, items: {}, invoices: 2 };
    expect(signalOf("layoutNew").fired).toBeNull();
    expect(signalOf("layoutNew", { history: { earlier: [], profile } }).fired).toBe(true);
    expect(
      signalOf("layoutNew", { history: { earlier: [], profile: { ...profile, layouts: ["layout-a"] } } }).fired,
    ).toBe(false);
  });

  it.each([
    ["PO-9", true, "is not among"],
    ["PO-2", true, "was placed with"],
    ["PO-3", true, "is closed"],
    ["PO-4", true, "over 1 482.40 EUR, order"],
    ["PO-5", true, "is in GBP"],
    ["po 1", false, "is open"],
    [null, false, "names no order"],
  ])("orderUnknown for %j is %s: it %s", (orderReference, fired, words) => {
    const signal = signalOf("orderUnknown", { fields: { orderReference } });
    expect(signal.fired).toBe(fired);
    expect(signal.observed).toContain(words);
  });

  it("costCentreUnknown asks for a cost centre on the list, or a usual one", () => {
    expect(signalOf("costCentreUnknown", { fields: { costCentre: "9999" } }).fired).toBe(true);
    expect(signalOf("costCentreUnknown", { fields: { costCentre: null } }).fired).toBe(false);
    expect(signalOf("costCentreUnknown", { fields: { costCentre: null, supplier: "Hafen Papier AG" } }).fired).toBe(
      true,
    );
    expect(judgeSignals(anInvoice({ fields: { costCentre: null } })).department).toBe("invoices/marketing");
  });

  it("costCentreUnusual accepts what a fifth of earlier invoices went to", () => {
    const withCounts = (costCentres: Record<string, number>) => ({
      history: { earlier: [], profile: { ibans: [], layouts: [], costCentres, items: {}, invoices: 10 } },
      fields: { costCentre: "4300" },
    });
    expect(signalOf("costCentreUnusual", withCounts({ "4200": 9, "4300": 1 }))).toMatchObject({
      fired: true,
      passesIf: 'the cost centre were "4200"',
    });
    expect(signalOf("costCentreUnusual", withCounts({ "4200": 8, "4300": 2 })).fired).toBe(false);
  });

  it("lineItemsUnusual fires for a price outside the range seen and for a new item where items come back", () => {
    const item = (min: number, max: number) => ({ count: 4, minUnitPriceMinor: min, maxUnitPriceMinor: max });
    const profile = {
      ibans: [],
      layouts: [],
      costCentres: {},
      items: { "EUR poster": item(90_000, 100_000), "EUR flyer": item(20_000, 25_000) },
      invoices: 4,
    };
    const judged = (lines: ReturnType<typeof aLine>[]) =>
      signalOf("lineItemsUnusual", { extraction: { lines }, history: { earlier: [], profile } });
    expect(judged([aLine("1000.00"), aLine("245.72", "Flyer")]).fired).toBe(false);
    expect(judged([aLine("1300.00")]).observed).toBe(
      '"Poster" costs 1 300.00 EUR each, before 900.00 EUR to 1 000.00 EUR.',
    );
    expect(judged([aLine("10.00", "Gift card")]).observed).toBe('"Gift card" was never bought here.');
    expect(signalOf("lineItemsUnusual").fired).toBeNull();
  });

  it("pageContradictsXml names both values", () => {
    const contradictions = [{ field: "gross", page: "1482.40", xml: "1842.40" } as const];
    expect(signalOf("pageContradictsXml", { extraction: { contradictions } })).toMatchObject({
      fired: true,
      observed: 'The gross amount is "1482.40" on the page and "1842.40" in the embedded e-invoice.',
      fields: ["gross"],
    });
  });

  it("severalDocuments passes on what the extraction saw", () => {
    expect(signalOf("severalDocuments", { extraction: { severalDocuments: true } }).fired).toBe(true);
  });
});
