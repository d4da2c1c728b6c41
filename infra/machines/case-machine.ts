import { Construct } from "constructs";
import type { CaseFunctions } from "../functions/case-functions.ts";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { Machine } from "./machine.ts";
import type { ReviewMachine } from "./review-machine.ts";

export interface CaseMachineProps {
  /** The first pass of each workflow. */
  readonly automations: { readonly invoices: Machine };
  readonly review: ReviewMachine;
  readonly functions: CaseFunctions;
  readonly logRetentionDays: number;
  readonly tracing: boolean;
}

/** The spine of every case: first pass, gate, people if need be, outcome. */
export class CaseMachine extends Construct {
  readonly machine: Machine;

  constructor(scope: Construct, id: string, { automations, review, functions, ...observed }: CaseMachineProps) {
    super(scope, id);
    const { "gate-proposal": gate, "deliver-outcome": deliver } = functions;
    this.machine = new Machine(this, "Default", {
      definition: "case",
      substitutions: {
        AutomateInvoiceMachineArn: automations.invoices.arn,
        ReviewMachineArn: review.machine.arn,
        GateProposalFunctionArn: gate.lambda.functionArn,
        DeliverOutcomeFunctionArn: deliver.lambda.functionArn,
      },
      ...observed,
    });
    this.machine.mayInvoke(gate, deliver);
    this.machine.mayRun(automations.invoices, review.machine);
  }

  /** Pattern of the event that a case's execution ended without success. */
  get diedPattern() {
    return {
      source: ["aws.states"],
      detailType: ["Step Functions Execution Status Change"],
      detail: { status: ["FAILED", "TIMED_OUT", "ABORTED"], stateMachineArn: [this.machine.arn] },
    };
  }

  grantStart(fn: HandlerFunction): void {
    fn.supply("CASE_MACHINE_ARN", this.machine.arn);
    fn.allow(["states:StartExecution"], [this.machine.arn]);
  }

  /** To compare open cases with their executions, and to continue a case whose execution died, or is getting old. */
  grantReconcile(fn: HandlerFunction): void {
    this.grantStart(fn);
    fn.allow(["states:DescribeExecution", "states:StopExecution"], [this.machine.executionArns]);
  }
}
