import { GetExecutionHistoryCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
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

async function passing(test: TestStack, documents: readonly Buffer[], name: string): Promise<void> {
  const ids = await Promise.all(documents.map((pdf, index) => test.drop(`invoices/${name}-${index}.pdf`, pdf)));
  for (const id of ids) {
    const { case: ended } = await test.caseWhen(id, (answer) => ["closed", "waiting"].includes(answer.case.status));
    if (ended.status !== "closed")
      throw new Error(`An invoice meant to pass waits: ${JSON.stringify(ended.disposition)}`);
  }
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
  const { stateMachines } = await test.stepFunctions.send(new ListStateMachinesCommand({}));
  const machine = stateMachines?.find(({ name }) => name?.includes("CaseMachine"))?.stateMachineArn ?? "";
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
