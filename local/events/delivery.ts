import type { InvokePermitted } from "../lambda/permissions.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { BusEvent } from "./event.ts";
import type { QueueSendPermitted } from "./queue-policy.ts";
import type { Queues } from "./queues.ts";
import type { Rule, RuleTarget } from "./rule.ts";
import { targetInput } from "./target-input.ts";

/** What a bus can hand an event to. Each rejects when the target refuses it. */
export interface TargetPorts {
  readonly queues: Queues;
  readonly mayInvoke: InvokePermitted;
  readonly maySend: QueueSendPermitted;
  acceptEvent(functionArn: string, payload: unknown): Promise<void>;
  /** Starts an execution with the rights of the rule's role. */
  startExecution(roleArn: string, stateMachineArn: string, name: string, input: string): Promise<void>;
}

const service = "events.amazonaws.com";

/** Hands the event to one target, if the template lets EventBridge do so. @throws {AwsError} AccessDeniedException */
export async function deliver(rule: Rule, target: RuleTarget, event: BusEvent, ports: TargetPorts): Promise<void> {
  const input = targetInput(target, event, rule.arn);
  const kind = target.Arn.split(":")[2];
  if (kind === "lambda") {
    if (!ports.mayInvoke(target.Arn, service, rule.arn)) throw denied("lambda:InvokeFunction", rule.arn, target.Arn);
    await ports.acceptEvent(target.Arn, input);
  } else if (kind === "sqs") {
    await sendToQueue(target.Arn, rule.arn, JSON.stringify(input), {}, ports);
  } else {
    if (target.RoleArn === undefined) throw denied("states:StartExecution", rule.arn, target.Arn);
    await ports.startExecution(
      target.RoleArn,
      target.Arn,
      `${event.id}_${target.Id}`.slice(0, 80),
      JSON.stringify(input),
    );
  }
}

/** The event goes to the target's dead-letter queue, or is lost where the template names none, as on AWS. */
export async function giveUp(
  rule: Rule,
  target: RuleTarget,
  event: BusEvent,
  error: unknown,
  ports: TargetPorts,
): Promise<void> {
  if (target.DeadLetterConfig === undefined) return;
  const attributes = {
    RULE_ARN: rule.arn,
    TARGET_ARN: target.Arn,
    ERROR_CODE: error instanceof AwsError ? error.name : "INTERNAL",
    ERROR_MESSAGE: error instanceof Error ? error.message.slice(0, 1024) : "",
  };
  await sendToQueue(target.DeadLetterConfig.Arn, rule.arn, JSON.stringify(event), attributes, ports);
}

async function sendToQueue(
  queueArn: string,
  ruleArn: string,
  body: string,
  attributes: Readonly<Record<string, string>>,
  { queues, maySend }: TargetPorts,
): Promise<void> {
  if (!maySend(queueArn, service, ruleArn)) throw denied("sqs:SendMessage", ruleArn, queueArn);
  await queues.send(queues.find(queueArn), body, attributes);
}

const denied = (action: string, ruleArn: string, targetArn: string) =>
  new AwsError(
    "AccessDeniedException",
    `EventBridge may not ${action} on ${targetArn} for ${ruleArn}: the template grants no such permission.`,
  );
