import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { mustSkipBrowserTests } from "../chromium.ts";
import { elbeId, eventually, field, heading, patience, useReviewPage } from "../fake/review-page.ts";
import { aBlindCase, aCaseThatNeedsEvidence, aDisputedCase, anElbe, changed } from "../fake/sample-handoffs.ts";

const stated = {
  supplier: "Elbe Papier AG",
  number: "R-2026-1184",
  issueDate: "2026-11-14",
  currency: "EUR",
  gross: "1482.40",
};
const state = async (page: Page) => {
  for (const [name, value] of Object.entries(stated)) await field(page, name).fill(value);
};

describe.skipIf(mustSkipBrowserTests())("the handoff in Chromium", () => {
  const { enter, enterAndOpen, recorded, stack } = useReviewPage();

  describe("a blind review", () => {
    it("shows nothing of the software's answer, and says why", async () => {
      stack().api.add(aBlindCase({ triggered: true }));
      const page = await enterAndOpen(elbeId);
      await page.getByText("Shown without the software's answer.").waitFor();
      await page.locator(".paper[data-shown=true]").waitFor();
      expect(await field(page, "gross").inputValue()).toBe("");
      const shown = (await page.locator(".case").innerText()) + (await page.locator(".decision").innerText());
      const text = shown.replaceAll("\u00a0", " ");
      for (const hidden of [
        "1 842.40",
        "1 482.40",
        "71 %",
        "Total does not add up",
        "Why this needs you",
        "What was done",
      ]) {
        expect(text).not.toContain(hidden);
      }
      expect(await page.locator(".box, .why, .conf i").count()).toBe(0);
      expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);
    });

    it("asks for every needed value before it sends", async () => {
      stack().api.add(aBlindCase({ triggered: true }));
      const page = await enterAndOpen(elbeId);
      await field(page, "gross").fill("1482,40");
      await page.keyboard.press("Control+Enter");
      await page.locator("#below-supplier").getByText("Supplier is needed.").waitFor();
      expect(stack().api.recorded).toEqual([]);
    });

    it("keeps what was seen, then shows both, and is decided knowing everything", async () => {
      stack().api.add(aBlindCase({ triggered: true }));
      const page = await enterAndOpen(elbeId);
      await state(page);
      await page.getByRole("button", { name: "Send what I see" }).click();
      const table = page.getByRole("region", { name: "What you stated, beside the software's answer" });
      await table.getByRole("cell", { name: "differs: 1 482.40", exact: true }).waitFor(patience);
      await page.getByText("Why this needs you").waitFor();
      expect(await heading(page).textContent()).toBe("Elbe Papier AG");
      expect(await field(page, "gross").inputValue()).toBe("1\u00a0482.40");
      await page.getByRole("button", { name: "Correct" }).click();
      expect(await recorded(2)).toEqual([
        { reviewId: elbeId, decision: { action: "correct", fields: stated } },
        { reviewId: elbeId, decision: { action: "correct", fields: { gross: "1482.40" }, knowing: true } },
      ]);
    });

    it("can follow the software once everything is shown", async () => {
      stack().api.add(aBlindCase({ triggered: true }));
      const page = await enterAndOpen(elbeId);
      await state(page);
      await page.keyboard.press("Control+Enter");
      await page.getByTitle("Put it back").click(patience);
      await page.getByRole("button", { name: "Approve" }).click();
      expect((await recorded(2))[1]).toEqual({ reviewId: elbeId, decision: { action: "approve", knowing: true } });
    });

    it("goes on to the next case where the blind answer settles it", async () => {
      stack().api.add(aBlindCase({ triggered: false }));
      const page = await enterAndOpen(elbeId);
      await state(page);
      await page.keyboard.press("Control+Enter");
      await eventually(() => heading(page).textContent()).toBe("Ostrava Steel s.r.o.");
      expect(await recorded(1)).toHaveLength(1);
    });
  });

  describe("more than one person", () => {
    it("tells the second pair of eyes that the first answer is hidden", async () => {
      stack().api.add(changed(anElbe(), { review: { cause: "second-look" } }));
      const page = await enterAndOpen(elbeId);
      await page.getByText("the first answer is hidden until you have given yours").waitFor();
    });

    it("tells who only reads along what is going on, without addressing them", async () => {
      stack().api.add(changed(anElbe(), { review: { cause: "second-look" }, guidance: { actions: [] } }));
      const page = await enterAndOpen(elbeId);
      await page.getByText("Deciding it is for somebody else.").waitFor();
      await page.getByText("Two people answer this one; the first answer is hidden until").waitFor();
      expect(await page.getByText("You are the second pair of eyes").count()).toBe(0);
    });

    it("shows both answers side by side to whoever adjudicates, and takes one of them", async () => {
      stack().signIn.personId = "expert-1";
      stack().api.add(
        aDisputedCase({ action: "correct", fields: { gross: "1482.40" } }, { action: "approve", note: "As printed." }),
      );
      const third = `${elbeId.slice(0, -2)}-3`;
      const page = await enterAndOpen(third);
      const table = page.getByRole("region", { name: "The two answers" });
      await table.getByText("“As printed.”").waitFor();
      expect(await table.getByRole("row", { name: /Gross/ }).innerText()).toMatch(
        /1.842\.40\s+≠\s+differs:\s+1.482\.40\s+1.842\.40/,
      );
      await table.getByRole("button", { name: "Take these values" }).first().click();
      await page.getByRole("button", { name: "Correct" }).click();
      expect(await recorded(1)).toEqual([
        { reviewId: third, decision: { action: "correct", fields: { gross: "1482.40" } } },
      ]);
    });

    it("shows an escalation's question and hands back with an answer by key", async () => {
      const question = { by: "person-2", byName: "Sam Oakes", text: "Is the date on the back?" };
      const actions = ["approve", "correct", "reject", "escalate", "ask", "answer"] as const;
      stack().api.add(
        changed(anElbe(), { review: { cause: "escalation", question }, guidance: { actions: [...actions] } }),
      );
      stack().signIn.personId = "expert-1";
      const page = await enterAndOpen(elbeId);
      await page
        .getByRole("region", { name: "A question from Sam Oakes" })
        .getByText("Is the date on the back?")
        .waitFor();
      await heading(page).focus();
      await page.keyboard.press("h");
      await page.keyboard.type("Yes, it is the 14th.");
      await page.keyboard.press("Control+Enter");
      expect(await recorded(1)).toEqual([
        { reviewId: elbeId, decision: { action: "answer", note: "Yes, it is the 14th." } },
      ]);
    });

    it("offers only what the policy lets this person do", async () => {
      stack().api.add(changed(anElbe(), { guidance: { actions: ["reject", "escalate"] } }));
      const page = await enterAndOpen(elbeId);
      await page.getByText("You may not approve this one.").waitFor();
      await page.keyboard.press("Control+Enter");
      await page.getByRole("status").getByText("You may not approve this case.").waitFor({ state: "attached" });
      expect(await page.getByRole("button", { name: "Ask sender" }).count()).toBe(0);
      expect(stack().api.recorded).toEqual([]);
    });

    it("asks the sender with a question", async () => {
      const page = await enterAndOpen(elbeId);
      await page.getByRole("button", { name: "Ask sender" }).click();
      await page.getByLabel("What is the sender to answer, or to send again?").fill("Which order?");
      await page.getByRole("button", { name: "Ask sender" }).click();
      expect(await recorded(1)).toEqual([{ reviewId: elbeId, decision: { action: "ask", note: "Which order?" } }]);
    });

    it("lets an expert give a review to somebody else", async () => {
      stack().signIn.personId = "expert-1";
      const page = await enterAndOpen(elbeId);
      await page.getByText("Give it to somebody").click();
      await page.getByLabel("Give this review to").selectOption("person-2");
      await page.getByRole("button", { name: "Give it", exact: true }).click();
      await page.getByRole("link", { name: /Elbe Papier AG.*Given to/ }).waitFor(patience);
      expect(stack().api.review(elbeId).claim).toMatchObject({ by: "person-2", assignedBy: "Ira Holm" });
    });

    it("offers no giving to a reviewer", async () => {
      const page = await enterAndOpen(elbeId);
      expect(await page.getByText("Give it to somebody").count()).toBe(0);
    });
  });

  describe("evidence and marks", () => {
    it("fetches a page only when it comes into view, and counts it then", async () => {
      stack().api.add(aCaseThatNeedsEvidence());
      const page = await enterAndOpen(elbeId);
      const list = page.getByRole("list", { name: "Needed before it is let through" });
      await list.getByText("Open page 2").waitFor();
      const fetched = () => stack().api.requests.flatMap(({ path }) => /\/pages\/(\d+)$/.exec(path)?.[1] ?? []);
      expect(fetched()).toEqual(["1"]);
      await list.getByRole("button", { name: "Open page 2" }).click();
      await list.getByText("Done: Every page was looked at").waitFor({ state: "attached" });
      expect(fetched()).toEqual(["1", "2"]);
    });

    it("attaches a file, and its id goes with the answer and the marks", async () => {
      stack().api.add(aCaseThatNeedsEvidence());
      const page = await enterAndOpen(elbeId);
      await page
        .getByLabel("Attach a file")
        .setInputFiles({ name: "call.txt", mimeType: "text/plain", buffer: Buffer.from("They said yes.") });
      await page.getByRole("button", { name: "Leave out call.txt" }).waitFor();
      await page.getByLabel("Wrong queue").focus();
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: "Approve" }).click();
      const attachmentId = "attachment".padEnd(26, "2");
      expect(await recorded(1)).toEqual([
        { reviewId: elbeId, decision: { action: "approve", marks: ["wrong-queue"], attachments: [attachmentId] } },
      ]);
      expect(stack().api.done).toEqual([
        {
          what: "attachments",
          about: elbeId,
          by: "person-1",
          body: {
            fileName: "call.txt",
            contentType: "text/plain",
            content: Buffer.from("They said yes.").toString("base64"),
          },
        },
      ]);
    });

    it("says at the list what the server found missing", async () => {
      stack().api.add(aCaseThatNeedsEvidence());
      const errors = [{ pointer: "/evidence/call-back", detail: "Attach a file to your answer." }];
      stack().api.fail("/decision", "evidence-missing", { detail: "Attach a file to your answer.", errors });
      const page = await enterAndOpen(elbeId);
      await page.keyboard.press("Control+Enter");
      await page.getByRole("button", { name: "Open", exact: true }).click(patience);
      const list = page.getByRole("list", { name: "Needed before it is let through" });
      await list.getByText("Attach a file to your answer.").waitFor();
    });
  });

  it("says all the time in whose place one acts", async () => {
    stack().signIn.personId = "cover-1";
    const page = await enter();
    await page.getByRole("note").getByText("You cover for Ira Holm until").waitFor();
  });

  it("lets somebody be covered for by a colleague's id, and come back", async () => {
    const page = await enter();
    await page.getByRole("button", { name: "Robin Vale" }).click();
    const dialog = page.getByRole("dialog", { name: "Robin Vale" });
    await dialog.getByLabel("Your colleague's id").fill("person-2");
    await dialog.getByLabel("Until the end of").fill("2099-01-31");
    await dialog.getByRole("button", { name: "Cover for me" }).click();
    await dialog.getByText("somebody covers for you until the end of 2099-01-31").waitFor();
    await dialog.getByRole("button", { name: "I am back" }).click();
    await dialog.getByText("you are back").waitFor();
    expect(stack().api.done.map(({ body }) => body)).toEqual([
      { coveredBy: "person-2", until: new Date(2099, 0, 31, 23, 59, 59).toISOString() },
      { coveredBy: "person-1", until: null },
    ]);
  });
});
