import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { DeadLetterQueue } from "../redrive/dead-letter.ts";

/** Happens when a function failed on a dead letter again. `name` is that of the function's own error. */
class HandOverFailedError extends Error {
  override readonly name: string;

  constructor(errorType: string, functionName: string) {
    super(`${functionName} failed again: ${errorType}. Its log says why; the message stays in its queue.`);
    this.name = errorType;
  }
}

export interface SqsDeadLetters {
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly queueUrl: string;
  readonly functionName: string;
}

/** Longer than a run of redrive, so that neither this run nor another meets a message twice. */
const hiddenSeconds = 300;
const failure = z.object({ errorType: z.string() });

/** Calls the function as its trigger would, but waits: a message is deleted only once the function succeeded. */
export function sqsDeadLetters({ sqs, lambda, queueUrl, functionName }: SqsDeadLetters): DeadLetterQueue {
  return {
    receive: async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: hiddenSeconds }),
      );
      return Messages.map(({ MessageId = "", Body = "", ReceiptHandle = "" }) => ({
        messageId: MessageId,
        body: Body,
        receipt: ReceiptHandle,
      }));
    },
    handOver: async (event) => {
      const { FunctionError, Payload } = await lambda.send(
        new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(event) }),
      );
      if (FunctionError === undefined) return;
      throw new HandOverFailedError(errorTypeOf(Payload) ?? FunctionError, functionName);
    },
    delete: async ({ receipt }) => {
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: receipt }));
    },
  };
}

function errorTypeOf(payload: Uint8Array | undefined): string | undefined {
  try {
    return failure.parse(JSON.parse(Buffer.from(payload ?? []).toString("utf-8"))).errorType;
  } catch {
    return undefined;
  }
}
