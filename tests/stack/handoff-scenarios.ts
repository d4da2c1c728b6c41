import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { expect } from "vitest";
import * as z from "zod";
import { invoiceThatDoesNotAddUp } from "./an-invoice.ts";
import { invoke } from "./invoke.ts";
import type { Scenario } from "./scenarios.ts";
import type { TestStack } from "./test-stack.ts";
import { uploadLists } from "./upload-lists.ts";

/** Drops an invoice that a person must see, and waits until one is asked. */
async function waiting(test: TestStack, name: string, submitter?: string): Promise<string> {
  await uploadLists(test);
  const metadata = submitter === undefined ? {} : { submitter };
  const caseId = await test.drop(`invoices/${name}.pdf`, await invoiceThatDoesNotAddUp(), metadata);
  await asked(test, caseId, "gate");
  return caseId;
}

const asked = (test: TestStack, caseId: string, cause: string) =>
  test.caseWhen(caseId, ({ reviews }) => reviews.some((one) => one.status === "waiting" && one.cause === cause));
const closed = (test: TestStack, caseId: string) => test.caseWhen(caseId, (now) => now.case.status === "closed");

/** What people do with a case beside deciding it. */
export const handoffScenarios: readonly Scenario[] = [
  {
    title: "an expert gives a review to a colleague, who attaches a file that others download",
    roles: ["AssignReview", "AttachEvidence", "GetAttachment", "RecordDecision"],
    run: async (test) => {
      const caseId = await waiting(test, "assigned");
      const [expert, reviewer] = [await test.as("expert-1"), await test.as("reviewer-1")];
      const me = z.object({ personId: z.string() }).parse((await reviewer.get("/api/me")).body);
      const review = `/api/reviews/${caseId}-1`;
      expect((await expert.post(`${review}/assign`, { personId: me.personId })).status).toBe(200);
      const file = {
        fileName: "call.txt",
        contentType: "text/plain",
        content: Buffer.from("Called.").toString("base64"),
      };
      const kept = await reviewer.post(`${review}/attachments`, file);
      expect(kept.status, JSON.stringify(kept.body)).toBe(201);
      const { attachmentId } = z.object({ attachmentId: z.string() }).parse(kept.body);
      const decision = { action: "approve", attachments: [attachmentId] };
      expect((await reviewer.post(`${review}/decision`, decision)).status).toBe(200);
      const found = await expert.get(`/api/cases/${caseId}/attachments/${attachmentId}`);
      const download = await fetch(z.object({ url: z.string() }).parse(found.body).url);
      expect([await download.text(), download.headers.get("content-disposition")]).toEqual([
        "Called.",
        "attachment; filename*=UTF-8''call.txt",
      ]);
      await closed(test, caseId);
    },
  },
  {
    title: "a sender answers the question in words, and takes another case back",
    roles: ["SendMessage", "WithdrawCase"],
    run: async (test) => {
      const program = await test.asProgram();
      const caseId = await waiting(test, "answered", test.output("ProgramClientId"));
      const question = { action: "ask", note: "Is the total right?" };
      expect((await (await test.as("reviewer-1")).post(`/api/reviews/${caseId}-1/decision`, question)).status).toBe(
        200,
      );
      await asked(test, caseId, "question");
      expect((await program.post(`/api/cases/${caseId}/messages`, { text: "It is." })).status).toBe(204);
      await asked(test, caseId, "sender");
      expect((await program.post(`/api/cases/${caseId}/withdraw`, { because: "Sent twice" })).status).toBe(204);
      await closed(test, caseId);
    },
  },
  {
    title: "an owner reopens a closed case",
    roles: ["ReopenCase"],
    run: async (test) => {
      const caseId = await waiting(test, "reopened");
      const approval = await (await test.as("reviewer-1")).post(`/api/reviews/${caseId}-1/decision`, {
        action: "approve",
      });
      expect(approval.status).toBe(200);
      await closed(test, caseId);
      const because = { because: "The supplier called." };
      expect((await (await test.as("owner-1")).post(`/api/cases/${caseId}/reopen`, because)).status).toBe(204);
      await asked(test, caseId, "reopen");
    },
  },
  {
    title: "a case that has waited for nearly a year goes on in another execution",
    roles: ["Reconcile", "OpenReview"],
    run: async (test) => {
      const caseId = await waiting(test, "old");
      await startedLongAgo(test, caseId);
      await invoke(test, "Reconcile");
      await asked(test, caseId, "recovery");
    },
  },
];

/** A year of minutes would be half a million ticks of the schedules: the case's row says that its execution is old. */
export async function startedLongAgo(test: TestStack, caseId: string): Promise<void> {
  const long = new Date(test.stack.clock.now().getTime() - 331 * 24 * 3_600_000).toISOString();
  await test.dynamoDb.send(
    new UpdateItemCommand({
      TableName: test.output("CaseTable"),
      Key: { pk: { S: `CASE#${caseId}` }, sk: { S: "CASE" } },
      UpdateExpression: "SET #record.executionStartedAt = :long, pendingSince = :long",
      ExpressionAttributeNames: { "#record": "record" },
      ExpressionAttributeValues: { ":long": { S: long } },
    }),
  );
}
