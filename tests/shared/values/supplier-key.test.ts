import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { supplierKey } from "../../../shared/values/supplier-key.ts";

describe("supplierKey", () => {
  it.each([
    ["Müller & Söhne GmbH & Co. KG", "MULLER UND SOHNE"],
    ["Officine Calvessi S.r.l.", "Officine Calvessi srl"],
    ["Cartonajes Riojal, S.L.", "CARTONAJES RIOJAL SL"],
    ["Ateliers Varenne S.à r.l.", "Ateliers Varenne SARL"],
    ["Windmolenzicht Techniek B.V.", "windmolenzicht-techniek bv"],
    ["O’Brien Ltd.", "O'Brien Limited"],
    ["Straße 9 AG", "Strasse 9"],
  ])("sees one supplier in %j and %j", (first, second) => {
    expect(supplierKey(first)).toBe(supplierKey(second));
  });

  it.each([
    ["Nordlicht Druck GmbH", "Nordlicht Verlag GmbH"],
    ["A. Meyer", "B. Meyer"],
  ])("keeps %j and %j apart", (first, second) => {
    expect(supplierKey(first)).not.toBe(supplierKey(second));
  });

  it("keeps a name that consists of legal forms", () => {
    expect(supplierKey("AG Co. KG")).not.toBe("");
  });

  it("is its own key, without case, spaces at the ends and bidi marks", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const key = supplierKey(name);
        expect(key).toBe(key.trim());
        expect(key).not.toMatch(/[\p{Lu}\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});
