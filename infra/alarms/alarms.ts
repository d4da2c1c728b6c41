import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Construct } from "constructs";
import type { FunctionName } from "../../shared/contracts/functions.ts";
import type { CaseApi } from "../api/case-api.ts";
import type { Triggers } from "../events/triggers.ts";
import type { CaseFunctions } from "../functions/case-functions.ts";
import { metricsNamespace } from "../functions/handler-function.ts";
import type { CaseMachine } from "../machines/case-machine.ts";
import type { Webhook } from "../webhook/webhook.ts";
import { AlarmTopic } from "./alarm-topic.ts";

export interface AlarmsProps {
  readonly email: string | undefined;
  readonly triggers: Triggers;
  readonly caseMachine: CaseMachine;
  readonly api: CaseApi;
  readonly functions: CaseFunctions;
  /** Where outcomes are sent. @default - nowhere */
  readonly webhook: Webhook | undefined;
}

/** A function whose failures hurt somebody although nothing else shows them, and whom. */
const errorsHurt: Partial<Record<FunctionName, string>> = {
  "open-case":
    "Senders are hurt: documents were dropped and no case was opened for them yet. They are retried twice, then kept in UnopenedDrops.",
  "open-review":
    "Reviewers and senders are hurt: a case needs a person, and nobody can see it yet. The state machine goes on trying.",
  "deliver-outcome":
    "Receivers are hurt: cases are decided, and their outcomes do not arrive. The state machine goes on trying.",
  "record-decision": "Reviewers are hurt: answers could not be stored, and they were told so.",
  "sweep-outbox": "Receivers are hurt: decisions are stored, and cases that a crash left behind are not woken.",
  "anchor-ledger":
    "Auditors are hurt: the ledger was not anchored, or it contradicts an anchor. Run verify-ledger; the next run anchors what this one left.",
  redrive: "Whoever waits for what failed is hurt: it could not be started again.",
  "roll-up":
    "Owners are hurt: yesterday's figures are not counted. Nothing is lost: the next run counts up to 14 days back.",
  "gate-proposal":
    "Senders are hurt: cases cannot be judged, and go to their owner once the state machine gave up. PolicyVersionReusedError in the log: raise the version in policy.json.",
  "apply-policy-change":
    "Whoever listens for policies is hurt: a change is in force, and was not announced. The state machine goes on trying.",
  "stop-workflow": "Owners are hurt: a workflow was to be stopped, and they were told that it failed.",
  reconcile: "Senders are hurt: cases whose execution died are not found.",
};

/** Functions that people wait for, or whose throttling holds all cases. Ten at most: a metric expression takes no more. */
const mayNotBeThrottled: readonly FunctionName[] = [
  "open-case",
  "read-document",
  "gate-proposal",
  "open-review",
  "deliver-outcome",
  "record-decision",
  "claim-review",
  "list-reviews",
  "get-case",
  "get-page",
];

/** Every alarm says who is hurt, and what happens or is to be done about it. */
export class Alarms extends Construct {
  readonly #topic: AlarmTopic;

  constructor(scope: Construct, id: string, { email, triggers, caseMachine, api, functions, webhook }: AlarmsProps) {
    super(scope, id);
    this.#topic = new AlarmTopic(this, "Topic", { email });

    this.#whenAny(
      "UndeliveredDrops",
      triggers.undeliveredDrops.queue.metricApproximateNumberOfMessagesVisible(oneMinute),
      "Senders are hurt: EventBridge could not hand their documents to open-case within a day. Run redrive.",
    );
    this.#whenAny(
      "UnopenedDrops",
      triggers.unopenedDrops.queue.metricApproximateNumberOfMessagesVisible(oneMinute),
      "Senders are hurt: open-case failed on their documents three times. Mend the cause, then run redrive.",
    );
    if (webhook) {
      this.#whenAny(
        "UnacceptedOutcomes",
        webhook.unacceptedOutcomes.queue.metricApproximateNumberOfMessagesVisible(oneMinute),
        "Receivers are hurt: outcomes were announced, and send-webhooks could not even note them. Mend the cause, then run redrive.",
      );
      this.#whenAny(
        "SendWebhooksFails",
        sumOf([
          functions["send-webhooks"].lambda.metricErrors(fiveMinutes),
          emitted("WebhookSweepFailed", "send-webhooks"),
        ]),
        "Receivers are hurt: outcomes are not sent to the webhook. They lie in their bucket; what was noted is sent again each minute.",
      );
      this.#whenAny(
        "WebhooksDead",
        emitted("WebhookDead", "send-webhooks"),
        "Receivers are hurt: the webhook refused outcomes for good, or for three days, and nobody sends them again. Mend the receiver, then run redrive.",
      );
    }
    for (const [name, fn] of Object.entries(functions)) {
      const whoIsHurt = errorsHurt[fn.functionName];
      if (whoIsHurt !== undefined)
        this.#whenAny(`${fn.node.id}Fails`, fn.lambda.metricErrors(fiveMinutes), `${name}: ${whoIsHurt}`);
    }
    this.#whenAny(
      "CasesDie",
      sumOf(diedMetrics(caseMachine)),
      "Senders and receivers are hurt: the execution of a case ended without closing it. The reconciler continues it within five minutes; if this repeats, it does not succeed.",
    );
    this.#whenAny(
      "ReviewsUnanswered",
      emitted("ReviewUnanswered", "open-review"),
      "Senders are hurt: nobody up to the workflow's owner answered a review in time. It stays open, with the owner.",
    );
    this.#whenAny(
      "PageCapReached",
      emitted("PageCapReached", "detect-page"),
      "Reviewers are hurt: today's cap of pages for text detection is used up, so scans go to people unread until midnight UTC. Raise dailyPageCap, or find who sends so much.",
    );
    this.#whenAny(
      "ApiFails",
      api.metricFailures().with(fiveMinutes),
      "Reviewers and programs are hurt: the API answered them 5xx.",
    );
    this.#whenAny(
      "FunctionsThrottled",
      sumOf(mayNotBeThrottled.map((name) => functions[name].lambda.metricThrottles(fiveMinutes))),
      "Everybody is hurt, by waiting: Lambda is out of concurrency. Nothing is lost; have the account's quota raised.",
    );
  }

  /** Goes off when the metric is above zero in one period. Silence is fine. */
  #whenAny(id: string, metric: IMetric, whoIsHurt: string): void {
    const alarm = new Alarm(this, id, {
      metric,
      alarmDescription: whoIsHurt,
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.#topic.topic));
  }
}

const oneMinute = { period: Duration.minutes(1), statistic: "Maximum" };
const fiveMinutes = { period: Duration.minutes(5), statistic: "Sum" };

/** A metric that a function emits about the work, not about itself. */
function emitted(metricName: string, by: FunctionName): Metric {
  return new Metric({ namespace: metricsNamespace, metricName, dimensionsMap: { service: by }, ...fiveMinutes });
}

function diedMetrics({ machine: { stateMachine } }: CaseMachine): Metric[] {
  return [
    stateMachine.metricFailed(fiveMinutes),
    stateMachine.metricTimedOut(fiveMinutes),
    stateMachine.metricAborted(fiveMinutes),
  ];
}

function sumOf(metrics: readonly IMetric[]): MathExpression {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({
    expression: Object.keys(usingMetrics).join(" + "),
    usingMetrics,
    period: fiveMinutes.period,
  });
}
