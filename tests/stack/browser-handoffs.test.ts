import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { demoPeople } from "../../local/demo/people.ts";
import { companies } from "../../local/demo/samples/company.ts";
import type { SampleInvoice } from "../../local/demo/samples/sample-invoice.ts";
import { mustSkipBrowserTests } from "../page/chromium.ts";
import { invoicePdf, invoiceThatDoesNotAddUp } from "./an-invoice.ts";
import { eventually } from "./api-client.ts";
import { type Office, openOffice } from "./browser/office.ts";
import { button, explain, field, open, openToDecide, read } from "./browser/person-at-the-page.ts";
import { policiesInTurn } from "./policy-in-force.ts";
import { openTestStack, type TestStack } from "./test-stack.ts";
import { uploadLists } from "./upload-lists.ts";
import { closed, waitingFor } from "./where-a-case-is.ts";

const second = 1_000;
const hour = 3_600 * second;
/** Longer than an answer can be taken back, and than two readings of the queue lie apart. */
const aMoment = 6 * second;
const misprinted = "987.65";

let test: TestStack;
let office: Office;
let inForce: ReturnType<typeof policiesInTurn>;
let dropped = 0;

/** Sent by upstream, a program; the one part of a run that is not done at the page. */
async function send(pdf: Promise<Buffer>, submitter: string | null = null, number = ++dropped): Promise<string> {
  return test.drop(`invoices/at-the-page-${number}.pdf`, await pdf, submitter === null ? {} : { submitter });
}

/** One that only its total keeps from passing. */
const notAddingUp = (supplier: SampleInvoice["supplier"], costCentre: string) =>
  invoiceThatDoesNotAddUp({ supplier, costCentre });

