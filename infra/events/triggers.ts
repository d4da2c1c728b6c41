import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { CaseFunctions } from "../functions/case-functions.ts";
import type { HandlerFunction } from "../functions/handler-function.ts";
import type { CaseMachine } from "../machines/case-machine.ts";
import { DeadLetterQueue } from "../queues/dead-letter-queue.ts";
import type { IntakeBucket } from "../storage/intake-bucket.ts";

export interface TriggersProps {
  readonly intake: IntakeBucket;
  readonly caseMachine: CaseMachine;
  readonly functions: CaseFunctions;
}

/** What sets functions going without anybody asking: a drop, the clock, an execution that died. */
export class Triggers extends Construct {
  /** Drops that EventBridge could not hand to open-case. */
  readonly undeliveredDrops: DeadLetterQueue;
  /** Drops that open-case failed on. */
  readonly unopenedDrops: DeadLetterQueue;
  readonly #openCase: HandlerFunction;

  constructor(scope: Construct, id: string, { intake, caseMachine, functions }: TriggersProps) {
    super(scope, id);
    this.undeliveredDrops = new DeadLetterQueue(this, "UndeliveredDrops");
    this.unopenedDrops = new DeadLetterQueue(this, "UnopenedDrops");
    this.unopenedDrops.takeFailuresOf(functions["open-case"]);
    this.#openCase = functions["open-case"];

    new Rule(this, "Drop", {
      description: "A document was dropped",
      eventPattern: intake.dropPattern,
      targets: [
        new LambdaTarget(functions["open-case"].lambda, {
          deadLetterQueue: this.undeliveredDrops.queue,
          maxEventAge: Duration.hours(24),
          retryAttempts: 185, // EventBridge's most: over 24 hours
        }),
      ],
    });
    // A tick that is lost needs no dead-letter queue: the next one does its work.
    new Rule(this, "EachMinute", {
      description: "Wakes workflows whose decision was stored but not delivered",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaTarget(functions["sweep-outbox"].lambda, tick)],
    });
    new Rule(this, "EachFiveMinutes", {
      description: "Compares open cases with executions",
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaTarget(functions.reconcile.lambda, tick)],
    });
    new Rule(this, "EachHour", {
      description: "Rolls the day's tally up into counters",
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaTarget(functions["roll-up"].lambda, tick)],
    });
    new Rule(this, "CaseDied", {
      description: "The execution of a case ended without closing it",
      eventPattern: caseMachine.diedPattern,
      targets: [new LambdaTarget(functions.reconcile.lambda, tick)],
    });
  }

  /** To hand dropped documents to open-case again that never got there. */
  grantRedrive(fn: HandlerFunction): void {
    this.undeliveredDrops.grantRedrive(fn, "UNDELIVERED_DROPS_QUEUE");
    this.unopenedDrops.grantRedrive(fn, "UNOPENED_DROPS_QUEUE");
    fn.supply("OPEN_CASE_FUNCTION", this.#openCase.lambda.functionName);
    fn.allow(["lambda:InvokeFunction"], [this.#openCase.lambda.functionArn]);
  }
}

const tick = { maxEventAge: Duration.minutes(5), retryAttempts: 2 };
