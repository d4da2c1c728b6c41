import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { type EventBus, type EventBusOptions, openEventBus } from "../../../local/events/event-bus.ts";
import { readQueuePolicies } from "../../../local/events/queue-policy.ts";
import { openQueues } from "../../../local/events/queues.ts";
import { authorise } from "../../../local/iam/authorise.ts";
import { readInvokePermissions } from "../../../local/lambda/permissions.ts";
import { aFunction, aRole, writtenTemplate } from "../stack/written-assembly.ts";
import { memoryStorage } from "../states/memory-storage.ts";

type Resources = Parameters<typeof writtenTemplate>[0]["resources"];

const arnOf = (logicalId: string) => ({ "Fn::GetAtt": [logicalId, "Arn"] });
export const toHandler = { Id: "handler", Arn: arnOf("Handler") };

/** Rules on the default bus and on one of the template's own, a function, a queue, and what lets EventBridge reach both. */
export const busResources: Resources = {
  Role: aRole,
  Handler: aFunction("any"),
  Dead: { Type: "AWS::SQS::Queue" },
  Forbidden: { Type: "AWS::SQS::Queue" },
  Bus: { Type: "AWS::Events::EventBus", Properties: { Name: "cases" } },
  Drop: {
    Type: "AWS::Events::Rule",
    Properties: {
      EventPattern: { source: ["aws.s3"] },
      Targets: [
        {
          ...toHandler,
          DeadLetterConfig: { Arn: arnOf("Dead") },
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 },
        },
      ],
    },
  },
  Decided: {
    Type: "AWS::Events::Rule",
    Properties: {
      EventBusName: { Ref: "Bus" },
      EventPattern: { source: ["signoff"] },
      Targets: [
        { Id: "queue", Arn: arnOf("Dead"), InputPath: "$.detail" },
        { Id: "closed", Arn: arnOf("Forbidden") },
      ],
    },
  },
  EachMinute: {
    Type: "AWS::Events::Rule",
    Properties: { ScheduleExpression: "rate(1 minute)", Targets: [toHandler] },
  },
  MayInvoke: {
    Type: "AWS::Lambda::Permission",
    Properties: {
      Action: "lambda:InvokeFunction",
      FunctionName: arnOf("Handler"),
      Principal: "events.amazonaws.com",
      SourceArn: { "Fn::Sub": "arn:aws:events:us-east-1:000000000000:rule/*" },
    },
  },
  MaySend: {
    Type: "AWS::SQS::QueuePolicy",
    Properties: {
      Queues: [{ Ref: "Dead" }],
      PolicyDocument: {
        Statement: [
          {
            Effect: "Deny",
            Action: "sqs:*",
            Resource: arnOf("Dead"),
            Principal: "*",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          {
            Effect: "Allow",
            Action: "sqs:SendMessage",
            Resource: arnOf("Dead"),
            Principal: { Service: "events.amazonaws.com" },
          },
        ],
      },
    },
  },
};

export function runningBus(options: Partial<EventBusOptions> & { resources?: Resources } = {}) {
  const { resources = busResources, ...overrides } = options;
  const template = writtenTemplate({ resources, assets: { any: { "index.mjs": "" } } });
  const clock = new TurnedClock();
  const storage = overrides.storage ?? memoryStorage();
  const queues = openQueues(template, storage, clock);
  const accepted: { functionArn: string; payload: unknown }[] = [];
  const problems: string[] = [];
  const bus: EventBus = openEventBus({
    template,
    storage,
    clock,
    authorise,
    queues,
    mayInvoke: readInvokePermissions(template),
    maySend: readQueuePolicies(template),
    acceptEvent: async (functionArn, payload) => void accepted.push({ functionArn, payload }),
    startExecution: () => Promise.reject(new Error("no state machines here")),
    report: (problem) => problems.push(problem),
    ...overrides,
  });
  return { bus, clock, queues, accepted, problems, template, storage };
}

export const aDrop = { source: "aws.s3", detailType: "Object Created", detail: { object: { key: "invoices/a.pdf" } } };
