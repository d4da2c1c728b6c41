import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { findTarget } from "../../infra/operate/target.ts";
import { type Outcome, outcome } from "../../shared/contracts/outcome.ts";
import { launchChromium, mustSkipBrowserTests } from "../page/chromium.ts";
import { eventually } from "./api-client.ts";
import { openToDecide, signIn } from "./browser/person-at-the-page.ts";
import { ended, npmStart } from "./npm-start.ts";
import { nothingDrawn, policyInForce } from "./policy-in-force.ts";

/** Waits of the page are generous: eighteen cases are read meanwhile, on two cores. */
const patience = { timeout: 90_000 };

/** Reviewer 1 sits down at a page of their own. */
async function reviewerAt(browser: Browser, pageUrl: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(patience.timeout);
  await signIn(page, pageUrl, /^Reviewer 1/);
  return page;
}

/** Outcomes as they lie in the outcomes folder, by the file that was dropped. */
function outcomes(dataDirectory: string): Map<string, Outcome[]> {
  const found = new Map<string, Outcome[]>();
  let files: string[] = [];
  try {
    files = readdirSync(join(dataDirectory, "outcomes/invoices"));
  } catch {
    return found;
  }
  for (const file of files.filter((name) => name.endsWith(".json"))) {
    const delivered = outcome.parse(JSON.parse(readFileSync(join(dataDirectory, "outcomes/invoices", file), "utf8")));
    found.set(delivered.source.key, [...(found.get(delivered.source.key) ?? []), delivered]);
  }
  return found;
}

describe.skipIf(mustSkipBrowserTests())("the main job, as a reviewer does it", () => {
  it("corrects one, approves one, rejects one, with SIGKILL and restart in between; every outcome appears once", async () => {
    const data = await mkdtemp(join(tmpdir(), "signoff-browser-"));
    const browser = await launchChromium();
    onTestFinished(async () => {
      await browser.close();
      await rm(data, { recursive: true, force: true, maxRetries: 5 });
    });
    // Without the draws: which cases are shown blind, or audited, is chance, and this is about the others.
    const before = await npmStart(data, "--empty");
    const { client, outputs: named } = await findTarget({ aws: false, data });
    await policyInForce(new DynamoDBClient(client), named.CaseTable, nothingDrawn);
    await ended(before, "SIGINT");
    const first = await npmStart(data, "--port", "0", "--samples");
    const ports = /:(\d+)\//.exec(first.pageUrl)?.[1] ?? "";
    const page = await reviewerAt(browser, first.pageUrl);

    await openToDecide(page, /Nordlicht.*The totals do not add up.*1.842.41/);
    await page
      .getByRole("button", { name: /1 482.55/ })
      .first()
      .click();
    await page.keyboard.press("Control+Enter");
    await eventually(
      async () => outcomes(data).get("invoices/nordlicht-druck-1209.pdf") ?? null,
      "the corrected outcome",
    );

    await openToDecide(page, /Ateliers Varenne.*Page and embedded data disagree/);
    await page.keyboard.press("Control+Enter");
    await eventually(
      async () => outcomes(data).get("invoices/ateliers-varenne-0331.pdf") ?? null,
      "the approved outcome",
    );

    await ended(first, "SIGKILL");
    const second = await npmStart(data, "--port", ports);
    const again = await reviewerAt(browser, second.pageUrl);
    await openToDecide(again, /Nordlicht.*This invoice was seen before/);
    await again.keyboard.press("r");
    await again.keyboard.type("The first one was paid.");
    await again.keyboard.press("Control+Enter");
    await eventually(
      async () => outcomes(data).get("invoices/nordlicht-druck-1184-copy.pdf") ?? null,
      "the rejected outcome",
    );

    const all = await eventually(async () => (outcomes(data).size >= 12 ? outcomes(data) : null), "all outcomes");
    expect([...all.values()].map((delivered) => delivered.length)).toEqual([...all.keys()].map(() => 1));
    expect(all.get("invoices/nordlicht-druck-1209.pdf")?.[0]).toMatchObject({
      action: "pay",
      fields: { gross: "1482.55" },
      decidedBy: { action: "correct" },
    });
    expect(all.get("invoices/ateliers-varenne-0331.pdf")?.[0]).toMatchObject({
      action: "pay",
      decidedBy: { action: "approve", name: "Reviewer 1" },
    });
    expect(all.get("invoices/nordlicht-druck-1184-copy.pdf")?.[0]).toMatchObject({
      action: "reject",
      note: "The first one was paid.",
    });
    expect(all.get("invoices/thistlecombe-20418.pdf")?.[0]).toMatchObject({
      action: "pay",
      decidedBy: { kind: "software" },
    });
    expect(await ended(second, "SIGINT")).toEqual([0, null]);
  }, 480_000);
});
