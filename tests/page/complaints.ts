import type { Page } from "playwright-core";

/** Collects what must never happen on a page: violations of its Content-Security-Policy, script errors and console errors. */
export async function complaintsOf(page: Page): Promise<readonly string[]> {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("console", (message) => {
    // Chromium writes a line for each refused or broken request; tests provoke those.
    const isProvoked = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !isProvoked) complaints.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return complaints;
}
