import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoIdempotency, type IdempotencyStore } from "../../../../shared/aws/dynamodb/idempotency.ts";
import { dynamoInvoiceHistory } from "../../../../shared/aws/dynamodb/invoice-history.ts";
import { toItem } from "../../../../shared/aws/dynamodb/item.ts";
import { dynamoPageMeter } from "../../../../shared/aws/dynamodb/page-meter.ts";
import { dynamoPeople } from "../../../../shared/aws/dynamodb/people.ts";
import { dynamoSubmissions, type SubmissionStore } from "../../../../shared/aws/dynamodb/submissions.ts";
import { CaseChangedError } from "../../../../shared/case/case-store.ts";
import type { Person } from "../../../../shared/contracts/people.ts";
import type { People } from "../../../../shared/people/people.ts";
import { DailyPageCapReachedError } from "../../../../shared/reading/page-meter.ts";
import type { SupplierProfile } from "../../../../shared/workflows/invoices/signals/history.ts";
import { aPerson, caseId, caseIdNumber, later, noon } from "../../case/builders.ts";
import { inMemoryPeople, inMemorySubmissions } from "../../case/in-memory-ports.ts";
import { inMemoryIdempotency } from "../http/an-event.ts";
import { callsOf, givenTables } from "./running-tables.ts";

async function dynamoWithPeople(...everybody: readonly Person[]): Promise<People> {
  const { client, peopleTable } = await givenTables();
  for (const { personId, name, memberships } of everybody) {
    for (const membership of memberships) {
      await client.send(
        new PutItemCommand({ TableName: peopleTable, Item: toItem({ personId, name, ...membership }) }),
      );
    }
  }
  return dynamoPeople({ client, peopleTable });
}

describe.each([
  ["memory", async (...everybody: readonly Person[]): Promise<People> => inMemoryPeople(...everybody)],
  ["DynamoDB", dynamoWithPeople],
])("people in %s", (_, open) => {
  it("are found with every membership as it was written", async () => {
    const olga = aPerson("olga", {
      role: "owner",
      unlimited: true,
      limits: { EUR: 1, JPY: 2 },
      queues: ["invoices/it"],
    });
    const people = await open(aPerson("rita"), olga);
    expect(await people.find("olga")).toEqual(olga);
    expect(await people.find("rita")).toEqual(aPerson("rita"));
  });

  it("are nobody without a membership", async () => {
    expect(await (await open(aPerson("rita"))).find("mallory")).toBeNull();
  });
});

it("refuses a row that is no membership: half a right is not guessed", async () => {
  const { client, peopleTable } = await givenTables();
  const row = { personId: "rita", name: "Rita", workflow: "invoices", role: "king" };
  await client.send(new PutItemCommand({ TableName: peopleTable, Item: toItem(row) }));
  await expect(dynamoPeople({ client, peopleTable }).find("rita")).rejects.toThrow();
});

describe.each([
  ["memory", async (): Promise<SubmissionStore> => inMemorySubmissions()],
  ["DynamoDB", async (): Promise<SubmissionStore> => dynamoSubmissions(await givenTables())],
])("announced uploads in %s", (_, open) => {
  const told = { caseId, workflow: "invoices" as const, fileName: "ü.pdf", submitter: "sam" };

  it("are found by their key, without members that were not told", async () => {
    const submissions = await open();
    await submissions.announce("invoices/api/x", told, noon);
    expect(await submissions.find("invoices/api/x")).toEqual(told);
    expect(await submissions.find("invoices/api/y")).toBeNull();
  });

  it("keep reference and due time", async () => {
    const submissions = await open();
    const more = { ...told, reference: "PO-7", dueAt: later(60).toISOString() };
    await submissions.announce("k", more, noon);
    expect(await submissions.find("k")).toEqual(more);
  });
});

it("looks announced uploads up consistently: the upload may come milliseconds after its announcement", async () => {
  const tables = await givenTables();
  const calls = callsOf(tables.client);
  await dynamoSubmissions(tables).find("invoices/api/x");
  expect(calls).toMatchObject([{ input: expect.stringContaining('"ConsistentRead":true') }]);
});

describe.each([
  ["memory", async (): Promise<IdempotencyStore> => inMemoryIdempotency()],
  ["DynamoDB", async (): Promise<IdempotencyStore> => dynamoIdempotency(await givenTables())],
])("remembered answers in %s", (_, open) => {
  const answer = { fingerprint: "f", response: { statusCode: 200, body: '{"a":"ü"}' } };

  it("are found by person and key, for nobody else", async () => {
    const store = await open();
    await store.remember("rita", "key-12345", answer, noon);
    expect(await store.find("rita", "key-12345")).toEqual(answer);
    expect(await store.find("ron", "key-12345")).toBeNull();
    expect(await store.find("rita", "key-67890")).toBeNull();
  });
});

describe("the day's pages", () => {
  it("are counted up to the cap, never above it, and anew each day", async () => {
    const meter = dynamoPageMeter({ ...(await givenTables()), cap: 5 });
    const counted = await Promise.allSettled([...Array(8)].map(() => meter.count(noon)));
    expect(counted.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    const refused = counted.find((result) => result.status === "rejected");
    expect(refused?.reason).toBeInstanceOf(DailyPageCapReachedError);
    await meter.count(later(24 * 60 * 60));
  });

  it("that were not detected after all are given back", async () => {
    const meter = dynamoPageMeter({ ...(await givenTables()), cap: 1 });
    await meter.count(noon);
    await meter.giveBack(noon);
    await meter.count(noon);
    await expect(meter.count(noon)).rejects.toBeInstanceOf(DailyPageCapReachedError);
  });
});

describe("a supplier's history", () => {
  const prints = { supplierKey: "brandt", numberKey: "R1184", grossKey: "EUR12000" };
  const invoice = (number: number) => ({
    caseId: caseIdNumber(number),
    number: `R-${number}`,
    grossMinor: 12_000,
    currency: "EUR",
    issueDate: "2026-02-27",
  });
  const profile = (invoices: number): SupplierProfile => ({
    ibans: [],
    layouts: [],
    costCentres: {},
    items: {},
    invoices,
  });

  it("shows each of two invoices that come at the same moment at least to one of them", async () => {
    const history = dynamoInvoiceHistory(await givenTables());
    const found = await Promise.all([1, 2].map((number) => history.noteAndFind(prints, invoice(number), noon)));
    const seen = found.map(({ earlier }, index) => earlier.some((other) => other.caseId !== caseIdNumber(index + 1)));
    expect(seen).toContain(true);
  });

  it("learns each case once, also when it is told twice or at the same moment", async () => {
    const history = dynamoInvoiceHistory(await givenTables());
    const learn = (number: number) =>
      history.learn("brandt", caseIdNumber(number), (before) => profile((before?.invoices ?? 0) + 1));
    await learn(1);
    await learn(1);
    const results = await Promise.allSettled([2, 3, 4].map(learn));
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toBeInstanceOf(CaseChangedError);
    }
    for (const number of [2, 3, 4]) await learn(number);
    expect((await history.noteAndFind(prints, invoice(9), noon)).profile?.invoices).toBe(4);
  });
});
