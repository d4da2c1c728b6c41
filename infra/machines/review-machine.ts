import { Construct } from "constructs";
import type { CaseFunctions } from "../functions/case-functions.ts";
import type { HandlerFunction } from "../functions/handler-function.ts";
import { Machine } from "./machine.ts";

export interface ReviewMachineProps {
  readonly functions: CaseFunctions;
  readonly logRetentionDays: number;
  readonly tracing: boolean;
}

/** One handoff to people: waits for the answer, climbs the ladder when none comes. */
export class ReviewMachine extends Construct {
  readonly machine: Machine;

  constructor(scope: Construct, id: string, { functions, ...observed }: ReviewMachineProps) {
    super(scope, id);
    const { "render-pages": render, "open-review": open } = functions;
    this.machine = new Machine(this, "Default", {
      definition: "review",
      substitutions: {
        RenderPagesFunctionArn: render.lambda.functionArn,
        OpenReviewFunctionArn: open.lambda.functionArn,
      },
      ...observed,
    });
    this.machine.mayInvoke(render, open);
  }

  /** To wake it with an answer. Never to a function that the machine calls itself: that would be a cycle. */
  grantWake(fn: HandlerFunction): void {
    fn.allow(["states:SendTaskSuccess"], [this.machine.arn]);
  }
}
