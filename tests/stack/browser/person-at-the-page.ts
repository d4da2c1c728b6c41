import type { Locator, Page } from "playwright-core";

/** Answers that are explained before they are sent, with what the page asks for. */
const asks = {
  Answer: "What is your answer? The case goes back to whoever asked.",
  Reject: "Why do you reject it?",
  "Ask sender": "What is the sender to answer, or to send again?",
  Escalate: "What should the next person look at?",
} as const;

/** Signs in as one of the people whom the one machine's sign-in offers. */
export async function signIn(page: Page, pageUrl: string, person: RegExp): Promise<void> {
  await page.goto(pageUrl);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: person }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** Opens the case whose entry in the queue says so; its fields are there when this resolves. */
export async function open(page: Page, entry: RegExp): Promise<void> {
  await page.getByRole("link", { name: entry }).click();
  await field(page, "Gross").waitFor();
}

/** The same, by somebody who may decide it: it is theirs when this resolves. */
export async function openToDecide(page: Page, entry: RegExp): Promise<void> {
  await open(page, entry);
  await page.getByText(/yours for/).waitFor();
}

/** A value of the open case. */
export const field = (page: Page, label: string): Locator =>
  page.getByRole("textbox", { name: new RegExp(`^${label}( ✓ kept)?$`) });

/** The open case as assistive technology reads it: roles, names, texts and the values in the form; with plain spaces. */
export const read = async (page: Page): Promise<string> =>
  (await page.getByRole("region", { name: "Case" }).ariaSnapshot()).replaceAll("\u00a0", " ");

/** A button of the answers below the case. */
export const button = (page: Page, name: string): Locator =>
  page.getByRole("region", { name: "Your answer" }).getByRole("button", { name });

/** Gives an answer that needs a reason. */
export async function explain(page: Page, verdict: keyof typeof asks, note: string): Promise<void> {
  await button(page, verdict).click();
  await page.getByLabel(asks[verdict]).fill(note);
  await button(page, verdict).click();
}
