import * as z from "zod";
import type { Principal } from "../iam/principal.ts";
import type { Lambda } from "../lambda/lambda.ts";
import { FunctionFailedError } from "../lambda/outcome.ts";
import { LambdaStoppedError } from "../lambda/pool.ts";
import { type MachineDeclaration, TaskFailure } from "../states/states.ts";
import type { Template } from "../template/template.ts";
import { AwsError } from "../wire/aws-error.ts";

const shape = z.object({
  RoleArn: z.string(),
  StateMachineType: z.literal("STANDARD", "only Standard workflows are imitated").default("STANDARD"),
});

/** The template's state machines, for the engine. */
export function declaredMachines(
  template: Template,
  principalOf: (roleArn: string) => Principal,
): readonly MachineDeclaration[] {
  return template.ofType("AWS::StepFunctions::StateMachine").map((resource) => ({
    arn: resource.attribute("Arn"),
    name: resource.attribute("Name"),
    definition: template.stateMachineDefinition(resource.logicalId),
    role: principalOf(shape.parse(resource.properties).RoleArn),
  }));
}

/** How a task invokes a function: its failure becomes the task's, named as Step Functions names it. */
export function invokeFromTask(lambda: Lambda) {
  return async (functionArn: string, payload: unknown): Promise<unknown> => {
    try {
      return await lambda.invoke(functionArn, payload);
    } catch (error) {
      if (error instanceof FunctionFailedError) {
        throw new TaskFailure(error.failure.errorType, JSON.stringify(error.failure));
      }
      if (error instanceof AwsError) throw new TaskFailure(`Lambda.${error.name}`, error.message);
      // The stack is stopping: the task is neither done nor failed, and the next start invokes again.
      if (error instanceof LambdaStoppedError) return new Promise(() => undefined);
      throw error;
    }
  };
}
