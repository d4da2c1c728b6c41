import * as z from "zod";
import type { Authorise } from "../iam/principal.ts";
import { AwsError, NotImitatedError } from "../wire/aws-error.ts";
import type { AwsRequest, AwsResponse, AwsService } from "../wire/service.ts";
import { type Message, md5, type Queue, type Queues } from "./queues.ts";

const attributeValue = z.object({ StringValue: z.string().optional() });
const anyBody = z.object({ QueueUrl: z.string() });
const sendBody = z.object({
  MessageBody: z.string().min(1),
  MessageAttributes: z.record(z.string(), attributeValue).default({}),
});
const receiveBody = z.object({
  MaxNumberOfMessages: z.int().min(1).max(10).default(1),
  VisibilityTimeout: z.int().min(0).max(43_200).optional(),
});
const deleteBody = z.object({ ReceiptHandle: z.string() });

/** SQS: 1 MiB a message since 2025. */
const maxMessageBytes = 1_048_576;

type Operation = (queue: Queue, body: unknown, queues: Queues) => Promise<unknown>;

const operations: Readonly<Record<string, Operation>> = {
  SendMessage: async (queue, body, queues) => {
    const { MessageBody, MessageAttributes } = parse(sendBody, body);
    if (Buffer.byteLength(MessageBody) > maxMessageBytes) {
      throw new AwsError("InvalidParameterValue", `The message is longer than ${maxMessageBytes} bytes.`);
    }
    const attributes = Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue ?? ""]);
    const { messageId } = await queues.send(queue, MessageBody, Object.fromEntries(attributes));
    return { MessageId: messageId, MD5OfMessageBody: md5(MessageBody) };
  },
  ReceiveMessage: async (queue, body, queues) => {
    const { MaxNumberOfMessages, VisibilityTimeout } = parse(receiveBody, body);
    const received = await queues.receive(queue, MaxNumberOfMessages, VisibilityTimeout);
    return received.length === 0 ? {} : { Messages: received.map(onTheWire) };
  },
  DeleteMessage: async (queue, body, queues) => {
    await queues.remove(queue, parse(deleteBody, body).ReceiptHandle);
    return {};
  },
  GetQueueAttributes: async (queue, _, queues) => {
    const { visible, hidden } = await queues.count(queue);
    return {
      Attributes: {
        QueueArn: queue.arn,
        ApproximateNumberOfMessages: String(visible),
        ApproximateNumberOfMessagesNotVisible: String(hidden),
        VisibilityTimeout: String(queue.visibilitySeconds),
        MessageRetentionPeriod: String(queue.retentionSeconds),
      },
    };
  },
};

/** The service `sqs` over AWS's JSON protocol: what redriving dead letters needs. */
export function sqsService(queues: Queues, authorise: Authorise): AwsService {
  return {
    name: "sqs",
    handle: async (request: AwsRequest): Promise<AwsResponse> => {
      const operation = request.headers["x-amz-target"]?.split(".").at(-1) ?? "";
      const run = operations[operation];
      if (!run) throw new NotImitatedError(`SQS ${operation} (it has ${Object.keys(operations).join(", ")})`);
      const body: unknown = JSON.parse(request.body.toString("utf8") || "{}");
      const queue = queues.find(parse(anyBody, body).QueueUrl);
      authorise(request.principal, `sqs:${operation}`, queue.arn);
      return {
        status: 200,
        headers: { "content-type": "application/x-amz-json-1.0" },
        body: JSON.stringify(await run(queue, body, queues)),
      };
    },
  };
}

function onTheWire({ messageId, body, attributes, receiveCount, sentAt, receiptHandle }: Message) {
  const entries = Object.entries(attributes).map(([name, value]) => [name, { DataType: "String", StringValue: value }]);
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    Body: body,
    MD5OfBody: md5(body),
    Attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: String(Date.parse(sentAt)) },
    ...(entries.length === 0 ? {} : { MessageAttributes: Object.fromEntries(entries) }),
  };
}

function parse<Shape extends z.ZodType>(shape: Shape, body: unknown): z.infer<Shape> {
  const { success, data, error } = shape.safeParse(body);
  if (success) return data;
  throw new AwsError("InvalidParameterValue", z.prettifyError(error));
}
