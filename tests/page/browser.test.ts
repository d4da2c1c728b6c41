import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium, mustSkipBrowserTests } from "./chromium.ts";
import { sampleCase, sampleReviewId } from "./fake/sample-cases.ts";
import { elbe, hostile, hostileText } from "./fake/sample-queue.ts";
import { type Stack, startStack } from "./fake/stack.ts";
import { buildPage, type Visit, visit } from "./fake/visit.ts";

const elbeId = sampleReviewId(1);
const ostravaId = sampleReviewId(2);

describe.skipIf(mustSkipBrowserTests())("the review page in Chromium", () => {
  let browser: Browser;
  let stack: Stack;
  let tab: Visit | null = null;

  beforeAll(async () => {
    buildPage();
    browser = await launchChromium();
  });
  afterAll(async () => browser?.close());
  beforeEach(async () => {
    stack = await startStack();
  });
  afterEach(async () => {
    const complaints = tab?.complaints ?? [];
    await tab?.close();
    tab = null;
    await stack.close();
    expect(complaints).toEqual([]);
  });

  const enter = async (options: Parameters<typeof visit>[2] = {}): Promise<Page> => {
    tab = await visit(browser, stack, options);
    return tab.page;
  };
  const heading = (page: Page) => page.locator(".case h1");
  const field = (page: Page, name: string) => page.locator(`#field-${name}`);
  /** A case is open and claimed. */
  const openCase = async (page: Page, reviewId: string) => {
    await page.locator(`[data-review="${reviewId}"]`).click();
    await page.locator(".fields input").first().waitFor();
    await expect.poll(() => stack.api.review(reviewId).claim?.by).toBe(stack.signIn.personId);
  };
  const enterAndOpen = async (reviewId: string, options: Parameters<typeof visit>[2] = {}) => {
    const page = await enter(options);
    await openCase(page, reviewId);
    return page;
  };
  /** What was recorded once the answer could no longer be taken back. */
  const recorded = async (count: number) => {
    await expect.poll(() => stack.api.recorded.length, { timeout: 12_000 }).toBe(count);
    return stack.api.recorded.map(({ reviewId, decision }) => ({ reviewId, decision }));
  };

  describe("signing in", () => {
    it("runs the authorization-code flow with PKCE and keeps no token in storage", async () => {
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      const [asked] = stack.signIn.seen.authorizations;
      expect(asked?.searchParams.get("code_challenge_method")).toBe("S256");
      expect(asked?.searchParams.get("redirect_uri")).toBe(`${stack.page.origin}/`);
      expect(new URL(page.url()).search).toBe("");
      const stored = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
      expect(stored).toBe('{"signoff.signed-in":"yes"}');
    });

    it("refuses a callback whose state it did not send", async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(`${stack.page.origin}/?code=stolen&state=guessed`);
      await page.getByRole("alert").filter({ hasText: "Sign in again" }).waitFor();
      expect(stack.api.requests).toEqual([]);
      await context.close();
    });

    it("says that the sign-in server refused, and does not try again by itself", async () => {
      stack.signIn.refusal = "access_denied";
      const page = await enter();
      await page.getByText("Sign-in was refused: access_denied").waitFor();
      expect(stack.signIn.seen.authorizations).toHaveLength(1);
    });

    it("renews a token that ends soon without a word", async () => {
      stack.signIn.lifetimeSeconds = 30;
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      await expect.poll(() => stack.signIn.seen.refreshes).toBeGreaterThan(0);
      expect(stack.signIn.seen.authorizations).toHaveLength(1);
    });

    it("keeps what was typed when the sign-in ends and is renewed by hand", async () => {
      const page = await enterAndOpen(elbeId);
      await field(page, "costCentre").fill("4712 Distribution");
      stack.signIn.revokeAll();
      await page.getByRole("button", { name: "Sign in again" }).click();
      await expect.poll(() => field(page, "costCentre").inputValue()).toBe("4712 Distribution");
      expect(await heading(page).textContent()).toBe("Elbe Papier AG");
      await expect.poll(() => page.evaluate(() => sessionStorage.getItem("signoff.work"))).toBeNull();
    });

    it("signs out at the sign-in server and does not come back in by itself", async () => {
      const page = await enter();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      expect(stack.signIn.seen.logouts).toBe(1);
    });

    it("tells somebody without a membership so in a sentence", async () => {
      stack.signIn.personId = "stranger-1";
      const page = await enter();
      await page.getByText("but you have no part in any workflow yet").waitFor();
    });
  });

  describe("deciding by keyboard alone", () => {
    it("corrects one, approves one, rejects one and escalates one", async () => {
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      await page.keyboard.press("j"); // Brandt, the overdue one
      await page.keyboard.press("j"); // Elbe
      await expect.poll(() => heading(page).textContent()).toBe("Elbe Papier AG");
      await page.locator("#field-gross").waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-gross");
      await page.keyboard.press("Alt+s");
      await page.keyboard.press("Enter");
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-supplier");
      await page.getByText("Gross 1 842.40 → 1 482.40").waitFor();
      await page.keyboard.press("Control+Enter");

      await expect.poll(() => heading(page).textContent()).toBe("Ostrava Steel s.r.o.");
      await page.locator("#field-number").waitFor();
      await page.keyboard.press("Control+Enter");

      await expect.poll(() => heading(page).textContent()).toBe("Northwind Traders");
      await page.locator("#field-gross").waitFor();
      await page.keyboard.press("r");
      await page.keyboard.type("Paid twelve days ago.");
      await page.keyboard.press("Control+Enter");

      await expect.poll(() => heading(page).textContent()).toBe("Café Lumière");
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
      expect(new Set(stack.api.recorded.map(({ key }) => key)).size).toBe(4);
      expect(stack.api.review(sampleReviewId(0)).claim).toBeNull(); // leafed over, not kept
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
      await expect.poll(() => heading(page).textContent()).toBe("Ostrava Steel s.r.o.");
      await page.getByText(/sent in \d s/).waitFor();
      await page.keyboard.press("z");
      await expect.poll(() => heading(page).textContent()).toBe("Elbe Papier AG");
      await expect.poll(() => field(page, "costCentre").inputValue()).toBe("4712");
      await page.waitForTimeout(5_500); // longer than an answer is held
      expect(stack.api.recorded).toEqual([]);
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
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-issueDate");
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
      stack.api.fail("/decision", "value-invalid", {
        detail: "A value is not what its field takes.",
        errors: [{ pointer: "/fields/taxId", detail: "This VAT id is not registered." }],
      });
      const page = await enterAndOpen(elbeId);
      await field(page, "taxId").fill("DE999999999");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("button", { name: "Open", exact: true }).click({ timeout: 12_000 });
      await page.locator("#below-taxId").getByText("This VAT id is not registered.").waitFor();
      expect(await field(page, "taxId").inputValue()).toBe("DE999999999");
    });

    it("lights the evidence of the field in focus and goes from a box to its field", async () => {
      const page = await enterAndOpen(elbeId);
      await page.locator("#field-iban").focus();
      await expect.poll(() => page.locator("[data-lit]").getAttribute("aria-label")).toBe("IBAN: go to its field");
      await page.getByRole("button", { name: "Number: go to its field" }).click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-number");
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

  describe("others at work", () => {
    it("lets a case be read that somebody else claimed, and says who", async () => {
      stack.api.claimAs(elbeId, "person-2");
      const page = await enter();
      await page.getByText("Claimed by Sam Oakes").waitFor();
      await page.locator(`[data-review="${elbeId}"]`).click();
      await page.getByText(/Sam Oakes is working on this until/).waitFor();
      expect(await field(page, "gross").getAttribute("readonly")).not.toBeNull();
      expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
    });

    it("says who decided first, and when", async () => {
      const page = await enterAndOpen(elbeId);
      stack.api.decideAs(elbeId, "person-2", { action: "reject", note: "Not ours." });
      await page.keyboard.press("Control+Enter");
      await page.getByText("Not recorded · Elbe Papier AG").waitFor({ timeout: 12_000 });
      await page.getByRole("button", { name: "Open", exact: true }).click();
      await page.getByText(/Rejected by Sam Oakes \(reviewer\), \d\d:\d\d\. “Not ours.”/).waitFor();
      expect(stack.api.recorded).toEqual([]);
    });

    it("notices by itself that the open case went on to the next role", async () => {
      const page = await enterAndOpen(elbeId);
      stack.api.review(elbeId).status = "expired";
      await page.getByText("this review went on from the reviewer to the next role").waitFor({ timeout: 12_000 });
    });

    it("shows new work without moving the focus, and says so aloud", async () => {
      const page = await enterAndOpen(elbeId);
      await page.locator("#field-net").focus();
      stack.api.add(sampleCase({ ...elbe, at: 12, supplier: "Late Arrivals OHG", dueInMinutes: 50 }, Date.now()));
      await page
        .getByRole("status")
        .getByText("New case: Late Arrivals OHG, due in 49 min")
        .waitFor({ timeout: 12_000, state: "attached" });
      await page.getByRole("link", { name: "new Late Arrivals OHG" }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe("field-net");
    });

    it("claims again by itself when the claim ran out before the answer was sent", async () => {
      const page = await enterAndOpen(elbeId);
      await page.keyboard.press("Control+Enter");
      stack.api.review(elbeId).claim = null;
      expect(await recorded(1)).toEqual([{ reviewId: elbeId, decision: { action: "approve" } }]);
    });
  });

  describe("trouble", () => {
    it("tries a decision again under the same key when no answer came", async () => {
      stack.api.down = "/decision";
      const page = await enterAndOpen(elbeId);
      await page.keyboard.press("Control+Enter");
      await page.getByText("Not sent yet · Elbe Papier AG").waitFor({ timeout: 12_000 });
      stack.api.down = null;
      await page.getByRole("button", { name: "Retry now" }).click();
      await recorded(1);
      const keys = stack.api.requests.filter(({ path }) => path.endsWith("/decision")).map(({ key }) => key);
      expect(keys.length).toBeGreaterThan(1);
      expect(new Set(keys).size).toBe(1);
    });

    it("says that the connection is gone, and goes on when it is back", async () => {
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      stack.api.down = "/api/reviews";
      await page.getByText("No connection to the server.").waitFor({ timeout: 12_000 });
      stack.api.down = null;
      await page.getByRole("button", { name: "Retry" }).click();
      await expect.poll(() => page.getByText("No connection to the server.").count()).toBe(0);
    });

    it("shows hostile text as text, and runs none of it", async () => {
      stack.api.add(sampleCase(hostile, Date.now()));
      const page = await enterAndOpen(sampleReviewId(hostile.at));
      expect(await heading(page).textContent()).toBe(hostileText.supplier);
      await page.getByText(hostileText.note).first().waitFor();
      await page.getByText("Holds invisible marks: Muster [U+202E]GV galreV").waitFor();
      expect(await page.title()).toBe("Signoff");
      expect(await page.locator("#page script, #page img:not([alt^='Page']), #page svg").count()).toBe(0);
    });
  });

  describe("other views", () => {
    it("shows a decided case to read: outcome, what was changed, and by whom", async () => {
      stack.api.claimAs(elbeId, "person-2");
      stack.api.decideAs(elbeId, "person-2", {
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
      stack.signIn.personId = "owner-1";
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
      stack.api.cases.clear();
      const page = await enter();
      await page.getByRole("heading", { name: "All done" }).waitFor();
    });

    it("follows the system into the dark", async () => {
      const page = await enterAndOpen(elbeId, { colorScheme: "dark" });
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(ground).toBe("rgb(20, 21, 23)");
    });

    it("fits 400 pixels: nothing is wider than the screen", async () => {
      const page = await enter({ viewport: { width: 400, height: 800 } });
      await openCase(page, elbeId);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
      await page.getByRole("button", { name: "Escalate" }).click();
      await page.getByLabel("What should the next person look at?").waitFor();
    });
  });
});
