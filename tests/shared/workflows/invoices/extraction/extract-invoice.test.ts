import { describe, expect, it } from "vitest";
import type { PageText } from "../../../../../shared/contracts/document.ts";
import { type InvoiceField, invoiceFields } from "../../../../../shared/contracts/invoice.ts";
import { finding, line } from "../../../../../shared/contracts/proposal.ts";
import { readEmbeddedInvoice } from "../../../../../shared/documents/embedded-invoice/read-embedded-invoice.ts";
import { extractInvoice } from "../../../../../shared/workflows/invoices/extraction/extract-invoice.ts";
import { facturX } from "../../../documents/embedded-invoice/sample-xml.ts";
import { anInvoice, aPage } from "./page-builder.ts";

const extract = (...pages: PageText[]) => extractInvoice({ pages, embedded: null });
const valuesOf = ({ findings }: ReturnType<typeof extractInvoice>) =>
  Object.fromEntries(findings.map(({ field, value }) => [field, value]));
const of = (extracted: ReturnType<typeof extractInvoice>, field: InvoiceField) => {
  const found = extracted.findings.find((candidate) => candidate.field === field);
  if (found === undefined) throw new Error(`no finding for ${field}`);
  return found;
};

describe("extractInvoice", () => {
  it("finds every field of an ordinary invoice, with evidence", () => {
    const extracted = extract(anInvoice());
    expect(valuesOf(extracted)).toEqual({
      supplier: "Northwind Traders Ltd",
      buyer: "Contoso GmbH",
      number: "INV-2026-0815",
      issueDate: "2026-03-14",
      dueDate: "2026-04-13",
      currency: "GBP",
      net: "1200.00",
      tax: "240.00",
      gross: "1440.00",
      taxId: "GB123456789",
      iban: "GB29NWBK60161331926819",
      orderReference: "PO-5533",
      costCentre: "4711",
    });
    expect(extracted.language).toBe("en");
    expect(of(extracted, "gross").evidence[0]).toMatchObject({ page: 1, text: "1,440.00" });
    for (const { confidence, evidence } of extracted.findings) {
      expect(confidence).toBeLessThan(1);
      expect(evidence.length).toBeGreaterThan(0);
    }
  });

  it("finds the line items, cells apart", () => {
    expect(extract(anInvoice()).lines.map(({ cells }) => cells)).toEqual([
      { description: "Consulting", quantity: "10", unitPrice: "100.00", amount: "1000.00" },
      { description: "Travel", quantity: "1", unitPrice: "200.00", amount: "200.00" },
    ]);
  });

  it("answers the contract's shape, one finding a field, for pages with nothing on them", () => {
    for (const pages of [[], [aPage([])], [anInvoice()]]) {
      const { findings, lines } = extractInvoice({ pages, embedded: null });
      expect(findings.map(({ field }) => field)).toEqual([...invoiceFields]);
      for (const found of findings) expect(finding.parse(found)).toEqual(found);
      for (const row of lines) expect(line.parse(row)).toEqual(row);
    }
  });

  it.each([
    [
      "de",
      "Rechnungsnummer:",
      "Rechnungsdatum:",
      "14.03.2026",
      "Fällig am:",
      "13.04.2026",
      "Nettobetrag",
      "1.200,00 €",
      "MwSt. 19 %",
      "228,00 €",
      "Gesamtbetrag",
      "1.428,00 €",
    ],
    [
      "fr",
      "Facture n°",
      "Date de facture :",
      "14/03/2026",
      "Échéance :",
      "13/04/2026",
      "Total HT",
      "1 200,00 €",
      "TVA 19 %",
      "228,00 €",
      "Total TTC",
      "1 428,00 €",
    ],
    [
      "es",
      "Factura nº",
      "Fecha de factura:",
      "14/03/2026",
      "Vencimiento:",
      "13/04/2026",
      "Base imponible",
      "1.200,00 €",
      "IVA 19 %",
      "228,00 €",
      "Total factura",
      "1.428,00 €",
    ],
    [
      "it",
      "Fattura n.",
      "Data fattura:",
      "14/03/2026",
      "Scadenza:",
      "13/04/2026",
      "Imponibile",
      "1.200,00 €",
      "IVA 19 %",
      "228,00 €",
      "Totale fattura",
      "1.428,00 €",
    ],
    [
      "nl",
      "Factuurnummer:",
      "Factuurdatum:",
      "14-03-2026",
      "Vervaldatum:",
      "13-04-2026",
      "Totaal excl. BTW",
      "€ 1.200,00",
      "BTW 19%",
      "€ 228,00",
      "Totaal incl. BTW",
      "€ 1.428,00",
    ],
    [
      "pt",
      "Fatura nº",
      "Data da fatura:",
      "14/03/2026",
      "Vencimento:",
      "13/04/2026",
      "Total sem IVA",
      "1.200,00 €",
      "IVA 19 %",
      "228,00 €",
      "Total a pagar",
      "1.428,00 €",
    ],
  ])(
    "reads labels and spellings in %s",
    (_, number, issued, issueDate, due, dueDate, net, netAmount, tax, taxAmount, gross, grossAmount) => {
      const row = (label: string, value: string) =>
        [
          ["left", label],
          ["right", value],
        ] as const;
      const extracted = extract(
        aPage([
          row(number, "2026-0042"),
          row(issued, issueDate),
          row(due, dueDate),
          null,
          row(net, netAmount),
          row(tax, taxAmount),
          row(gross, grossAmount),
        ]),
      );
      expect(valuesOf(extracted)).toMatchObject({
        number: "2026-0042",
        issueDate: "2026-03-14",
        dueDate: "2026-04-13",
        currency: "EUR",
        net: "1200.00",
        tax: "228.00",
        gross: "1428.00",
      });
    },
  );

  it("is surer of totals that add up than of totals that do not, and suggests what would", () => {
    const right = of(extract(anInvoice()), "gross");
    const wrong = of(extract(anInvoice({ gross: "1,404.00" })), "gross");
    expect(right.confidence).toBeGreaterThan(0.9);
    expect(wrong.confidence).toBeLessThan(0.6);
    expect(wrong).toMatchObject({ value: "1404.00", suggestion: { value: "1440.00" } });
  });

  it("is less sure of what was read badly", () => {
    const rows = [[["left", "Invoice number: A-1234"]], [["left", "Total amount: 20.00"]]] as const;
    const clear = extract(aPage(rows));
    const blurred = extract(aPage(rows, { source: "text-detection", confidence: 0.3 }));
    for (const field of ["number", "gross"] as const) {
      expect(of(blurred, field).value).toBe(of(clear, field).value);
      expect(of(blurred, field).confidence).toBeLessThan(of(clear, field).confidence ?? 0);
      expect(of(blurred, field).source).toBe("text-detection");
    }
  });

  it("takes the total of a receipt, not the cash that was handed over", () => {
    const receipt = aPage([
      [["left", "CORNER CAFE SDN BHD"]],
      [
        ["left", "2 Coffee"],
        ["right", "9.98"],
      ],
      [
        ["left", "Total"],
        ["right", "9.98"],
      ],
      [
        ["left", "Rounding"],
        ["right", "0.02"],
      ],
      [
        ["left", "Rounded total"],
        ["right", "10.00"],
      ],
      [
        ["left", "Cash"],
        ["right", "50.00"],
      ],
      [
        ["left", "Change"],
        ["right", "40.00"],
      ],
    ]);
    const extracted = extract(receipt);
    expect(of(extracted, "gross").value).toBe("10.00");
    expect(of(extracted, "supplier").value).toBe("CORNER CAFE SDN BHD");
  });

  it("takes the rounded total that tax and rounding lead to, not the total before tax", () => {
    const extracted = extract(
      aPage([
        [
          ["left", "Total amount"],
          ["right", "155.50"],
        ],
        [
          ["left", "GST 6%"],
          ["right", "9.31"],
        ],
        [
          ["left", "Rounding adj"],
          ["right", "-0.01"],
        ],
        [
          ["left", "Total amount"],
          ["right", "164.80"],
        ],
      ]),
    );
    expect(valuesOf(extracted)).toMatchObject({ net: "155.50", tax: "9.31", gross: "164.80" });
  });

  it("ends the line items where another table begins", () => {
    const extracted = extract(
      aPage([
        [
          ["left", "Description"],
          ["middle", "Quantity"],
          ["right", "Unit price"],
          ["far", "Amount"],
        ],
        [
          ["left", "1 Paper, white"],
          ["middle", "2"],
          ["right", "5.00"],
          ["far", "10.00"],
        ],
        [
          ["left", "Tax kind"],
          ["middle", "Basis"],
          ["right", "Rate"],
          ["far", "Tax amount"],
        ],
        [
          ["left", "Standard"],
          ["middle", "10.00"],
          ["right", "20"],
          ["far", "2.00"],
        ],
      ]),
    );
    expect(extracted.lines.map(({ cells }) => cells)).toEqual([
      { description: "Paper, white", quantity: "2", unitPrice: "5.00", amount: "10.00" },
    ]);
  });

  it("suggests the due date that the payment terms imply", () => {
    const extracted = extract(
      aPage([[["left", "Invoice date: 14 March 2026"]], [["left", "Payment terms: 30 days net"]]]),
    );
    expect(of(extracted, "dueDate")).toMatchObject({ value: null, suggestion: { value: "2026-04-13" } });
  });

  it("keeps an account number with wrong check digits at a low confidence and suggests the right one", () => {
    const extracted = extract(aPage([[["left", "IBAN: DE02 1203 0000 0000 2025 01"]]]));
    expect(of(extracted, "iban")).toMatchObject({
      value: "DE02120300000000202501",
      suggestion: { value: "DE02120300000000202051" },
    });
    expect(of(extracted, "iban").confidence).toBeLessThanOrEqual(0.3);
  });

  it("takes no tax number for the supplier's that the page calls the customer's", () => {
    expect(of(extract(aPage([[["left", "Uw BTW nummer: NL810433941B01"]]])), "taxId").value).toBeNull();
  });

  it("sees a second invoice in the same file", () => {
    expect(extract(anInvoice(), anInvoice({ page: 2 })).severalDocuments).toBe(false);
    expect(extract(anInvoice(), anInvoice({ page: 2, number: "INV-2026-0900" })).severalDocuments).toBe(true);
  });
});

