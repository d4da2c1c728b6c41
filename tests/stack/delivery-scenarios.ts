import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { ListStateMachinesCommand, StopExecutionCommand } from "@aws-sdk/client-sfn";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "vitest";
import { anchor } from "../../shared/ledger/anchor.ts";
import { failureRecord } from "../shared/redrive/in-memory-letters.ts";
import { invoke } from "./invoke.ts";
import type { Scenario } from "./scenarios.ts";
import type { TestStack } from "./test-stack.ts";

const isWaiting = ({ case: { status } }: { case: { status: string } }) => status === "waiting";

/** Ledger anchors and redrive. */
export const deliveryScenarios: readonly Scenario[] = [
  {
    title: "the ledger is anchored, and anchored again with what moved since",
    roles: ["AnchorLedger"],
    run: async (test) => {
      const first = await test.drop("invoices/anchored.pdf", "");
      await test.caseWhen(first, isWaiting);
      await invoke(test, "AnchorLedger");
      const second = await test.drop("invoices/anchored-later.pdf", "");
      await test.caseWhen(second, isWaiting);
      await invoke(test, "AnchorLedger");
      const Bucket = test.output("LedgerAnchorsBucket");
      const { Contents = [] } = await test.s3.send(new ListObjectsV2Command({ Bucket }));
      const anchors = await Promise.all(
        Contents.map(async ({ Key }) => {
          const { Body } = await test.s3.send(new GetObjectCommand({ Bucket, Key }));
          return anchor.parse(JSON.parse((await Body?.transformToString()) ?? ""));
        }),
      );
      const anchored = anchors.flatMap(({ heads }) => heads.map(({ caseId }) => caseId));
      expect(anchored).toEqual(expect.arrayContaining([first, second]));
    },
  },
  {
    title: "redrive opens what was dropped in vain, and continues what died or is old",
    roles: ["Redrive"],
    without: ({ role, action }) => role.includes("Reconcile") && action === "states:DescribeExecution",
    run: async (test) => {
      const [dead, old] = [await test.drop("invoices/dead.pdf", ""), await test.drop("invoices/old.pdf", "")];
      for (const caseId of [dead, old]) await test.caseWhen(caseId, isWaiting);
      await stopExecutionOf(dead, test);
      await test.dynamoDb.send(
        new UpdateItemCommand({
          TableName: test.output("CaseTable"),
          Key: { pk: { S: `CASE#${old}` }, sk: { S: "CASE" } },
          UpdateExpression: "SET #record.executionStartedAt = :longAgo",
          ExpressionAttributeNames: { "#record": "record" },
          ExpressionAttributeValues: { ":longAgo": { S: "2020-01-01T00:00:00.000Z" } },
        }),
      );
      const event = await dropEventOf("invoices/dead.pdf", test);
      for (const [queue, MessageBody] of [
        ["TriggersUndeliveredDrops", JSON.stringify(event)],
        ["TriggersUnopenedDrops", failureRecord(event)],
      ] as const)
        await test.sqs.send(new SendMessageCommand({ QueueUrl: test.queueNamed(queue), MessageBody }));
      const report = (await (await test.as("owner-1")).post("/api/redrive")).body;
      expect(report).toEqual({
        casesContinued: [dead, old].sort(),
        dropsReopened: 2,
        webhooksRetried: 0,
        failed: [],
      });
      for (const caseId of [dead, old])
        await test.caseWhen(caseId, ({ reviews }) => reviews.some(({ status }) => status === "waiting"));
    },
  },
];

/** What S3 announced of an object. Opening it again is no second case. */
async function dropEventOf(key: string, test: TestStack) {
  const bucket = test.output("IntakeBucket");
  const { VersionId } = await test.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  const detail = { bucket: { name: bucket }, object: { key, size: 0, "version-id": VersionId } };
  return { "detail-type": "Object Created", source: "aws.s3", detail };
}

async function stopExecutionOf(caseId: string, { stepFunctions }: TestStack): Promise<void> {
  const machines = (await stepFunctions.send(new ListStateMachinesCommand({}))).stateMachines ?? [];
  const machine = machines.find(({ name }) => name?.includes("CaseMachine"))?.stateMachineArn ?? "";
  const executionArn = `${machine.replace(":stateMachine:", ":execution:")}:${caseId}`;
  await stepFunctions.send(new StopExecutionCommand({ executionArn }));
}
