import { Construct } from "constructs";
import type { CaseFunctions } from "../functions/case-functions.ts";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { Machine } from "./machine.ts";

export interface PolicyChangeMachineProps {
  readonly functions: CaseFunctions;
  readonly logRetentionDays: number;
  readonly tracing: boolean;
}

/** A policy change that waits for a second owner's signature, and its announcement once it is in force. */
export class PolicyChangeMachine extends Construct {
  readonly machine: Machine;

  constructor(scope: Construct, id: string, { functions, ...observed }: PolicyChangeMachineProps) {
    super(scope, id);
    const { "await-signature": awaitSignature, "apply-policy-change": apply } = functions;
    this.machine = new Machine(this, "Default", {
      definition: "policy-change",
      substitutions: {
        AwaitSignatureFunctionArn: awaitSignature.lambda.functionArn,
        ApplyPolicyChangeFunctionArn: apply.lambda.functionArn,
      },
      ...observed,
    });
    this.machine.mayInvoke(awaitSignature, apply);
  }

  /** To have a change wait, or announced. */
  grantStart(fn: HandlerFunction): void {
    fn.supply("POLICY_MACHINE_ARN", this.machine.arn);
    fn.allow(["states:StartExecution"], [this.machine.arn]);
  }

  /** To wake it with an answer. Never to a function that the machine calls itself: that would be a cycle. */
  grantWake(fn: HandlerFunction): void {
    fn.allow(["states:SendTaskSuccess"], [this.machine.arn]);
  }
}
