import { spawn } from "node:child_process";
import { createHmac, timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, it, onTestFinished } from "vitest";
import * as z from "zod";
import { redriveResponse } from "../../shared/contracts/api.ts";
import { outcome } from "../../shared/contracts/outcome.ts";
import { invoiceThatDoesNotAddUp } from "./an-invoice.ts";
import { eventually } from "./api-client.ts";
import { assemblyWith } from "./assembly-with.ts";
import { invoke } from "./invoke.ts";
import { root } from "./npm-start.ts";
import { openTestStack, type TestStack } from "./test-stack.ts";
import { type Delivery, openWebhookReceiver } from "./webhook-receiver.ts";

const message = z.object({
  type: z.string(),
  timestamp: z.string(),
  data: z.looseObject({ outcomeId: z.string(), outcome: outcome.nullable() }),
});

it("an outcome reaches the webhook signed, also one that its receiver would not take at first", async () => {
  const receiver = await openWebhookReceiver(410);
  onTestFinished(receiver.close);
  const test = await openTestStack({ assembly: await assemblyWith({ webhookUrl: receiver.url }) });
  onTestFinished(test.close);

  const caseId = await decidedCase(test);
  await eventually(async () => receiver.deliveries.at(0) ?? null, "the refused delivery");
  await test.stack.settled();
  receiver.answer = 200;
  await invoke(test, "SendWebhooks", { "detail-type": "Scheduled Event", detail: {} });
  expect(receiver.deliveries).toHaveLength(1); // given up: nobody asks a receiver again that said 410

  const owner = await test.as("owner-1");
  const answer = await owner.post("/api/redrive");
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(redriveResponse.parse(answer.body)).toEqual({
    casesContinued: [],
    dropsReopened: 0,
    webhooksRetried: 1,
    failed: [],
  });
  await invoke(test, "SendWebhooks", { "detail-type": "Scheduled Event", detail: {} });
  const [, delivered] = receiver.deliveries;
  if (!delivered) throw new Error("Nothing was delivered.");
  expect(await isGenuine(delivered, test)).toBe(true);
  expect(await isGenuine({ ...delivered, body: `${delivered.body} ` }, test)).toBe(false);
  const { type, data } = message.parse(JSON.parse(delivered.body));
  expect([type, data.outcomeId, data.outcome?.caseId]).toEqual(["CaseRejected", `${caseId}-o1`, caseId]);
  expect(data.outcome).toEqual(await test.outcomeOf(caseId));

  // An announcement that could not even be noted goes in again from its queue; the receiver has had it.
  const QueueUrl = test.queueNamed("WebhookUnacceptedOutcomes");
  const { outcome: _, ...detail } = data;
  const event = { source: "signoff", "detail-type": type, time: "2026-03-02T12:00:00Z", detail };
  await test.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(event) }));
  expect(await invoke(test, "Redrive", { redrive: "operator" })).toMatchObject({ webhooksRetried: 1, failed: [] });
  expect(receiver.deliveries).toHaveLength(2);

  // The operator's commands find the stack while it runs.
  await invoke(test, "AnchorLedger");
  expect(await command("redrive", test)).toMatchObject({
    code: 0,
    output: expect.stringContaining("Nothing had failed"),
  });
  const verified = await command("verify-ledger", test);
  expect(verified).toMatchObject({
    code: 0,
    output: expect.stringMatching(/in 1 chains, 1 anchors\nThe ledger holds/),
  });
  await test.dynamoDb.send(
    new UpdateItemCommand({
      TableName: test.output("LedgerTable"),
      Key: { caseId: { S: caseId }, sequence: { N: "2" } },
      UpdateExpression: "SET summary = :forged",
      ExpressionAttributeValues: { ":forged": { S: "nothing happened" } },
    }),
  );
  expect(await command("verify-ledger", test)).toMatchObject({
    code: 1,
    output: expect.stringContaining(`Case ${caseId}, event 2: hash differs`),
  });

  await test.stack.close(); // writes the logs out
  const logs = await logOf(test, "send-webhooks");
  expect(logs).toContain("refused outcomes for good");
  const stopped = await command("redrive", test);
  expect(stopped).toMatchObject({ code: 2, output: expect.stringContaining("Start it (npm start)") });
  expect(logs).not.toMatch(/a secret of the receiver|whsec_|AccessDenied/);
});

async function decidedCase(test: TestStack): Promise<string> {
  const caseId = await test.drop("invoices/delivered.pdf", await invoiceThatDoesNotAddUp());
  await test.caseWhen(caseId, ({ case: { status } }) => status === "waiting");
  const expert = await test.as("expert-1");
  const decided = await expert.post(`/api/reviews/${caseId}-1/decision`, { action: "reject", note: "no" });
  expect(decided.status, JSON.stringify(decided.body)).toBe(200);
  await test.caseWhen(caseId, ({ case: { status } }) => status === "closed");
  return caseId;
}

/** As docs/delivery.md tells receivers to. */
async function isGenuine({ headers, body }: Delivery, { stack }: TestStack): Promise<boolean> {
  const client = new SecretsManagerClient({
    endpoint: stack.awsEndpoint,
    region: stack.region,
    credentials: stack.operatorCredentials,
  });
  const { SecretString = "" } = await client.send(
    new GetSecretValueCommand({ SecretId: String(stack.outputs.WebhookSecret) }),
  );
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature = "" } = headers;
  const ageSeconds = Math.abs(Date.now() / 1000 - Number(timestamp));
  const expected = createHmac("sha256", Buffer.from(SecretString, "base64"))
    .update(`${id}.${timestamp}.${body}`)
    .digest();
  const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
  return ageSeconds < 300 && given.length === expected.length && timingSafeEqual(given, expected);
}

/** An operator's command in a process of its own, pointed at the test's stack. */
async function command(name: string, { directory }: TestStack): Promise<{ code: number | null; output: string }> {
  const args = ["--import", "tsx", `infra/operate/${name}/main.ts`, "--data", directory];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const [code] = await once(child, "close");
  return { code, output };
}

const logOf = ({ stack }: TestStack, name: string) => readFile(join(stack.logsDirectory, `${name}.log`), "utf-8");
