import { describe, expect, it } from "vitest";
import { mustSkipBrowserTests } from "../chromium.ts";
import { elbeId, eventually, field, focused, heading, patience, useReviewPage } from "../fake/review-page.ts";
import { sampleCase, sampleReviewId } from "../fake/sample-cases.ts";
import { elbe, hostile, hostileText } from "../fake/sample-queue.ts";

describe.skipIf(mustSkipBrowserTests())("the review page in Chromium", () => {
  const { enter, enterAndOpen, recorded, stack } = useReviewPage();

  describe("others at work", () => {
    it("lets a case be read that somebody else claimed, and says who", async () => {
      stack().api.claimAs(elbeId, "person-2");
      const page = await enter();
      await page.getByText("Claimed by Sam Oakes").waitFor();
      await page.locator(`[data-review="${elbeId}"]`).click();
      await page.getByText(/Sam Oakes is working on this until/).waitFor();
      expect(await field(page, "gross").getAttribute("readonly")).not.toBeNull();
      expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
    });

    it("says who decided first, and when", async () => {
      const page = await enterAndOpen(elbeId);
      stack().api.decideAs(elbeId, "person-2", { action: "reject", note: "Not ours." });
      await page.keyboard.press("Control+Enter");
      await page.getByText("Not recorded · Elbe Papier AG").waitFor(patience);
      await page.getByRole("button", { name: "Open", exact: true }).click();
      await page.getByText(/Rejected by Sam Oakes \(reviewer\), \d\d:\d\d\. “Not ours.”/).waitFor();
      expect(await page.getByText("Not recorded · Elbe Papier AG").count()).toBe(0); // it stands at the head of the case
      expect(stack().api.recorded).toEqual([]);
    });

    it("notices by itself that the open case went on to the next role", async () => {
      const page = await enterAndOpen(elbeId);
      stack().api.review(elbeId).status = "expired";
      await page.getByText("this review went on from the reviewer to the next role").waitFor(patience);
    });

    it("shows new work without moving the focus, and says so aloud", async () => {
      const page = await enterAndOpen(elbeId);
      await page.locator("#field-net").focus();
      stack().api.add(sampleCase({ ...elbe, at: 12, supplier: "Late Arrivals OHG", dueInMinutes: 50 }, Date.now()));
      await page
        .getByRole("status")
        .getByText("New case: Late Arrivals OHG, due in 49 min")
        .waitFor({ ...patience, state: "attached" });
      await page.getByRole("link", { name: "new Late Arrivals OHG" }).waitFor();
      expect(await focused(page)).toBe("field-net");
    });

    it("claims again by itself when the claim ran out before the answer was sent", async () => {
      const page = await enterAndOpen(elbeId);
      await page.keyboard.press("Control+Enter");
      stack().api.review(elbeId).claim = null;
      expect(await recorded(1)).toEqual([{ reviewId: elbeId, decision: { action: "approve" } }]);
    });
  });
  describe("trouble", () => {
    it("tries a decision again under the same key when no answer came", async () => {
      stack().api.down = "/decision";
      const page = await enterAndOpen(elbeId);
      await page.keyboard.press("Control+Enter");
      await page.getByText("Not sent yet · Elbe Papier AG").waitFor(patience);
      stack().api.down = null;
      await page.getByRole("button", { name: "Retry now" }).click();
      await recorded(1);
      const keys = stack()
        .api.requests.filter(({ path }) => path.endsWith("/decision"))
        .map(({ key }) => key);
      expect(keys.length).toBeGreaterThan(1);
      expect(new Set(keys).size).toBe(1);
    });

    it("says that the connection is gone, and goes on when it is back", async () => {
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      stack().api.down = "/api/reviews";
      await page.getByText("No connection to the server.").waitFor(patience);
      stack().api.down = null;
      await page.getByRole("button", { name: "Retry" }).click();
      await eventually(() => page.getByText("No connection to the server.").count()).toBe(0);
    });

    it("shows hostile text as text, and runs none of it", async () => {
      stack().api.add(sampleCase(hostile, Date.now()));
      const page = await enterAndOpen(sampleReviewId(hostile.at));
      expect(await heading(page).textContent()).toBe(hostileText.supplier);
      await page.getByText(hostileText.note).first().waitFor();
      await page.getByText("Holds invisible marks: Muster [U+202E]GV galreV").waitFor();
      expect(await page.title()).toBe("Signoff");
      expect(await page.locator("#page script, #page img:not([alt^='Page']), #page svg").count()).toBe(0);
    });
  });
});
