import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";

/** What could not be delivered, kept for 14 days, the longest SQS keeps anything. EventBridge needs SQS's own encryption. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.queue = new Queue(this, "Default", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(this.queue).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "It is itself a dead-letter queue, of an event rule or of a function's asynchronous calls.",
    });
  }

  /** To hand what lies here over again, and to delete what was taken. */
  grantRedrive(
    fn: HandlerFunction,
    variable: "UNDELIVERED_DROPS_QUEUE" | "UNOPENED_DROPS_QUEUE" | "UNACCEPTED_OUTCOMES_QUEUE",
  ): void {
    fn.supply(variable, this.queue.queueUrl);
    fn.allow(["sqs:ReceiveMessage", "sqs:DeleteMessage"], [this.queue.queueArn]);
  }

  /** Events that the function failed on, after its retries. */
  takeFailuresOf(fn: HandlerFunction): void {
    fn.lambda.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: { bind: () => ({ destination: this.queue.queueArn }) },
    });
    fn.allow(["sqs:SendMessage"], [this.queue.queueArn]);
  }
}
