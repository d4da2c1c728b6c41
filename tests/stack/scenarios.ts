import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { ListStateMachinesCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect } from "vitest";
import * as z from "zod";
import { sampleLists } from "../../local/demo/samples/sample-lists.ts";
import type { Grant } from "../../local/iam/principals.ts";
import { listReviewsResponse } from "../../shared/contracts/api.ts";
import { invoicePdf, invoiceThatDoesNotAddUp, scannedInvoice } from "./an-invoice.ts";
import { eventually } from "./api-client.ts";
import { deliveryScenarios } from "./delivery-scenarios.ts";
import { handoffScenarios } from "./handoff-scenarios.ts";
import { peopleScenarios } from "./people-scenarios.ts";
import { policyScenarios } from "./policy-scenarios.ts";
import type { TestStack } from "./test-stack.ts";
import { uploadLists } from "./upload-lists.ts";

/** A path through the whole machine that needs everything it touches. `roles`: whose grants it exercises, by part of their logical ids. */
export interface Scenario {
  readonly title: string;
  readonly roles: readonly string[];
  /** Grants that are taken away on purpose, for what happens without them. */
  readonly without?: (grant: Grant) => boolean;
  /** Whether it needs a clock that it can turn. */
  readonly turned?: boolean;
  run(test: TestStack): Promise<void>;
}

const ended = ({ case: { status } }: { case: { status: string } }) => status === "closed" || status === "waiting";

