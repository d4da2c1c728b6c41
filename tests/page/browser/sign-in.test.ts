import { describe, expect, it } from "vitest";
import { mustSkipBrowserTests } from "../chromium.ts";
import { elbeId, eventually, field, heading, patience, useReviewPage } from "../fake/review-page.ts";

describe.skipIf(mustSkipBrowserTests())("the review page in Chromium", () => {
  const { browser, enter, enterAndOpen, stack } = useReviewPage();

  describe("signing in", () => {
    it("runs the authorization-code flow with PKCE and keeps no token in storage", async () => {
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      const [asked] = stack().signIn.seen.authorizations;
      expect(asked?.searchParams.get("code_challenge_method")).toBe("S256");
      expect(asked?.searchParams.get("redirect_uri")).toBe(`${stack().page.origin}/`);
      expect(new URL(page.url()).search).toBe("");
      const stored = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
      expect(stored).toBe('{"signoff.signed-in":"yes"}');
    });

    it("refuses a callback whose state it did not send", async () => {
      const context = await browser().newContext();
      const page = await context.newPage();
      await page.goto(`${stack().page.origin}/?code=stolen&state=guessed`);
      await page.getByRole("alert").filter({ hasText: "Sign in again" }).waitFor();
      expect(stack().api.requests).toEqual([]);
      await context.close();
    });

    it("says that the sign-in server refused, and does not try again by itself", async () => {
      stack().signIn.refusal = "access_denied";
      const page = await enter();
      await page.getByText("Sign-in was refused: access_denied").waitFor();
      expect(stack().signIn.seen.authorizations).toHaveLength(1);
    });

    it("renews a token that ends soon without a word", async () => {
      stack().signIn.lifetimeSeconds = 30;
      const page = await enter();
      await page.getByText("9 cases wait").waitFor();
      await eventually(() => stack().signIn.seen.refreshes).toBeGreaterThan(0);
      expect(stack().signIn.seen.authorizations).toHaveLength(1);
    });

    it("keeps what was typed when the sign-in ends and is renewed by hand", async () => {
      const page = await enterAndOpen(elbeId);
      await field(page, "costCentre").fill("4712 Distribution");
      stack().signIn.revokeAll();
      await page.getByRole("button", { name: "Sign in again" }).click();
      await eventually(() => field(page, "costCentre").inputValue()).toBe("4712 Distribution");
      expect(await heading(page).textContent()).toBe("Elbe Papier AG");
      await eventually(() => page.evaluate(() => sessionStorage.getItem("signoff.work"))).toBeNull();
    });

    it("says in time that a sign-in ends which cannot renew itself, and again when it has ended", async () => {
      Object.assign(stack().signIn, { refreshTokens: false, lifetimeSeconds: 8 });
      const page = await enter();
      await page.getByText(/Your sign-in ends at \d\d:\d\d/).waitFor();
      await page.getByText("Your sign-in has ended; what you typed is kept.").waitFor(patience);
      expect(await page.getByText("Brandt Logistik GmbH").count()).toBeGreaterThan(0);
    });

    it("signs out at the sign-in server and does not come back in by itself", async () => {
      const page = await enter();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Sign in" }).waitFor();
      expect(stack().signIn.seen.logouts).toBe(1);
    });

    it("tells somebody without a membership so in a sentence", async () => {
      stack().signIn.personId = "stranger-1";
      const page = await enter();
      await page.getByText("but you have no part in any workflow yet").waitFor();
    });
  });
});
