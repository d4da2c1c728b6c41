import type { Page } from "playwright-core";
import { beforeEach, describe, expect, it } from "vitest";
import { mustSkipBrowserTests } from "../chromium.ts";
import { eventually, patience, useReviewPage } from "../fake/review-page.ts";

describe.skipIf(mustSkipBrowserTests())("the owner's page in Chromium", () => {
  const { enter, stack } = useReviewPage();
  beforeEach(() => {
    stack().signIn.personId = "owner-1";
  });
  const open = async (options: Parameters<typeof enter>[0] = {}): Promise<Page> => {
    const page = await enter({ hash: "#/workflow/invoices", ...options });
    await page.getByRole("heading", { name: "Invoices" }).waitFor();
    await page.getByRole("heading", { name: "Escalation rate" }).waitFor(patience);
    return page;
  };

  it("shows the four figures of a span and what waits", async () => {
    const page = await open();
    await page.getByRole("article", { name: "Escalation rate" }).getByText("22.0 %").waitFor();
    await page.getByRole("row", { name: "The totals do not add up" }).waitFor();
    await page.getByRole("article", { name: "Resolution time" }).getByText("7 min").first().waitFor();
    await page.getByRole("article", { name: "Override frequency by field" }).getByText("25.0 %").waitFor();
    await page.getByRole("article", { name: "Customer impact" }).getByText("120.50\u00a0€").waitFor();
    await page.getByRole("article", { name: "Backlog now" }).getByText("1 overdue").waitFor();
    await page.getByLabel("Span of the figures").selectOption("7");
    await eventually(() => page.locator("svg.days").first().locator("rect").count()).toBe(7);
  });

  it("stops at once with a reason, and goes on only when a second owner has signed", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Stop the software" }).click();
    await page.getByText("It acts at once, with your signature alone").waitFor();
    expect(await page.getByRole("button", { name: "Stop now" }).isDisabled()).toBe(true);
    await page.getByLabel("Why do you stop it?").fill("Wrong bank accounts");
    await page.getByRole("button", { name: "Stop now" }).click();
    await page.getByRole("heading", { name: "Stopped" }).waitFor();
    expect(stack().api.workflow.policy.stopped).toBe(true);

    await page.getByRole("button", { name: "Let it go on" }).click();
    await page.getByLabel("Why may it go on?").fill("Mended");
    await page.getByRole("button", { name: "Propose to go on" }).click();
    const change = page.getByRole("article", { name: /^Change invoices-/ });
    await change.getByText("Waits for a second owner until").waitFor();
    await change.getByText("Loosens").waitFor();
    expect(await change.getByRole("button", { name: "Sign" }).count()).toBe(0);
    expect(stack().api.workflow.policy.stopped).toBe(true);
  });

  it("lets a second owner sign", async () => {
    const { workflow } = stack().api;
    workflow.policy = { ...workflow.policy, stopped: true };
    const page = await open();
    await page.getByRole("button", { name: "Let it go on" }).click();
    await page.getByLabel("Why may it go on?").fill("Mended");
    await page.getByRole("button", { name: "Propose to go on" }).click();
    await page.getByRole("article", { name: /^Change invoices-/ }).waitFor();
    workflow.changes = workflow.changes.map((change) => ({
      ...change,
      proposedBy: "owner-2",
      proposedByName: "Pia Ruiz",
    }));
    await page.reload();
    await page.getByRole("button", { name: "Sign", exact: true }).click(patience);
    await page.getByRole("heading", { name: "Running" }).waitFor();
    expect(workflow.policy.stopped).toBe(false);
    await page.getByText("History").click();
    await page
      .getByRole("main")
      .getByText(/Signed by Olu Meyer, \d\d:\d\d; applied as version 2/)
      .waitFor();
  });

  it("names a policy's problems by their place, beside the text, and sends nothing that is not JSON", async () => {
    const page = await open();
    await page.getByText("Edit the policy").click();
    const text = page.getByLabel("Policy as JSON");
    const before = await text.inputValue();
    await text.fill("{ oh");
    await page.getByLabel("Why is it changed?").fill("Because");
    await page.getByRole("button", { name: "Propose the change" }).click();
    await page.getByText("This is not JSON").waitFor();
    await text.fill(before.replace('"claimSeconds": 900', '"claimSeconds": 1'));
    await page.getByRole("button", { name: "Propose the change" }).click();
    await page.getByRole("button", { name: /\/policy\/claimSeconds \(line \d+\)/ }).click();
    const chosen = await text.evaluate((area) =>
      area instanceof HTMLTextAreaElement ? area.value.slice(area.selectionStart, area.selectionEnd) : "",
    );
    expect(chosen).toContain('"claimSeconds": 1');
  });

  it("says plainly whether a change was applied or waits", async () => {
    stack().api.workflow.effect = "tightens";
    const page = await open();
    await page.getByText("Edit the policy").click();
    const text = page.getByLabel("Policy as JSON");
    await text.fill((await text.inputValue()).replace('"gross": 0.9', '"gross": 0.95'));
    await page.getByLabel("Why is it changed?").fill("Safer");
    await page.getByRole("button", { name: "Propose the change" }).click();
    await page.getByRole("status").filter({ hasText: "Applied at once as version 2." }).first().waitFor();
    expect(await text.inputValue()).toContain('"version": 2');
    expect(await page.getByText("The policy changed since you began").count()).toBe(0);
  });

  it("shows the autonomy dial with its progress, and proposes a turn", async () => {
    stack().api.workflow.effect = "tightens";
    const page = await open();
    await page.getByText("213 of 300 graded cases, 2 wrong (0.9 %; at most 1.0 %)").waitFor();
    await page.getByRole("button", { name: "Turn back to pilot" }).click();
    await page.getByLabel("Why is it turned to pilot?").fill("Unsure");
    await page.getByRole("button", { name: "Propose pilot" }).click();
    await page.getByRole("button", { name: "Go on to live" }).waitFor();
    expect(stack().api.workflow.policy.autonomy.stage).toBe("pilot");
  });

  it("adds, changes and takes out people, but never oneself", async () => {
    const page = await open();
    const people = page.getByRole("table", { name: "People" });
    await people.getByText("Robin Vale").waitFor();
    expect(await page.getByRole("button", { name: "Change Olu Meyer" }).count()).toBe(0);
    await page.getByRole("button", { name: "Add a person" }).click();
    const form = page.getByRole("form", { name: "Add a person" });
    await form.getByLabel("Id at sign-in").fill("new-1");
    await form.getByLabel("Name").fill("Nia Berg");
    await form.getByLabel("Role").selectOption("expert");
    await form.getByLabel("Limits").fill("EUR 1.000.000 and more");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("is not a limit. Write it as EUR 5000, USD 6000.").waitFor();
    await form.getByLabel("Limits").fill("EUR 10000");
    await form.getByRole("button", { name: "Save" }).click();
    await people.getByText("Nia Berg").waitFor();
    await page.getByRole("button", { name: "Change Nia Berg" }).click();
    await page.getByRole("button", { name: "Take them out" }).click();
    await page.getByRole("button", { name: "Yes, take them out" }).click();
    await eventually(() => people.getByText("Nia Berg").count()).toBe(0);
  });

  it("redrives and says what it did and what it could not", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Redrive" }).click();
    await page.getByRole("status").getByText("Continued 1 cases").first().waitFor();
    await page.getByText("webhook of case 3: The receiver answered 500.").waitFor();
  });

  it("is for owners only", async () => {
    stack().signIn.personId = "person-1";
    const page = await enter({ hash: "#/workflow/invoices" });
    await page.getByText("This page is for the owners of the workflow.").waitFor();
    expect(stack().api.requests.some(({ path }) => path.includes("/policy"))).toBe(false);
    expect(await page.getByRole("link", { name: "Workflow" }).count()).toBe(0);
  });

  it("fits 420 pixels", async () => {
    const page = await open({ viewport: { width: 420, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(420);
  });
});
