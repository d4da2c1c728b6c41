import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { launchChromium } from "../chromium.ts";
import { buildPage } from "./build-page.ts";
import { sampleReviewId } from "./sample-cases.ts";
import { type Stack, startStack } from "./stack.ts";
import { type Visit, visit } from "./visit.ts";

type VisitOptions = Parameters<typeof visit>[2];

export const elbeId = sampleReviewId(1);
export const ostravaId = sampleReviewId(2);

export const heading = (page: Page) => page.locator(".case h1");
export const field = (page: Page, name: string) => page.locator(`#field-${name}`);
export const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
/** Longer than an answer is held, or than two readings of the queue lie apart; in milliseconds. */
export const patience = { timeout: 15_000 };

/** Reads again and again until it is as expected: machines that test are slow at times. */
export const eventually = <T>(read: () => T) => expect.poll(read, patience);

/** The built page in Chromium before a fresh stack for each test; a test that leaves a complaint (CSP, script error) behind fails. */
export function useReviewPage() {
  let browser: Browser;
  let build: ReturnType<typeof buildPage>;
  let stack: Stack;
  let tab: Visit | null = null;

  beforeAll(async () => {
    build = buildPage();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    build.remove();
  });
  beforeEach(async () => {
    stack = await startStack(build.distribution);
  });
  afterEach(async () => {
    const complaints = tab?.complaints ?? [];
    await tab?.close();
    tab = null;
    await stack.close();
    expect(complaints).toEqual([]);
  });

  const enter = async (options: VisitOptions = {}): Promise<Page> => {
    tab = await visit(browser, stack, options);
    return tab.page;
  };
  return {
    stack: () => stack,
    browser: () => browser,
    enter,
    /** Signs in and opens a case, which is then claimed. */
    async enterAndOpen(reviewId: string, options: VisitOptions = {}): Promise<Page> {
      const page = await enter(options);
      await page.locator(`[data-review="${reviewId}"]`).click();
      await page.locator(".fields input").first().waitFor();
      await eventually(() => stack.api.review(reviewId).claim?.by).toBe(stack.signIn.personId);
      return page;
    },
    /** What was recorded, once so many answers can no longer be taken back. */
    async recorded(count: number) {
      await eventually(() => stack.api.recorded.length).toBe(count);
      return stack.api.recorded.map(({ reviewId, decision }) => ({ reviewId, decision }));
    },
  };
}
