import { describe, expect, it } from "vitest";
import { dynamoCaseStore } from "../../../../shared/aws/dynamodb/case-store.ts";
import { dynamoOpenCases, dynamoOutbox } from "../../../../shared/aws/dynamodb/pending.ts";
import { dynamoDepartmentQueues, dynamoReviewListing } from "../../../../shared/aws/dynamodb/review-listing.ts";
import { software } from "../../../../shared/ledger/event.ts";
import { aCase, aDecision, aReview, caseIdNumber, noon } from "../../case/builders.ts";
import { caseStoreContract } from "../../case/case-store-contract.ts";
import { callsOf, givenTables } from "./running-tables.ts";

const openPorts = async () => {
  const tables = await givenTables();
  return {
    tables,
    cases: dynamoCaseStore(tables),
    outbox: dynamoOutbox(tables),
    openCases: dynamoOpenCases(tables),
    listing: dynamoReviewListing(tables),
  };
};

caseStoreContract("DynamoDB", openPorts);

const openedReview = (number: number, changes: Parameters<typeof aReview>[0]) => {
  const caseId = caseIdNumber(number);
  const after = aReview({ caseId, ...changes });
  const entry = { type: "ReviewOpened" as const, actor: software, summary: "A step", details: {} };
  return { before: null, after: aCase({ caseId }), entry, reviews: [{ before: null, after }] };
};

describe("the department's queues", () => {
  it("are known once they had work; the workflow's own is not among them", async () => {
    const { cases, tables } = await openPorts();
    const queues = dynamoDepartmentQueues(tables);
    expect(await queues("invoices")).toEqual([]);
    await cases.commit(openedReview(1, { queue: "invoices" }), noon);
    await cases.commit(openedReview(2, { queue: "invoices/legal" }), noon);
    await cases.commit(openedReview(3, { queue: "invoices/it" }), noon);
    await cases.commit(openedReview(4, { queue: "invoices/it" }), noon);
    expect(await queues("invoices")).toEqual(["invoices/it", "invoices/legal"]);
  });

  it("stand in nobody's way: many cases of one department open at the same moment", async () => {
    const { cases, tables } = await openPorts();
    const calls = callsOf(tables.client);
    const numbers = [...Array(20).keys()];
    await Promise.all(numbers.map((number) => cases.commit(openedReview(number, { queue: "invoices/it" }), noon)));
    const opened = await Promise.all(numbers.map((number) => cases.findReview(`${caseIdNumber(number)}-1`)));
    expect(opened.every((review) => review?.queue === "invoices/it")).toBe(true);
    const transactions = calls.filter(({ command }) => command === "TransactWriteItemsCommand");
    expect(transactions).toHaveLength(20);
    expect(transactions.filter(({ input }) => input.includes("QUEUES#"))).toEqual([]);
  });
});

it("lists reviews whose corrections are so long that one answer of DynamoDB does not hold them", async () => {
  const { cases, listing } = await openPorts();
  const numbers = [1, 2, 3, 4, 5, 6];
  const long = { description: "x".repeat(1_000) };
  for (const number of numbers) {
    const reviewId = `${caseIdNumber(number)}-1`;
    const decision = { action: "correct" as const, fields: {}, lines: Array(230).fill(long) };
    await cases.commit(openedReview(number, { status: "decided", decision: aDecision({ reviewId, decision }) }), noon);
  }
  const page = await listing.list({ queues: ["invoices"], status: "decided", cursor: null, limit: 10 });
  expect(page.reviews).toHaveLength(numbers.length);
  expect(page.cursor).toBeNull();
});
