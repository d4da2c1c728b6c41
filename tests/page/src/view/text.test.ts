import { describe, expect, it } from "vitest";
import { isDeceptive, visible } from "../../../../page/src/view/text.tsx";

describe("visible", () => {
  it("spells out marks that turn or hide text, and leaves all writing alone", () => {
    expect(visible("Muster \u202eGV")).toBe("Muster [U+202E]GV");
    expect(visible("a\u200bb\u0000c")).toBe("a[U+200B]b[U+0000]c");
    for (const text of ["Café Lumière", "Ærø & Søn", "株式会社", "שלום", "🧾 1\n2\t3"])
      expect(isDeceptive(text)).toBe(false);
  });
});
