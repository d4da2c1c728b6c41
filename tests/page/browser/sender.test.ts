import { describe, expect, it } from "vitest";
import { mustSkipBrowserTests } from "../chromium.ts";
import { elbeId, patience, useReviewPage } from "../fake/review-page.ts";
import { aCaseThatAsksItsSender, anElbe, changed } from "../fake/sample-handoffs.ts";

const caseId = elbeId.slice(0, 26);

describe.skipIf(mustSkipBrowserTests())("the sender's view in Chromium", () => {
  const { enter, enterAndOpen, stack } = useReviewPage();
  const asSender = () => {
    stack().signIn.personId = "submitter-1";
    return enter({ hash: `#/case/${caseId}` });
  };

  it("shows what is asked and takes the answer", async () => {
    stack().api.add(aCaseThatAsksItsSender());
    const page = await asSender();
    await page.getByText("A question waits for your answer until").waitFor();
    await page.getByText("Which order is this for?").waitFor();
    await page.getByLabel("Your answer").fill("PO-4711, as always.");
    await page.getByRole("button", { name: "Send the answer" }).click();
    await page.getByText("PO-4711, as always.").waitFor();
    await page.getByText("A person is looking at it.").waitFor();
    expect(stack().api.done).toMatchObject([{ what: "messages", about: caseId, by: "submitter-1" }]);
  });

  it("takes a case back with a reason", async () => {
    stack().api.add(aCaseThatAsksItsSender());
    const page = await asSender();
    await page.locator("summary", { hasText: "Take it back" }).click();
    await page.getByLabel("Why do you take it back?").fill("Sent twice.");
    await page.getByRole("button", { name: "Take it back" }).click();
    await page.getByText(/^Taken back, \d\d:\d\d\.$/).waitFor();
    expect(await page.getByRole("button", { name: "Take it back" }).count()).toBe(0);
  });

  it("says why something was refused, and keeps what was typed", async () => {
    stack().api.add(aCaseThatAsksItsSender());
    stack().api.fail("/messages", "too-many-messages");
    const page = await asSender();
    await page.getByLabel("Your answer").fill("One more.");
    await page.getByRole("button", { name: "Send the answer" }).click();
    await page.getByText("There are enough messages on this case. Decide it, or settle it outside.").waitFor();
    expect(await page.getByLabel("Your answer").inputValue()).toBe("One more.");
  });

  it("follows a case by its number, and says what a number looks like", async () => {
    stack().api.add(aCaseThatAsksItsSender());
    stack().signIn.personId = "submitter-1";
    const page = await enter();
    await page.getByLabel("Number of the case").fill("4711");
    await page.getByRole("button", { name: "Open it" }).click();
    await page.getByText("That is not a case's number").waitFor();
    await page.getByLabel("Number of the case").fill(caseId);
    await page.getByRole("button", { name: "Open it" }).click();
    await page.getByRole("heading", { name: "Elbe Papier AG" }).waitFor();
  });

  it("reports harm on a decided case, and refuses what is no amount", async () => {
    stack().api.add(changed(anElbe(), { of: { submitter: "submitter-1", status: "closed" } }));
    const page = await asSender();
    await page.getByText("Report harm").click();
    await page.getByLabel("What it cost").fill("a lot");
    await page.getByLabel("Who found out, and how").fill("Supplier's dunning letter");
    await page.getByLabel("Day it happened").fill("2026-11-20");
    await page.getByRole("button", { name: "Report it" }).click();
    await page.getByText('"a lot" EUR is not an amount of money').waitFor();
    await page.getByLabel("What it cost").fill("120,50");
    await page.getByRole("button", { name: "Report it" }).click();
    await page.getByText("The report is kept.").first().waitFor();
    expect(stack().api.done).toMatchObject([
      {
        what: "impact",
        body: { amountMinor: 12_050, currency: "EUR", source: "Supplier's dunning letter", date: "2026-11-20" },
      },
    ]);
  });

  it("waits at the reviewer's side, too, and says until when", async () => {
    stack().api.add(aCaseThatAsksItsSender());
    const page = await enter({ hash: `#/queue/${caseId}-2` });
    await page.getByText("The sender is asked. The case waits for them until").waitFor(patience);
    await page.getByRole("region", { name: "Messages" }).getByText("Which order is this for?").waitFor();
    expect(await page.getByRole("region", { name: "Your answer" }).count()).toBe(0);
  });

  it("lets an owner reopen a closed case with a reason", async () => {
    stack().signIn.personId = "owner-1";
    stack().api.add(changed(anElbe(), { of: { status: "closed" } }));
    stack().api.decideAs(elbeId, "person-2", { action: "approve" });
    const page = await enter({ hash: `#/decided/${elbeId}` });
    await page.locator("summary", { hasText: "Reopen it" }).click(patience);
    await page.getByLabel("Why is it reopened?").fill("The supplier complained.");
    await page.getByRole("button", { name: "Reopen", exact: true }).click();
    await page.getByRole("status").getByText("Elbe Papier AG is reopened.").waitFor({ state: "attached" });
    expect(stack().api.done).toMatchObject([{ what: "reopen", body: { because: "The supplier complained." } }]);
  });

  it("offers no reopening to a reviewer", async () => {
    const page = await enterAndOpen(elbeId);
    expect(await page.getByText("Reopen it").count()).toBe(0);
  });
});
