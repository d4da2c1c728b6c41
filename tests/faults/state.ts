import * as z from "zod";
import type { Template } from "../../local/template/template.ts";
import { fromItem } from "../../shared/aws/dynamodb/item.ts";
import { caseRecord, outboxRow, reviewRecord } from "../../shared/case/case-record.ts";
import { policy } from "../../shared/contracts/policy.ts";
import { tallyEntry } from "../../shared/contracts/tally.ts";
import { type LedgerEvent, ledgerEvent } from "../../shared/ledger/event.ts";
import type { Machine } from "./machine.ts";

/** Everything that the machine holds, read past the API. */
export type State = Awaited<ReturnType<typeof readState>>;

const scanned = z.object({
  Items: z.array(z.record(z.string(), z.custom<Parameters<typeof fromItem>[0][string]>())),
  LastEvaluatedKey: z.unknown().optional(),
});
const listed = z.object({
  executions: z.array(z.object({ executionArn: z.string(), name: z.string(), status: z.string() })),
  nextToken: z.string().nullish(),
});
const described = z.object({ input: z.string() });
const caseInInput = z.object({ caseId: z.string() });
const history = z.object({ events: z.array(z.object({ type: z.string(), timestamp: z.number() })) });

export async function readState(machine: Machine) {
  const { template } = machine.stack;
  const rows = await scan(machine, table(template, "CaseTable"));
  const records = <S extends z.ZodType>(shape: S, belongs: (pk: string, sk: string) => boolean): z.infer<S>[] =>
    rows
      .filter((row) => row.aliasOf === undefined && belongs(String(row.pk), String(row.sk)))
      .map((row) => shape.parse(row.record ?? row.entry ?? row));
  const cases = records(caseRecord, (pk, sk) => pk.startsWith("CASE#") && sk === "CASE");
  const aliases = new Map(
    rows.flatMap(({ pk, aliasOf }) => (aliasOf === undefined ? [] : [[String(pk).slice(5), String(aliasOf)] as const])),
  );
  const tally = records(tallyEntry, (pk) => pk.startsWith("DAY#"));
  const versions = rows.filter(({ pk, sk }) => pk === "POLICY#invoices" && String(sk).startsWith("VERSION#"));
  const policies = new Map(
    versions.map(({ document }) => {
      const parsed = policy.parse(JSON.parse(String(document)));
      return [parsed.version, parsed] as const;
    }),
  );
  const reviews = records(reviewRecord, (pk, sk) => pk.startsWith("CASE#") && sk.startsWith("REVIEW#"));
  const outbox = records(outboxRow, (_, sk) => sk.startsWith("OUTBOX#"));
  const ledger = (await scan(machine, table(template, "LedgerTable"))).map(
    (row): LedgerEvent => ledgerEvent.parse(row),
  );
  ledger.sort((a, b) => a.sequence - b.sequence);
  return {
    cases,
    reviews,
    outbox,
    tally,
    /** The case that an id leads to: its own, or that of a version which its sender sent later. */
    caseIdOf: (caseId: string) => aliases.get(caseId) ?? caseId,
    /** Every version of the policy that was in force. */
    policies,
    /** Events of all chains, by type. */
    counts: Object.fromEntries(
      [...new Set(ledger.map(({ type }) => type))].map((one) => [
        one,
        ledger.filter(({ type }) => type === one).length,
      ]),
    ),
    historyOf: (caseId: string) => ledger.filter((event) => event.caseId === caseId),
    caseExecutions: await executions(machine, "CaseMachine"),
    /** Of reviews that wait for somebody: the case, and the last thing that happened in the execution. */
    runningReviews: await runningReviews(machine),
  };
}

export function table(template: Template, id: string): string {
  const found = ["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"]
    .flatMap((type) => template.ofType(type))
    .find(({ logicalId }) => logicalId.startsWith(id));
  if (!found) throw new Error(`The template has no table ${id}.`);
  return found.ref;
}

async function scan(machine: Machine, TableName: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const input = { TableName, ConsistentRead: true, ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}) };
    const page = scanned.parse(await machine.ask("dynamodb", "DynamoDB_20120810.Scan", input));
    rows.push(...page.Items.map((item) => fromItem(item)));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return rows;
}

async function executions(machine: Machine, id: string, statusFilter?: string) {
  const arn = machine.stack.template
    .ofType("AWS::StepFunctions::StateMachine")
    .find(({ logicalId }) => logicalId.startsWith(id))
    ?.attribute("Arn");
  const found: z.infer<typeof listed>["executions"] = [];
  let nextToken: string | undefined;
  do {
    const input = {
      stateMachineArn: arn,
      maxResults: 1000,
      ...(statusFilter && { statusFilter }),
      ...(nextToken && { nextToken }),
    };
    const page = listed.parse(await machine.ask("states", "AWSStepFunctions.ListExecutions", input));
    found.push(...page.executions);
    nextToken = page.nextToken ?? undefined;
  } while (nextToken);
  return found;
}

async function runningReviews(machine: Machine) {
  const running = await executions(machine, "ReviewMachine", "RUNNING");
  return Promise.all(
    running.map(async ({ executionArn }) => {
      const { input } = described.parse(
        await machine.ask("states", "AWSStepFunctions.DescribeExecution", { executionArn }),
      );
      const last = { executionArn, maxResults: 1, reverseOrder: true };
      const { events } = history.parse(await machine.ask("states", "AWSStepFunctions.GetExecutionHistory", last));
      return {
        caseId: caseInInput.parse(JSON.parse(input)).caseId,
        lastEvent: events[0]?.type ?? "",
        since: (events[0]?.timestamp ?? 0) * 1_000,
      };
    }),
  );
}

const counted = z.object({
  Attributes: z.object({
    ApproximateNumberOfMessages: z.coerce.number(),
    ApproximateNumberOfMessagesNotVisible: z.coerce.number(),
  }),
});

/** Messages in all queues of the template; all of them are for dead letters. */
export async function deadLetters(machine: Machine): Promise<number> {
  let messages = 0;
  for (const { ref: QueueUrl } of machine.stack.template.ofType("AWS::SQS::Queue")) {
    const input = { QueueUrl, AttributeNames: ["All"] };
    const { Attributes } = counted.parse(await machine.ask("sqs", "AmazonSQS.GetQueueAttributes", input));
    messages += Attributes.ApproximateNumberOfMessages + Attributes.ApproximateNumberOfMessagesNotVisible;
  }
  return messages;
}
