import { launchChromium } from "./chromium.ts";
import { sampleReviewId } from "./fake/sample-cases.ts";
import { elbe } from "./fake/sample-queue.ts";
import { startStack } from "./fake/stack.ts";

const stack = await startStack();
stack.api.claimAs(sampleReviewId(6), "person-2");
const browser = await launchChromium();
for (const [name, w, h, scheme] of [
  ["light", 1440, 900, "light"],
  ["dark", 1440, 900, "dark"],
  ["narrow", 420, 900, "light"],
  ["w1280", 1280, 800, "dark"],
] as const) {
  for (const id of [sampleReviewId(elbe.at)]) {
    stack.api.review(id).claim = null;
  }
  const page = await browser.newPage({ viewport: { width: w, height: h }, colorScheme: scheme });
  page.on("console", (m) => console.log(name, m.type(), m.text()));
  page.on("pageerror", (e) => console.log(name, "ERR", e.message));
  await page.goto(stack.page.origin + "/");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("Elbe Papier AG").first().waitFor();
  await page.screenshot({ path: `/tmp/shot-${name}-0.png` });
  await page.locator(`[data-review="${sampleReviewId(1)}"]`).click();
  await page.locator(".case #field-gross").waitFor();
  await page.waitForTimeout(900);
  await page.locator("#field-gross").focus();
  await page.waitForTimeout(600);
  await page.screenshot({ path: `/tmp/shot-${name}-1.png` });
  await page.keyboard.press("Alt+s");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/shot-${name}-2.png` });
  await page.keyboard.press("Control+Enter");
  await page.waitForTimeout(900);
  await page.screenshot({ path: `/tmp/shot-${name}-3.png` });
  await page.keyboard.press("z");
  await page.waitForTimeout(500);
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.keyboard.type("The bank account is not the supplier's.");
  await page.waitForTimeout(300);
  await page.screenshot({ path: `/tmp/shot-${name}-4.png` });
  await page.close();
}
await browser.close();
await stack.close();
