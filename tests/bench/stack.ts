import { GetExecutionHistoryCommand, ListExecutionsCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import * as z from "zod";
import { sampleLists } from "../../local/demo/samples/sample-lists.ts";
import { invoicePdf, invoiceThatDoesNotAddUp } from "../stack/an-invoice.ts";
import { eventually } from "../stack/api-client.ts";
import { openTestStack, type TestStack } from "../stack/test-stack.ts";
import { bill, perCase } from "./bill.ts";

/** Drops invoices through the whole machine: what it sustains, and what AWS would bill for a case of each kind. */
export async function measureStack(cases: number) {
  const test = await openTestStack();
  try {
    const owner = await test.as("owner-1");
    for (const [list, csv] of Object.entries(sampleLists())) {
      await owner.post(`/api/workflows/invoices/lists/${list}`, { csv });
    }
    const documents = await Promise.all([...Array(cases)].map(() => invoicePdf()));
    await passing(test, await Promise.all([...Array(20)].map(() => invoicePdf())), "warm-up");
    const before = await test.stack.metered();
    const started = performance.now();
    await passing(test, documents, "measured");
    const seconds = (performance.now() - started) / 1000;
    const automatic = perCase(before, await settledMeters(test), cases);
    const reviewed = await measureReviewed(test, 10);
    return {
      casesPerSecond: round(cases / seconds),
      automatic: { ...rounded(automatic), usd: bill(automatic).usd },
      reviewed: { ...rounded(reviewed), usd: bill(reviewed).usd },
    };
  } finally {
    await test.close();
  }
}

/** Drops as an upstream system does, sixteen at a time, and waits until every case's execution has succeeded. */
async function passing(test: TestStack, documents: readonly Buffer[], name: string): Promise<void> {
  const stateMachineArn = await caseMachine(test);
  const before = await succeeded(test, stateMachineArn);
  const left = [...documents.entries()];
  const sender = async () => {
    for (let next = left.shift(); next; next = left.shift())
      await test.drop(`invoices/${name}-${next[0]}.pdf`, next[1]);
  };
  await Promise.all([...Array(16)].map(sender));
  const ended = async () => ((await succeeded(test, stateMachineArn)) - before >= documents.length ? true : null);
  await eventually(ended, "all invoices to pass; does one wait for a person?", 300, 500);
}

/** Counted by the execution's status: polling cases through the API would cost what is being measured. */
async function succeeded(test: TestStack, stateMachineArn: string): Promise<number> {
  const request = { stateMachineArn, statusFilter: "SUCCEEDED" as const, maxResults: 1000 };
  const { executions = [] } = await test.stepFunctions.send(new ListExecutionsCommand(request));
  return executions.length;
}

async function caseMachine(test: TestStack): Promise<string> {
  const { stateMachines } = await test.stepFunctions.send(new ListStateMachinesCommand({}));
  return stateMachines?.find(({ name }) => name?.includes("CaseMachine"))?.stateMachineArn ?? "";
}

async function measureReviewed(test: TestStack, cases: number) {
  const reviewer = await test.as("reviewer-1");
  const before = await settledMeters(test);
  for (let index = 0; index < cases; index++) {
    const id = await test.drop(`invoices/reviewed-${index}.pdf`, await invoiceThatDoesNotAddUp());
    // As the page does it: see the queue, claim, read, look at the page, decide.
    await eventually(() => reviewIsOpen(test, id), `the review of ${id}`);
    await reviewer.get("/api/reviews");
    await reviewer.post(`/api/reviews/${id}-1/claim`);
    await reviewer.get(`/api/cases/${id}`);
    await reviewer.get(`/api/cases/${id}/pages/1`);
    const decided = await reviewer.post(`/api/reviews/${id}-1/decision`, { action: "approve" });
    if (decided.status !== 200) throw new Error(`Not decided: ${JSON.stringify(decided.body)}`);
  }
  return perCase(before, await settledMeters(test), cases);
}

/** Asked of the execution's history, which nothing meters: polling the API would count as work of the reviewer. */
async function reviewIsOpen(test: TestStack, caseId: string): Promise<true | null> {
  const machine = await caseMachine(test);
  const submitted = await submittedTask(
    test,
    `${machine.replace(":stateMachine:", ":execution:")}:${caseId}`,
    "states",
  );
  const child = submitted && z.object({ ExecutionArn: z.string() }).parse(JSON.parse(submitted)).ExecutionArn;
  return child && (await submittedTask(test, child, "lambda")) !== null ? true : null;
}

async function submittedTask(test: TestStack, executionArn: string, resourceType: string): Promise<string | null> {
  try {
    const { events } = await test.stepFunctions.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, reverseOrder: true }),
    );
    const found = events?.find(
      ({ taskSubmittedEventDetails }) => taskSubmittedEventDetails?.resourceType === resourceType,
    );
    return found?.taskSubmittedEventDetails?.output ?? null;
  } catch (error) {
    if (error instanceof Error && error.name === "ExecutionDoesNotExist") return null;
    throw error;
  }
}

async function settledMeters(test: TestStack) {
  await test.stack.settled();
  return test.stack.metered();
}

const round = (value: number): number => Math.round(value * 100) / 100;
const rounded = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(Number(value))]));
