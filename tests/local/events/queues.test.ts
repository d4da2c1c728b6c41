import { describe, expect, it } from "vitest";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { openQueues } from "../../../local/events/queues.ts";
import { sqsService } from "../../../local/events/sqs-api.ts";
import { authorise } from "../../../local/iam/authorise.ts";
import { operator } from "../../../local/iam/principals.ts";
import { writtenTemplate } from "../stack/written-assembly.ts";
import { memoryStorage } from "../states/memory-storage.ts";

const template = writtenTemplate({
  resources: {
    Dead: { Type: "AWS::SQS::Queue", Properties: { MessageRetentionPeriod: 1_209_600 } },
    Other: { Type: "AWS::SQS::Queue" },
  },
});
const QueueUrl = template.resource("Dead").ref;

function aQueue(storage = memoryStorage()) {
  const clock = new TurnedClock();
  const service = sqsService(openQueues(template, storage, clock), authorise);
  const call = async (action: string, body: Record<string, unknown> = {}, principal = operator) => {
    const response = await service.handle({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `AmazonSQS.${action}` },
      body: Buffer.from(JSON.stringify({ QueueUrl, ...body })),
      principal,
    });
    return JSON.parse(String(response.body));
  };
  return { clock, call };
}

describe("a queue", () => {
  it("gives a message, hides it for its visibility time-out, and gives it again", async () => {
    const { clock, call } = aQueue();
    await call("SendMessage", {
      MessageBody: "hello",
      MessageAttributes: { Why: { DataType: "String", StringValue: "x" } },
    });
    const { Messages } = await call("ReceiveMessage", { MaxNumberOfMessages: 10 });
    expect(Messages).toMatchObject([
      {
        Body: "hello",
        MD5OfBody: "5d41402abc4b2a76b9719d911017c592",
        MessageAttributes: { Why: { StringValue: "x" } },
      },
    ]);
    expect(await call("ReceiveMessage")).toEqual({});
    await clock.advance(30_000);
    expect((await call("ReceiveMessage")).Messages[0].Attributes.ApproximateReceiveCount).toBe("2");
  });

  it("forgets a message that was deleted", async () => {
    const { clock, call } = aQueue();
    await call("SendMessage", { MessageBody: "hello" });
    const { Messages } = await call("ReceiveMessage");
    await call("DeleteMessage", { ReceiptHandle: Messages[0].ReceiptHandle });
    await clock.advance(60_000);
    expect(await call("ReceiveMessage")).toEqual({});
  });

  it("refuses a receipt of another queue, and one that is made up", async () => {
    const { call } = aQueue();
    await call("SendMessage", { MessageBody: "hello" });
    const { Messages } = await call("ReceiveMessage");
    const ReceiptHandle = Messages[0].ReceiptHandle;
    const elsewhere = { QueueUrl: template.resource("Other").ref, ReceiptHandle };
    await expect(call("DeleteMessage", elsewhere)).rejects.toMatchObject({ name: "ReceiptHandleIsInvalid" });
    await expect(call("DeleteMessage", { ReceiptHandle: "made-up" })).rejects.toMatchObject({
      name: "ReceiptHandleIsInvalid",
    });
  });

  it("keeps messages over a restart, and as long as its retention says", async () => {
    const storage = memoryStorage();
    await aQueue(storage).call("SendMessage", { MessageBody: "kept" });
    const { clock, call } = aQueue(storage);
    await clock.advance(13 * 86_400_000);
    expect((await call("GetQueueAttributes")).Attributes).toMatchObject({ ApproximateNumberOfMessages: "1" });
    await clock.advance(2 * 86_400_000);
    expect((await call("GetQueueAttributes")).Attributes).toMatchObject({ ApproximateNumberOfMessages: "0" });
  });

  it("is closed to a role without the action, and unknown under another name", async () => {
    const { call } = aQueue();
    const nobody = { name: "Nobody", arn: "arn:aws:iam::000000000000:role/nobody", statements: [] };
    await expect(call("SendMessage", { MessageBody: "x" }, nobody)).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    await expect(call("SendMessage", { QueueUrl: "https://sqs/x/nope", MessageBody: "x" })).rejects.toMatchObject({
      name: "QueueDoesNotExist",
    });
  });

  it("refuses what is not imitated with a sentence", async () => {
    await expect(aQueue().call("PurgeQueue")).rejects.toMatchObject({ name: "NotImplemented" });
  });
});
