import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction as LambdaTarget } from "aws-cdk-lib/aws-events-targets";
import { Construct } from "constructs";
import type { HandlerFunction } from "../functions/handler-function.ts";
import type { LedgerAnchorsBucket } from "../storage/ledger-anchors-bucket.ts";
import type { LedgerTable } from "../tables/ledger-table.ts";

export interface AnchoringProps {
  readonly fn: HandlerFunction;
  readonly ledger: LedgerTable;
  readonly anchors: LedgerAnchorsBucket;
}

/**
 * Anchors the ledger four times a day: each run does yesterday and today, so that every day is read again after it ended,
 * whatever the hour of deployment, and a change to the ledger is noticed that is made six hours after the event.
 */
export class Anchoring extends Construct {
  constructor(scope: Construct, id: string, { fn, ledger, anchors }: AnchoringProps) {
    super(scope, id);
    ledger.grantReadMoved(fn);
    anchors.grantAnchor(fn);
    new Rule(this, "EachSixHours", {
      description: "Anchors the heads of the ledger's chains",
      schedule: Schedule.rate(Duration.hours(6)),
      // What a run that failed left out, the next one does.
      targets: [new LambdaTarget(fn.lambda, { maxEventAge: Duration.hours(1), retryAttempts: 2 })],
    });
  }
}
