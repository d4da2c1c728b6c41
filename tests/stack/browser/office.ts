import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../page/chromium.ts";
import { complaintsOf } from "../../page/complaints.ts";
import type { TestStack } from "../test-stack.ts";
import { signIn } from "./person-at-the-page.ts";

/** Who may sit down at the page, as the one machine's sign-in offers them. */
const people = {
  reviewer1: /^Reviewer 1/,
  reviewer2: /^Reviewer 2/,
  expert: /^Subject expert/,
  owner1: /^Workflow owner 1/,
  owner2: /^Workflow owner 2/,
  outsider: /^Outsider/,
} as const;

/** People at work: one browser, a profile of their own for each. Everybody's clock is the stack's. */
export interface Office {
  /** Somebody's page. They sign in when they come, and stay. */
  at(person: keyof typeof people): Promise<Page>;
  /** Lets time go by, for the system and at every desk: held answers are sent, queues read again, due times passed. */
  pass(milliseconds: number): Promise<void>;
  /** What must never happen at a page, and did. */
  complaints(): string[];
  close(): Promise<void>;
}

/** Waits at the page are generous: other tests have the machine, too. In milliseconds. */
const patience = 60_000;

export async function openOffice(test: TestStack): Promise<Office> {
  const browser = await launchChromium();
  const desks = new Map<keyof typeof people, { readonly page: Page; readonly complaints: readonly string[] }>();
  return {
    async at(person) {
      const known = desks.get(person);
      if (known) return known.page;
      const desk = await newDesk(browser, test);
      await signIn(desk.page, test.stack.pageUrl, people[person]);
      desks.set(person, desk);
      return desk.page;
    },
    async pass(milliseconds) {
      await test.turn(milliseconds);
      await Promise.all([...desks.values()].map(({ page }) => page.clock.fastForward(milliseconds)));
    },
    complaints: () => [...desks].flatMap(([person, { complaints }]) => complaints.map((one) => `${person}: ${one}`)),
    close: () => browser.close(),
  };
}

async function newDesk(browser: Browser, test: TestStack) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(patience);
  await context.clock.install({ time: test.stack.clock.now() });
  const page = await context.newPage();
  return { page, complaints: await complaintsOf(page) };
}
