import { describe, expect, it } from "vitest";
import { invoiceFields } from "../../../../shared/contracts/invoice.ts";
import { finding } from "../../../../shared/contracts/proposal.ts";
import { readEmbeddedInvoice } from "../../../../shared/documents/embedded-invoice/read-embedded-invoice.ts";
import { facturX, ubl, zugferd1 } from "./sample-xml.ts";

const read = (xml: string | Uint8Array) => readEmbeddedInvoice(typeof xml === "string" ? Buffer.from(xml) : xml);
const valuesOf = (xml: string) => Object.fromEntries(read(xml).findings.map(({ field, value }) => [field, value]));
const refusal = (xml: string | Uint8Array) => {
  try {
    read(xml);
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
};

describe("readEmbeddedInvoice", () => {
  it.each([
    ["Factur-X", facturX(), "cii"],
    ["ZUGFeRD 1", zugferd1(), "cii"],
    ["UBL", ubl(), "ubl"],
  ])("reads every field of %s, canonical", (_, xml, syntax) => {
    expect(read(xml)).toMatchObject({ syntax, typeCode: "380", dueAmount: "69.00" });
    expect(valuesOf(xml)).toEqual({
      supplier: "Papier Müller GmbH",
      buyer: "Kunde AG",
      number: "RE-2026-17",
      issueDate: "2026-03-05",
      dueDate: "2026-04-04",
      currency: "EUR",
      net: "100.00",
      tax: "19.00",
      gross: "119.00",
      taxId: "DE123456789",
      iban: "DE02120300000000202051",
      orderReference: "PO-77",
      costCentre: "KST-4",
    });
    expect(read(xml).lines.map(({ cells }) => cells)).toEqual([
      { description: "Paper & pens", quantity: "4", unitPrice: "25.00", amount: "100.00" },
    ]);
  });

  it("answers one finding of the contract for each field, null where the profile states nothing", () => {
    const { findings } = read(facturX(""));
    expect(findings.map(({ field }) => field)).toEqual([...invoiceFields]);
    for (const found of findings) expect(finding.parse(found)).toEqual(found);
    expect(findings.find(({ field }) => field === "gross")).toMatchObject({ value: null, confidence: 0 });
  });

  it("takes no date that does not exist", () => {
    expect(valuesOf(facturX().replace("20260305", "20260230")).issueDate).toBeNull();
  });

  it("reads the encoding that the declaration states", () => {
    const latin = Buffer.from(facturX().replace("UTF-8", "ISO-8859-1"), "latin1");
    expect(read(latin).findings[0]?.value).toBe("Papier Müller GmbH");
  });
});

describe("readEmbeddedInvoice refuses", () => {
  const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;">]><Invoice>&lol2;</Invoice>`;
  const external = `<!DOCTYPE Invoice [<!ENTITY file SYSTEM "file:///etc/passwd">]><Invoice><ID>&file;</ID></Invoice>`;

  it.each([
    ["a billion laughs", laughs],
    ["an external entity", external],
    ["a document type in another encoding", new Uint8Array([0xff, 0xfe, ...Buffer.from(external, "utf16le")])],
  ])("%s", (_, xml) => {
    expect(refusal(xml)).toBe("XmlHasEntitiesError");
  });

  it("more bytes or levels than the limit", () => {
    expect(refusal("<Invoice>".repeat(100) + "</Invoice>".repeat(100))).toBe("XmlTooLargeError");
    expect(() => readEmbeddedInvoice(Buffer.from(ubl()), 100)).toThrowError(/limit is 100/);
  });

  it("XML that is not well-formed, or claims an encoding nobody knows", () => {
    expect(refusal(ubl().slice(0, -20))).toBe("XmlUnreadableError");
    expect(refusal(ubl().replace("UTF-8", "ROT-13"))).toBe("XmlUnreadableError");
  });

  it("XML that is no invoice", () => {
    expect(refusal("<Order><ID>1</ID></Order>")).toBe("XmlNotAnInvoiceError");
  });
});
