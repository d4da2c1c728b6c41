import { createHash, randomUUID } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Storage } from "../storage/storage.ts";
import type { Template } from "../template/template.ts";
import { AwsError } from "../wire/aws-error.ts";
import { groupedWrites } from "./durable-work.ts";

const message = z.object({
  messageId: z.string(),
  body: z.string(),
  attributes: z.record(z.string(), z.string()),
  sentAt: z.string(),
  receiveCount: z.number(),
  /** Hidden from receivers until then. */
  visibleAt: z.string(),
  receiptHandle: z.string().optional(),
});
export type Message = z.infer<typeof message>;

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilitySeconds: number;
  readonly retentionSeconds: number;
}

/** The template's SQS queues: messages on disk, at least once, in no promised order. */
export interface Queues {
  readonly all: readonly Queue[];
  /** By ARN or URL. @throws {AwsError} QueueDoesNotExist */
  find(arnOrUrl: string): Queue;
  send(queue: Queue, body: string, attributes?: Readonly<Record<string, string>>): Promise<Message>;
  receive(queue: Queue, most: number, visibilitySeconds?: number): Promise<readonly Message[]>;
  /** Deleting what is gone already succeeds. */
  remove(queue: Queue, receiptHandle: string): Promise<void>;
  count(queue: Queue): Promise<{ readonly visible: number; readonly hidden: number }>;
}

const queueShape = z.object({
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(345_600),
  FifoQueue: z.literal(false, "FIFO queues are not imitated").optional(),
});

export function openQueues(template: Template, storage: Storage, clock: Clock): Queues {
  const write = groupedWrites(storage);
  const all = template.ofType("AWS::SQS::Queue").map((resource) => {
    const { VisibilityTimeout, MessageRetentionPeriod } = queueShape.parse(resource.properties);
    return {
      name: resource.attribute("QueueName"),
      arn: resource.attribute("Arn"),
      url: resource.ref,
      visibilitySeconds: VisibilityTimeout,
      retentionSeconds: MessageRetentionPeriod,
    };
  });
  const prefix = (queue: Queue) => `queue/${queue.name}/`;
  const later = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000).toISOString();

  /** What has outlived the queue's retention is gone, as on AWS. */
  async function* messages(queue: Queue): AsyncGenerator<[key: string, message: Message]> {
    const oldest = later(-queue.retentionSeconds);
    for await (const [key, value] of storage.entries(prefix(queue))) {
      const found = message.parse(value);
      if (found.sentAt < oldest) await write({ key, delete: true });
      else yield [key, found];
    }
  }

  return {
    all,
    find: (arnOrUrl) => {
      const name = arnOrUrl.startsWith("arn:") ? arnOrUrl.split(":").at(-1) : arnOrUrl.split("/").at(-1);
      const queue = all.find((candidate) => candidate.name === name);
      if (queue) return queue;
      throw new AwsError("QueueDoesNotExist", `The specified queue does not exist: ${arnOrUrl}`);
    },
    send: async (queue, body, attributes = {}) => {
      const sentAt = clock.now().toISOString();
      const messageId = randomUUID();
      const sent = { messageId, body, attributes: { ...attributes }, sentAt, receiveCount: 0, visibleAt: sentAt };
      await write({ key: `${prefix(queue)}${sentAt}/${messageId}`, value: sent });
      return sent;
    },
    receive: async (queue, most, visibilitySeconds = queue.visibilitySeconds) => {
      const now = clock.now().toISOString();
      const received: Message[] = [];
      for await (const [key, found] of messages(queue)) {
        if (received.length >= most) break;
        if (found.visibleAt > now) continue;
        const lent = {
          ...found,
          receiveCount: found.receiveCount + 1,
          visibleAt: later(visibilitySeconds),
          receiptHandle: Buffer.from(JSON.stringify({ key, nonce: randomUUID() })).toString("base64url"),
        };
        await write({ key, value: lent });
        received.push(lent);
      }
      return received;
    },
    remove: async (queue, receiptHandle) => {
      const { key } = readReceipt(receiptHandle);
      if (!key.startsWith(prefix(queue))) throw receiptInvalid();
      await write({ key, delete: true });
    },
    count: async (queue) => {
      const now = clock.now().toISOString();
      const counts = { visible: 0, hidden: 0 };
      for await (const [, { visibleAt }] of messages(queue)) counts[visibleAt > now ? "hidden" : "visible"] += 1;
      return counts;
    },
  };
}

export const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

const receiptShape = z.object({ key: z.string() });

function readReceipt(receiptHandle: string): { key: string } {
  try {
    return receiptShape.parse(JSON.parse(Buffer.from(receiptHandle, "base64url").toString("utf8")));
  } catch {
    throw receiptInvalid();
  }
}

const receiptInvalid = () => new AwsError("ReceiptHandleIsInvalid", "The input receipt handle is invalid.", 404);