describe.skipIf(mustSkipBrowserTests())("people at the page hand a case on", () => {
  beforeAll(async () => {
    test = await openTestStack({ turned: true });
    inForce = policiesInTurn(test.dynamoDb, test.output("CaseTable"));
    await uploadLists(test);
    office = await openOffice(test);
  });
  afterEach(() => expect(office.complaints()).toEqual([]));
  afterAll(async () => {
    await office?.close();
    await test?.close();
  });

  it("with four eyes: the second does not see the first, they disagree, and an expert who sees both decides", async () => {
    await inForce({ fourEyes: { when: "true", amountAbove: {}, correctedFields: [] } });
    const caseId = await send(notAddingUp(companies.nordlicht, "4200"));
    await waitingFor(test, caseId, "gate");
    const [one, two, expert] = [await office.at("reviewer1"), await office.at("reviewer2"), await office.at("expert")];
    await office.pass(aMoment);

    await openToDecide(one, /Nordlicht.*The totals do not add up/);
    await field(one, "Gross").fill("612,34");
    await button(one, "Correct").click();
    await one.getByText("Corrected, 1 change").waitFor();
    await office.pass(aMoment);
    await waitingFor(test, caseId, "second-look");
    await office.pass(aMoment);

    // Whoever answered already can read on, and no more.
    await open(one, /Nordlicht.*Second pair of eyes/);
    await one.getByText("You have answered an earlier review of this case; somebody else answers this one.").waitFor();
    await one.getByText("Two people answer this one; the first answer is hidden until").waitFor();
    await openToDecide(two, /Nordlicht.*Second pair of eyes/);
    await two
      .getByText("You are the second pair of eyes; the first answer is hidden until you have given yours.")
      .waitFor();
    expect(await field(two, "Gross").inputValue()).toBe(misprinted);
    expect(await read(two)).not.toMatch(/612.34|Corrected/);
    await explain(two, "Reject", "The supplier is to send it again.");
    await office.pass(aMoment);
    await waitingFor(test, caseId, "adjudication");
    await office.pass(aMoment);

    await openToDecide(expert, /Nordlicht.*Two answers disagree/);
    await expert.getByText("Two answers disagree, and you decide between them.").waitFor();
    const both = expert.getByRole("region", { name: "The two answers" });
    await both.getByRole("columnheader", { name: /^Reviewer 1 Corrected/ }).waitFor();
    await both
      .getByRole("columnheader", { name: /^Reviewer 2 Rejected “The supplier is to send it again.”/ })
      .waitFor();
    await both.getByRole("row", { name: `Gross ${misprinted} differs: 612.34 –` }).waitFor();
    await both.getByRole("button", { name: "Take these values" }).click();
    await button(expert, "Correct").click();
    await office.pass(aMoment);

    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({
      outcomeId: `${caseId}-o1`,
      action: "pay",
      fields: { gross: "612.34" },
      decidedBy: { kind: "person", name: "Subject expert" },
    });
  });

  it("with a question to an expert, who answers and hands it back", async () => {
    await inForce({});
    const caseId = await send(notAddingUp(companies.riojal, "4400"));
    await waitingFor(test, caseId, "gate");
    const [one, two, expert] = [await office.at("reviewer1"), await office.at("reviewer2"), await office.at("expert")];
    await office.pass(aMoment);

    await openToDecide(one, /Riojal/);
    await explain(one, "Escalate", "Is this a late fee?");
    await office.pass(aMoment);
    await waitingFor(test, caseId, "escalation");
    await office.pass(aMoment);

    await openToDecide(expert, /Riojal.*A question for you/);
    await expert.getByRole("region", { name: "A question from Reviewer 1" }).getByText("Is this a late fee?").waitFor();
    await explain(expert, "Answer", "Yes, pay it as printed.");
    await office.pass(aMoment);
    const back = await waitingFor(test, caseId, "hand-back");
    expect(back.reviews.at(-1)?.claim?.byName).toBe("Reviewer 1");
    await office.pass(aMoment);

    await open(two, /Riojal.*Given to Reviewer 1/);
    await two.getByText(/Reviewer 1 is working on this until .* You can read it\./).waitFor();
    await openToDecide(one, /Riojal.*Your question is answered/);
    await one.getByText("Your question is answered, and the case is yours again.").waitFor();
    await one
      .getByRole("region", { name: "An answer from Subject expert" })
      .getByText("Yes, pay it as printed.")
      .waitFor();
    await button(one, "Approve").click();
    await office.pass(aMoment);

    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({
      action: "pay",
      fields: { gross: misprinted },
      decidedBy: { name: "Reviewer 1", action: "approve" },
    });
  });

  it("to its sender, who answers in words, and then with another version that goes on with the same case", async () => {
    await inForce({});
    const submitter = demoPeople.find(({ username }) => username === "outsider")?.sub ?? "";
    const owner = await office.at("owner1");
    await owner.getByRole("link", { name: "Workflow" }).click();
    await owner.getByRole("button", { name: "Add a person" }).click();
    const form = owner.getByRole("form", { name: "Add a person" });
    await form.getByLabel("Id at sign-in").fill(submitter);
    await form.getByLabel("Name").fill("Outsider");
    await form.getByLabel("Role").selectOption("submitter");
    await form.getByRole("button", { name: "Save" }).click();
    await owner.getByRole("row", { name: /Outsider submitter/ }).waitFor();

    const invoice = { supplier: companies.thistlecombe };
    const caseId = await send(invoiceThatDoesNotAddUp(invoice), submitter);
    await waitingFor(test, caseId, "gate");
    const [one, sender] = [await office.at("reviewer1"), await office.at("outsider")];
    await office.pass(aMoment);
    await openToDecide(one, /Thistlecombe/);
    await explain(one, "Ask sender", "Is the total right?");
    await office.pass(aMoment);
    await waitingFor(test, caseId, "question");

    await sender.getByLabel("Number of the case").fill(caseId);
    await sender.getByRole("button", { name: "Open it" }).click();
    await sender.getByText("A question waits for your answer until").waitFor();
    await sender.getByRole("region", { name: "Messages" }).getByText("Is the total right?").waitFor();
    await sender.getByLabel("Your answer").fill("No, it is misprinted.");
    await sender.getByRole("button", { name: "Send the answer" }).click();
    await sender.getByText("A person is looking at it.").waitFor();
    await waitingFor(test, caseId, "sender");
    await office.pass(aMoment);

    await openToDecide(one, /Thistlecombe.*Back from the sender/);
    await one.getByRole("region", { name: "Messages" }).getByText("No, it is misprinted.").waitFor();
    await explain(one, "Ask sender", "Then send it again, please.");
    await office.pass(aMoment);
    await test.caseWhen(caseId, (now) => now.case.senderAsked && now.case.messages.length === 3);
    await send(invoicePdf(invoice), submitter, dropped);
    const { reviews } = await closed(test, caseId);
    await office.pass(aMoment);
    await sender.getByText("It was decided by the software. The outcome is delivered.").waitFor();
    expect(reviews.map(({ cause }) => cause)).toEqual(["gate", "question", "sender", "question"]);
    expect(await test.outcomeOf(caseId)).toMatchObject({ action: "pay", decidedBy: { kind: "software" } });
  });

  it("no further than their authority: what is above it is neither offered nor taken", async () => {
    await inForce({});
    const supplier = companies.kestrelnode;
    const caseId = await send(invoicePdf({ supplier, costCentre: "4500", misprintedGrossMinor: 6_123_45 }));
    await waitingFor(test, caseId, "gate");
    const [one, expert] = [await office.at("reviewer1"), await office.at("expert")];
    await office.pass(aMoment);

    await openToDecide(one, /Kestrelnode/);
    await one.getByText("You may not approve this one.").waitFor();
    expect(await button(one, "Approve").count()).toBe(0);
    await one.keyboard.press("Control+Enter");
    await one.getByRole("status").getByText("You may not approve this case.").waitFor({ state: "attached" });
    await field(one, "Gross").fill("5950.00");
    await button(one, "Correct").click();
    await office.pass(aMoment);
    await one.getByRole("alert").getByText("Not recorded · Kestrelnode").waitFor();
    await one
      .getByRole("alert")
      .getByText(/You may decide up to .* Escalate this case\./)
      .waitFor();
    const refused = await test.caseWhen(caseId, () => true);
    expect(refused.reviews).toMatchObject([{ status: "waiting", decision: null }]);
    expect(await test.outcomeOf(caseId)).toBeNull();

    await one.getByRole("button", { name: "Open", exact: true }).click();
    await one.getByText("Your answer was not recorded.").waitFor();
    await explain(one, "Escalate", "It is above what I may decide.");
    await office.pass(aMoment);
    await waitingFor(test, caseId, "escalation");
    await office.pass(aMoment);
    await openToDecide(expert, /Kestrelnode.*A question for you/);
    await button(expert, "Approve").click();
    await office.pass(aMoment);
    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({
      action: "pay",
      fields: { gross: "6123.45" },
      decidedBy: { name: "Subject expert", action: "approve" },
    });
  });

  it("blind, once software has let it through: the audit finds an error, and its outcome supersedes the first", async () => {
    await inForce({ audit: { share: 1, blindShare: 0, hold: false } });
    const caseId = await send(invoicePdf());
    const one = await office.at("reviewer1");
    const first = await eventually(() => test.outcomeOf(caseId), "the software's outcome");
    expect(first).toMatchObject({ outcomeId: `${caseId}-o1`, decidedBy: { kind: "software" } });
    await test.caseWhen(caseId, ({ reviews }) => reviews.some(({ status, blind }) => status === "waiting" && blind));
    await office.pass(aMoment);

    await openToDecide(one, /Blind: state what you see/);
    await one.getByRole("region", { name: "Blind review" }).waitFor();
    expect(await field(one, "Gross").inputValue()).toBe("");
    expect(await read(one)).not.toMatch(/Thistlecombe|Why this needs you|What was done before/);
    expect(await button(one, "Approve").count()).toBe(0);
    const { supplier = "", number = "", issueDate = "", currency = "" } = first.fields;
    const seen = { Supplier: supplier, Number: number, Issued: issueDate, Currency: currency, Gross: "1.00" };
    for (const [label, value] of Object.entries(seen)) await field(one, label).fill(value ?? "");
    await button(one, "Send what I see").click();

    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({
      outcomeId: `${caseId}-o2`,
      supersedes: `${caseId}-o1`,
      fields: { gross: "1.00" },
      decidedBy: { kind: "person", name: "Reviewer 1" },
    });
  });

  it("whatever the rules say while their workflow is stopped, until a second owner lets it go on", async () => {
    await inForce({});
    const [owner, other, one] = [await office.at("owner1"), await office.at("owner2"), await office.at("reviewer1")];
    await owner.getByRole("link", { name: "Workflow" }).click();
    await owner.getByRole("button", { name: "Stop the software" }).click();
    await owner.getByLabel("Why do you stop it?").fill("Wrong bank accounts");
    await owner.getByRole("button", { name: "Stop now" }).click();
    await owner.getByRole("heading", { name: "Stopped" }).waitFor();

    const stopped = await send(invoicePdf({ supplier: companies.tilsner, costCentre: "4100" }));
    await waitingFor(test, stopped, "gate");
    await office.pass(aMoment);
    await openToDecide(one, /Tilsner.*The workflow is stopped/);
    await one.getByText("It would have passed if its owner had not stopped the workflow.").waitFor();
    await button(one, "Approve").click();
    await office.pass(aMoment);
    await closed(test, stopped);
    expect(await test.outcomeOf(stopped)).toMatchObject({ action: "pay", decidedBy: { name: "Reviewer 1" } });

    await owner.getByRole("button", { name: "Let it go on" }).click();
    await owner.getByLabel("Why may it go on?").fill("The accounts are mended");
    await owner.getByRole("button", { name: "Propose to go on" }).click();
    const proposed = owner.getByRole("article", { name: /^Change / });
    await proposed.getByText("You proposed it, so another owner signs.").waitFor();
    expect(await proposed.getByRole("button", { name: "Sign" }).count()).toBe(0);
    await other.getByRole("link", { name: "Workflow" }).click();
    await other.getByRole("heading", { name: "Stopped" }).waitFor();
    const change = other.getByRole("article", { name: /^Change / });
    await change.getByText("The accounts are mended").waitFor();
    await change.getByRole("button", { name: "Sign" }).click();
    await other.getByRole("heading", { name: "Running" }).waitFor();

    const running = await send(invoicePdf({ supplier: companies.tilsner, costCentre: "4100" }));
    const { reviews } = await closed(test, running);
    expect(reviews).toEqual([]);
    expect(await test.outcomeOf(running)).toMatchObject({ action: "pay", decidedBy: { kind: "software" } });
  });

  it("when they do not answer in time: it goes to an expert", async () => {
    await inForce({});
    const caseId = await send(notAddingUp(companies.calvessi, "4400"));
    await waitingFor(test, caseId, "gate");
    const [one, expert] = [await office.at("reviewer1"), await office.at("expert")];
    await office.pass(aMoment);
    await openToDecide(one, /Calvessi.*The totals do not add up/);
    expect(await button(one, "Approve").count()).toBe(1);

    await office.pass(9 * hour);
    const late = await waitingFor(test, caseId, "time-out");
    expect(late.reviews).toMatchObject([
      { status: "expired", role: "reviewer" },
      { status: "waiting", role: "expert", priority: 1 },
    ]);
    await office.pass(aMoment);
    await one.getByText("Nobody answered in time: this review went on from the reviewer to the next role.").waitFor();
    expect(await button(one, "Approve").count()).toBe(0);
    await openToDecide(expert, /Calvessi/);
    await expert.getByText("Nobody answered in time, so it came to the next role.").waitFor();
    await button(expert, "Approve").click();
    await office.pass(aMoment);
    await closed(test, caseId);
    expect(await test.outcomeOf(caseId)).toMatchObject({
      action: "pay",
      decidedBy: { name: "Subject expert", action: "approve" },
    });
  });
});