describe("the layout's fingerprint", () => {
  it("is the same for another invoice of the template, with more lines", () => {
    const items = [1, 2, 3, 4, 5].map((rank) => [`Service ${rank}`, "1", "10.00", "10.00"] as const);
    const other = anInvoice({ number: "INV-1", items, net: "50.00", tax: "10.00", gross: "60.00" });
    expect(extract(other).layout).toBe(extract(anInvoice()).layout);
  });

  it("differs for another template", () => {
    const moved = {
      ...anInvoice(),
      words: anInvoice().words.map((word) => ({ ...word, box: { ...word.box, left: word.box.left * 0.8 + 0.1 } })),
    };
    expect(extract(moved).layout).not.toBe(extract(anInvoice()).layout);
  });
});

describe("extractInvoice with an embedded e-invoice", () => {
  const embedded = readEmbeddedInvoice(Buffer.from(facturX()));
  const page = (gross: string) =>
    aPage([
      [["left", "Papier Müller GmbH"]],
      [
        ["left", "Rechnungsnummer: RE-2026-17"],
        ["right", "Rechnungsdatum: 05.03.2026"],
      ],
      [
        ["left", "Nettobetrag"],
        ["right", "100,00 EUR"],
      ],
      [
        ["left", "MwSt. 19 %"],
        ["right", "19,00 EUR"],
      ],
      [
        ["left", "Gesamtbetrag"],
        ["right", `${gross} EUR`],
      ],
    ]);

  it("takes its values, and the page's places as evidence", () => {
    const extracted = extractInvoice({ pages: [page("119,00")], embedded });
    expect(of(extracted, "gross")).toMatchObject({
      value: "119.00",
      source: "embedded-xml",
      evidence: [{ page: 1, text: "119,00" }],
    });
    expect(of(extracted, "issueDate").evidence).toHaveLength(1);
    expect(of(extracted, "gross").confidence).toBeGreaterThan(of(extracted, "iban").confidence ?? 1);
    expect(extracted.contradictions).toEqual([]);
    expect(extracted.lines).toHaveLength(1);
    expect(extracted.producers.map(({ name }) => name)).toEqual(["invoice-extraction", "embedded-cii"]);
  });

  it("reports what the page says otherwise, and is no longer sure", () => {
    const extracted = extractInvoice({ pages: [page("1.190,00")], embedded });
    expect(extracted.contradictions).toEqual([{ field: "gross", page: "1190.00", xml: "119.00" }]);
    expect(of(extracted, "gross")).toMatchObject({ value: "119.00" });
    expect(of(extracted, "gross").confidence).toBeLessThan(0.5);
  });
});
