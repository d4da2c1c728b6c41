import { describe, expect, it } from "vitest";
import { mustSkipBrowserTests } from "../chromium.ts";
import {
  elbeId,
  eventually,
  field,
  focused,
  heading,
  ostravaId,
  patience,
  useReviewPage,
} from "../fake/review-page.ts";
import { sampleReviewId } from "../fake/sample-cases.ts";

describe.skipIf(mustSkipBrowserTests())("the review page in Chromium", () => {
  const { enter, enterAndOpen, recorded, stack } = useReviewPage();

  describe("deciding by keyboard alone", () => {
    it("corrects one, approves one, rejects one and escalates one", async () => {
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      await page.keyboard.press("j"); // Brandt, the overdue one
      await page.keyboard.press("j"); // Elbe
      await eventually(() => heading(page).textContent()).toBe("Elbe Papier AG");
      await page.locator("#field-gross").waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("field-gross");
      await page.keyboard.press("Alt+s");
      await page.keyboard.press("Enter");
      expect(await focused(page)).toBe("field-supplier");
      await page.getByText("Gross 1 842.40 → 1 482.40").waitFor();
      await page.keyboard.press("Control+Enter");

      await eventually(() => heading(page).textContent()).toBe("Ostrava Steel s.r.o.");
      await page.locator("#field-number").waitFor();
      await page.keyboard.press("Control+Enter");

      await eventually(() => heading(page).textContent()).toBe("Northwind Traders");
      await page.locator("#field-gross").waitFor();
      await page.keyboard.press("r");
      await page.keyboard.type("Paid twelve days ago.");
      await page.keyboard.press("Control+Enter");

      await eventually(() => heading(page).textContent()).toBe("Café Lumière");
      await page.locator("#field-gross").waitFor();
      await page.keyboard.press("e");
      await page.keyboard.type("Is the date on the back?");
      await page.keyboard.press("Control+Enter");

      // An answer given before its claim arrived goes out a moment later, so the order is the network's.
      const answers = (await recorded(4)).sort((one, other) => one.reviewId.localeCompare(other.reviewId));
      expect(answers).toEqual([
        { reviewId: elbeId, decision: { action: "correct", fields: { gross: "1482.40" } } },
        { reviewId: ostravaId, decision: { action: "approve" } },
        { reviewId: sampleReviewId(3), decision: { action: "reject", note: "Paid twelve days ago." } },
        { reviewId: sampleReviewId(4), decision: { action: "escalate", note: "Is the date on the back?" } },
      ]);
      expect(new Set(stack().api.recorded.map(({ key }) => key)).size).toBe(4);
      expect(stack().api.review(sampleReviewId(0)).claim).toBeNull(); // leafed over, not kept
    });

    it("never decides by the key that keeps a field", async () => {
      const page = await enterAndOpen(elbeId);
      await page.locator("#field-gross").focus();
      for (let press = 0; press < 40; press++) await page.keyboard.press("Enter");
      expect(await page.locator(".notice-card").count()).toBe(0);
      expect(await page.locator(".kept").count()).toBe(13);
      expect(await page.evaluate(() => document.activeElement?.className)).toBe("decision");
    });

    it("takes an answer back, with everything that was typed", async () => {
      const page = await enterAndOpen(elbeId);
      await field(page, "costCentre").fill("4712");
      await page.keyboard.press("Control+Enter");
      await eventually(() => heading(page).textContent()).toBe("Ostrava Steel s.r.o.");
      await page.getByText(/sent in \d s/).waitFor();
      await page.keyboard.press("z");
      await eventually(() => heading(page).textContent()).toBe("Elbe Papier AG");
      await eventually(() => field(page, "costCentre").inputValue()).toBe("4712");
      await page.waitForTimeout(5_500); // longer than an answer is held
      expect(stack().api.recorded).toEqual([]);
    });

    it("sends a held answer when the page is closed", async () => {
      const page = await enterAndOpen(elbeId);
      await page.keyboard.press("Control+Enter");
      await page.locator(".notice-card.held").waitFor();
      await page.goto("about:blank");
      expect(await recorded(1)).toEqual([{ reviewId: elbeId, decision: { action: "approve" } }]);
    });

    it("shows the keys on ? and gives the focus back", async () => {
      const page = await enterAndOpen(elbeId);
      await page.keyboard.press("?");
      await page.getByRole("dialog").getByText("Keep the field and move on").waitFor();
      await page.keyboard.press("Escape");
      expect(await page.getByRole("dialog").count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    });
  });
  describe("values", () => {
    it("says at the field what is wrong and sends nothing until it is mended", async () => {
      const page = await enterAndOpen(elbeId);
      await field(page, "iban").fill("DE02 1203 0000 0000 2020 52");
      await field(page, "issueDate").fill("31.02.2026");
      await page.keyboard.press("Control+Enter");
      await page.locator("#below-iban").getByText("IBAN has a wrong digit").waitFor();
      await page.locator("#below-issueDate").getByText("Issued is a day that does not exist").waitFor();
      expect(await focused(page)).toBe("field-issueDate");
      expect(await page.locator(".notice-card").count()).toBe(0);
    });

    it("takes a comma and adds and removes lines", async () => {
      const page = await enterAndOpen(elbeId);
      await field(page, "gross").fill("1.482,40");
      await page.getByRole("button", { name: "Remove line 2" }).click();
      await page.getByRole("button", { name: "Add a line" }).click();
      await page.keyboard.type("Palette");
      await page.getByLabel("Amount, line 3").fill("497,50");
      await page.keyboard.press("Control+Enter");
      const [answer] = await recorded(1);
      expect(answer?.decision).toEqual({
        action: "correct",
        fields: { gross: "1482.40" },
        lines: [
          { description: "Offsetpapier 90 g, 70×100", quantity: "40", unitPrice: "18.20", amount: "728.00" },
          { description: "Lieferung", quantity: "1", unitPrice: "20.22", amount: "20.22" },
          { description: "Palette", quantity: null, unitPrice: null, amount: "497.50" },
        ],
      });
    });

    it("shows the server's judgement at the field it is about", async () => {
      stack().api.fail("/decision", "value-invalid", {
        detail: "A value is not what its field takes.",
        errors: [{ pointer: "/fields/taxId", detail: "This VAT id is not registered." }],
      });
      const page = await enterAndOpen(elbeId);
      await field(page, "taxId").fill("DE999999999");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("button", { name: "Open", exact: true }).click(patience);
      await page.locator("#below-taxId").getByText("This VAT id is not registered.").waitFor();
      expect(await field(page, "taxId").inputValue()).toBe("DE999999999");
    });

    it("lights the evidence of the field in focus and goes from a box to its field", async () => {
      const page = await enterAndOpen(elbeId);
      await page.locator("#field-iban").focus();
      await eventually(() => page.locator("[data-lit]").getAttribute("aria-label")).toBe("IBAN: go to its field");
      await page.getByRole("button", { name: "Number: go to its field" }).click();
      expect(await focused(page)).toBe("field-number");
      const box = await page.locator("[data-lit]").evaluate((element) => element.getBoundingClientRect().width);
      expect(box).toBeGreaterThan(20);
    });

    it("turns pages and changes the size by keys", async () => {
      const page = await enterAndOpen(elbeId);
      await page.keyboard.press("]");
      await page.getByText("Page 2 of 2").waitFor();
      await page.keyboard.press("+");
      await page.getByText("125 %").waitFor();
    });
  });
});
