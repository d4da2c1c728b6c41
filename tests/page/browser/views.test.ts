import { describe, expect, it } from "vitest";
import { mustSkipBrowserTests } from "../chromium.ts";
import { elbeId, eventually, field, useReviewPage } from "../fake/review-page.ts";
import { visit } from "../fake/visit.ts";

describe.skipIf(mustSkipBrowserTests())("the review page in Chromium", () => {
  const { browser, enter, enterAndOpen, stack } = useReviewPage();

  describe("other views", () => {
    it("shows a decided case to read: outcome, what was changed, and by whom", async () => {
      stack().api.claimAs(elbeId, "person-2");
      stack().api.decideAs(elbeId, "person-2", {
        action: "correct",
        fields: { gross: "1482.40" },
        note: "As the lines say.",
      });
      const page = await enter();
      await page.getByRole("link", { name: "Decided" }).click();
      await page.getByText("Corrected by Sam Oakes").click();
      await page.getByText(/Corrected by Sam Oakes \(reviewer\), .*“As the lines say.”/).waitFor();
      expect(await field(page, "gross").inputValue()).toBe("1\u00a0482.40");
      await page.getByText("Dropped and registered").waitFor();
      expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
    });

    it("lets an owner replace a list, and names the rows that are wrong", async () => {
      stack().signIn.personId = "owner-1";
      const page = await enter();
      await page.getByRole("link", { name: "Lists" }).click();
      const vendors = page.getByRole("region", { name: "Vendors" });
      await vendors.getByText("Not uploaded yet").waitFor();
      const choose = (csv: string) =>
        vendors.locator("input").setInputFiles({ name: "vendors.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
      await choose("name,taxId,iban\nElbe,DE1\n");
      await vendors.getByText("Row 2 has 2 columns, not 3").waitFor();
      await choose("name,taxId,iban\nElbe,DE1,DE02120300000000202051\n");
      await vendors.getByText("1 row, since").waitFor();
    });

    it("shows no lists to a reviewer", async () => {
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      expect(await page.getByRole("link", { name: "Lists" }).count()).toBe(0);
    });

    it("says so when nothing waits", async () => {
      stack().api.cases.clear();
      const page = await enter();
      await page.getByRole("heading", { name: "All done" }).waitFor();
    });

    it("stands under a policy that refuses inline style and script, and would notice them", async () => {
      const watched = await visit(browser(), stack());
      await watched.page.evaluate(() => {
        const box = document.createElement("div");
        box.innerHTML = '<p style="color: red">x</p><img src="x" onerror="document.title = 1">';
        document.body.append(box);
      });
      await eventually(() => watched.complaints.join()).toMatch(/style-src.*script-src/s);
      expect(await watched.page.title()).toBe("Signoff");
      await watched.close();
    });

    it("follows the system into the dark", async () => {
      const page = await enterAndOpen(elbeId, { colorScheme: "dark" });
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(ground).toBe("rgb(20, 21, 23)");
    });

    it("fits 400 pixels: nothing is wider than the screen", async () => {
      const page = await enterAndOpen(elbeId, { viewport: { width: 400, height: 800 } });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
      await page.getByRole("button", { name: "Escalate" }).click();
      await page.getByLabel("What should the next person look at?").waitFor();
    });
  });
});
