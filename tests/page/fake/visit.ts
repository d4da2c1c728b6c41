import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { complaintsOf } from "../complaints.ts";
import type { Stack } from "./stack.ts";

/** A tab on the page, with everything that must never happen written down. */
export interface Visit {
  readonly page: Page;
  /** Violations of the Content-Security-Policy, script errors and console errors. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens the page in a fresh profile and signs in. */
export async function visit(
  browser: Browser,
  stack: Stack,
  options: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<Visit> {
  const { hash = "", ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
  const page = await context.newPage();
  const complaints = await complaintsOf(page);
  await page.goto(`${stack.page.origin}/${hash}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.origin === stack.page.origin && !url.searchParams.has("code"));
  return { page, complaints, close: () => context.close() };
}
