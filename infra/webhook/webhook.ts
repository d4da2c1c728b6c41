import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { notConfigured } from "../../shared/contracts/functions.ts";
import type { CaseEvents } from "../events/case-events.ts";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { DeadLetterQueue } from "../queues/dead-letter-queue.ts";
import type { OutcomeBucket } from "../storage/outcome-bucket.ts";
import type { CaseTable } from "../tables/case-table.ts";

export interface WebhookProps {
  /** Address that gets every outcome. */
  readonly url: string;
  readonly fn: HandlerFunction;
  readonly events: CaseEvents;
  readonly cases: CaseTable;
  readonly outcomes: OutcomeBucket;
}

/** Sends every outcome to one address, signed with a secret that the deployment draws, until it is taken or three days are over. */
export class Webhook extends Construct {
  /** Announced outcomes that send-webhooks could not even store. */
  readonly unacceptedOutcomes: DeadLetterQueue;
  readonly #secret: Secret;
  readonly #fn: HandlerFunction;

  constructor(scope: Construct, id: string, { url, fn, events, cases, outcomes }: WebhookProps) {
    super(scope, id);
    this.#fn = fn;
    this.#secret = new Secret(this, "Secret", {
      description: "Signs webhooks: whsec_ before this text is the secret that their receiver needs",
      // 44 letters and digits are base64 for 33 bytes: 262 bits of chance.
      generateSecretString: { excludePunctuation: true, passwordLength: 44 },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.#secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason: "The receiver holds it, too: only its operator can replace both. docs/delivery.md says how.",
    });
    fn.supply("WEBHOOK_URL", url);
    fn.supply("WEBHOOK_SECRET", this.#secret.secretArn);
    fn.allow(["secretsmanager:GetSecretValue"], [this.#secret.secretArn]);
    cases.grantSendWebhooks(fn);
    outcomes.grantRead(fn);

    this.unacceptedOutcomes = new DeadLetterQueue(this, "UnacceptedOutcomes");
    this.unacceptedOutcomes.takeFailuresOf(fn);
    events.onOutcome(this, "Outcome", {
      description: "Sends an outcome to the webhook",
      target: new LambdaTarget(fn.lambda, {
        deadLetterQueue: this.unacceptedOutcomes.queue,
        maxEventAge: Duration.hours(24),
        retryAttempts: 185,
      }),
    });
    new Rule(this, "EachMinute", {
      description: "Sends outcomes again that the webhook did not take",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(fn.lambda, { maxEventAge: Duration.minutes(5), retryAttempts: 2 })],
    });
  }

  get secretArn(): string {
    return this.#secret.secretArn;
  }

  /** To hand announced outcomes over again that could not be stored. */
  grantRedrive(fn: HandlerFunction): void {
    this.unacceptedOutcomes.grantRedrive(fn, "UNACCEPTED_OUTCOMES_QUEUE");
    fn.supply("SEND_WEBHOOKS_FUNCTION", this.#fn.lambda.functionName);
    fn.allow(["lambda:InvokeFunction"], [this.#fn.lambda.functionArn]);
  }
}

/** The functions know that there is no webhook; nothing calls the one that would send. */
export function withoutWebhook({ sender, redrive }: { sender: HandlerFunction; redrive: HandlerFunction }): void {
  for (const variable of ["CASE_TABLE", "OUTCOME_BUCKET", "WEBHOOK_URL", "WEBHOOK_SECRET"] as const)
    sender.supply(variable, notConfigured);
  for (const variable of ["UNACCEPTED_OUTCOMES_QUEUE", "SEND_WEBHOOKS_FUNCTION"] as const)
    redrive.supply(variable, notConfigured);
}