export const scenarios: readonly Scenario[] = [
  {
    title: "an invoice in order passes alone, and everybody is told",
    roles: [
      "OpenCase",
      "ReadDocument",
      "ProposeInvoice",
      "GateProposal",
      "DeliverOutcome",
      "CaseMachine",
      "AutomateInvoice",
      "GetCase",
    ],
    run: async (test) => {
      await uploadLists(test);
      const caseId = await test.drop("invoices/passes.pdf", await invoicePdf());
      const answer = await test.caseWhen(caseId, ended);
      expect(answer.case, JSON.stringify(answer.case.disposition)).toMatchObject({ status: "closed" });
      expect(await test.outcomeOf(caseId)).toMatchObject({ action: "pay" });
    },
  },
  {
    title: "a scan is read by text detection",
    roles: ["DetectPage", "ProposeInvoice", "AutomateInvoice"],
    run: async (test) => {
      const caseId = await test.drop("invoices/scan.jpg", await scannedInvoice());
      const { proposal } = await test.caseWhen(caseId, ended);
      expect(proposal?.findings.some(({ source, value }) => source === "text-detection" && value !== null)).toBe(true);
    },
  },
  {
    title: "a reviewer finds, claims, releases, looks at and approves a case of a department's queue",
    roles: [
      "RenderPages",
      "OpenReview",
      "ReviewMachine",
      "CaseMachine",
      "ClaimReview",
      "ReleaseReview",
      "RecordDecision",
      "ListReviews",
      "GetPage",
      "GetMe",
    ],
    run: async (test) => {
      await uploadLists(test);
      const caseId = await test.drop("invoices/waits.pdf", await invoiceThatDoesNotAddUp({ costCentre: "4200" }));
      await test.caseWhen(caseId, ended);
      const reviewer = await test.as("reviewer-1");
      expect((await reviewer.get("/api/me")).body).toMatchObject({ name: "Reviewer 1" });
      const listed = listReviewsResponse.parse((await reviewer.get("/api/reviews")).body);
      expect(listed.reviews.find((review) => review.caseId === caseId)?.queue).toBe("invoices/marketing");
      const review = `/api/reviews/${caseId}-1`;
      expect((await reviewer.post(`${review}/claim`)).status).toBe(200);
      expect((await reviewer.post(`${review}/release`)).status).toBe(204);
      const page = z.object({ url: z.string() }).parse((await reviewer.get(`/api/cases/${caseId}/pages/1`)).body);
      expect((await fetch(page.url)).status).toBe(200);
      expect((await reviewer.post(`${review}/decision`, { action: "approve" })).status).toBe(200);
      await test.caseWhen(caseId, (answer) => answer.case.status === "closed");
    },
  },
  {
    title: "an owner replaces a list, and sees that it is there",
    roles: ["PutList", "GetList"],
    run: async (test) => {
      const owner = await test.as("owner-1");
      const path = "/api/workflows/invoices/lists/vendors";
      expect((await owner.get(path)).body).toMatchObject({ rows: 0, updatedAt: null });
      expect((await owner.post(path, { csv: sampleLists().vendors })).status).toBe(200);
      expect((await owner.get(path)).body).toMatchObject({ rows: expect.any(Number), updatedAt: expect.any(String) });
    },
  },
  {
    title: "a program announces a document, uploads it and follows its case",
    roles: ["SubmitCase", "GetCase", "OpenCase"],
    run: async (test) => {
      const program = await test.asProgram();
      const pdf = await invoicePdf();
      const announced = await program.post("/api/cases", {
        workflow: "invoices",
        fileName: "a.pdf",
        sizeBytes: pdf.length,
      });
      const { caseId, upload } = z
        .object({
          caseId: z.string(),
          upload: z.object({ url: z.string(), headers: z.record(z.string(), z.string()) }),
        })
        .parse(announced.body);
      const put = await fetch(upload.url, { method: "PUT", body: new Uint8Array(pdf), headers: upload.headers });
      expect(put.status).toBe(200);
      await test.caseWhen(caseId, ended);
      expect((await program.get(`/api/cases/${caseId}`)).status).toBe(200);
    },
  },
  {
    title: "the sweeper wakes a workflow whose decision was stored but not delivered",
    roles: ["SweepOutbox"],
    without: ({ role, action }) => role.includes("RecordDecision") && action === "states:SendTaskSuccess",
    run: async (test) => {
      const caseId = await test.drop("invoices/swept.pdf", await invoiceThatDoesNotAddUp());
      await test.caseWhen(caseId, ended);
      const expert = await test.as("expert-1");
      const decided = await expert.post(`/api/reviews/${caseId}-1/decision`, { action: "reject", note: "no" });
      expect(decided.status).toBe(200);
      await invoke(test, "SweepOutbox");
      await test.caseWhen(caseId, (answer) => answer.case.status === "closed");
      const Key = { pk: { S: `CASE#${caseId}` }, sk: { S: `OUTBOX#${caseId}-1` } };
      const table = test.stack.template
        .ofType("AWS::DynamoDB::Table")
        .find(({ logicalId }) => logicalId.startsWith("CaseTable"));
      const { Item } = await test.dynamoDb.send(
        new GetItemCommand({ TableName: table?.ref ?? "", Key, ConsistentRead: true }),
      );
      expect(Item).toBeUndefined();
    },
  },
  {
    title: "a drop that cannot be opened is kept in the dead-letter queue after three attempts",
    roles: ["OpenCase"],
    without: ({ role, action }) => role.includes("OpenCase") && action === "states:StartExecution",
    turned: true,
    run: async (test) => {
      await test.drop("invoices/unopened.pdf", await invoicePdf());
      const QueueUrl = test.queueNamed("TriggersUnopenedDrops");
      await eventually(
        async () => {
          await test.turn(61_000);
          const { Attributes } = await test.sqs.send(
            new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
          );
          return Number(Attributes?.ApproximateNumberOfMessages) > 0 ? true : null;
        },
        "the dead letter",
        test.patienceSeconds,
      );
    },
  },
  {
    title: "a first pass that left no proposal is told as that",
    roles: ["GateProposal"],
    run: async (test) => {
      const caseId = await test.drop("invoices/slow-scan.jpg", await scannedInvoice());
      await test.caseWhen(caseId, () => true);
      await invoke(test, "GateProposal", { caseId, failure: null });
      const { case: gated } = await test.caseWhen(caseId, ({ case: { disposition } }) => disposition !== null);
      expect(gated.disposition).toMatchObject({ reasons: [{ message: "The first pass ended without a proposal" }] });
    },
  },
  {
    title: "a case that nothing could be proposed for is rejected, and upstream is told",
    roles: ["DeliverOutcome", "GetCase"],
    run: async (test) => {
      const caseId = await test.drop("invoices/empty.pdf", "");
      await test.caseWhen(caseId, ended);
      const reviewer = await test.as("reviewer-1");
      const rejection = { action: "reject", note: "The file is empty" };
      expect((await reviewer.post(`/api/reviews/${caseId}-1/decision`, rejection)).status).toBe(200);
      await test.caseWhen(caseId, (answer) => answer.case.status === "closed");
      expect(await test.outcomeOf(caseId)).toMatchObject({ action: "reject" });
    },
  },
  {
    title: "a case whose execution died is put in front of a person",
    roles: ["Reconcile"],
    run: async (test) => {
      const caseId = await test.drop("invoices/died.pdf", await invoiceThatDoesNotAddUp());
      await test.caseWhen(caseId, ended);
      const machines = (await test.stepFunctions.send(new ListStateMachinesCommand({}))).stateMachines ?? [];
      const machine = machines.find(({ name }) => name?.includes("CaseMachine"))?.stateMachineArn ?? "";
      const executionArn = `${machine.replace(":stateMachine:", ":execution:")}:${caseId}`;
      await test.stepFunctions.send(new StopExecutionCommand({ executionArn }));
      await test.caseWhen(caseId, ({ reviews }) =>
        reviews.some(({ status, reviewId }) => status === "waiting" && reviewId.endsWith("-2")),
      );
      await invoke(test, "Reconcile");
    },
  },
  ...deliveryScenarios,
  ...handoffScenarios,
  ...peopleScenarios,
  ...policyScenarios,
];

/** Runs a scenario, then makes sure that no function was refused a call on the way. */
export async function play({ run, without }: Scenario, test: TestStack): Promise<void> {
  await run(test);
  await test.stack.settled();
  if (!without) expect(await refusals(test)).toEqual([]);
}

async function refusals({ stack }: TestStack): Promise<string[]> {
  const files = await readdir(stack.logsDirectory);
  const logs = await Promise.all(
    files.map(async (file) => [file, await readFile(join(stack.logsDirectory, file), "utf-8")] as const),
  );
  return logs.flatMap(([file, text]) =>
    text
      .split("\n")
      .filter((line) => /AccessDenied|not authorized/.test(line))
      .map((line) => `${file}: ${line.slice(0, 200)}`),
  );
}

/** Invokes a function as its schedule or machine would; throws what it throws. */
async function invoke(test: TestStack, name: string, payload: unknown = {}): Promise<void> {
  const FunctionName = test.functionNamed(name);
  const { FunctionError, Payload } = await test.lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(payload) }),
  );
  if (FunctionError)
    throw new Error(
      `${name} failed: ${Buffer.from(Payload ?? [])
        .toString("utf-8")
        .slice(0, 300)}`,
    );
}
