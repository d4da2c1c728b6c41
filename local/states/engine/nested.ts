import * as z from "zod";
import { AwsError } from "../../wire/aws-error.ts";
import { TaskFailure } from "../failure.ts";
import { jsonOf, readArguments, sdkMetadata } from "./call.ts";
import type { Engine } from "./engine.ts";
import type { LiveExecution } from "./live-execution.ts";
import type { Thread } from "./record.ts";
import { executionArnOf, startExecution } from "./start.ts";
import type { Answer } from "./task.ts";

const startArguments = z.strictObject({
  StateMachineArn: z.string(),
  Input: z.unknown(),
  Name: z.string().optional(),
  TraceHeader: z.string().optional(),
});

/** The rule through which Step Functions hears of the end of a child execution; its grants are checked like AWS's. */
const managedRuleArn = "arn:aws:events:us-east-1:000000000000:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";

/** states:startExecution from a state of another execution. Safe to repeat: the name and the token tell a repeated call. */
export async function startChild(engine: Engine, live: LiveExecution, thread: Thread, waits: boolean): Promise<Answer> {
  try {
    if (thread.phase.type !== "called") throw new Error(`State "${thread.state}" starts an execution without a call.`);
    const { token, childName, arguments: parameters } = thread.phase;
    const { StateMachineArn, Input, Name } = readArguments(startArguments, parameters);
    const name = Name ?? childName ?? token;
    authorise(engine, live, { machineArn: StateMachineArn, name, waits });
    const child = await startExecution(engine, {
      machineArn: StateMachineArn,
      name,
      input: Input === undefined ? {} : jsonOf(Input, "StepFunctions.InvalidExecutionInputException"),
      parent: { executionArn: live.execution.arn, threadId: thread.id, token, waits },
    });
    const result = { ExecutionArn: child.arn, ...sdkMetadata(), StartDate: Date.parse(child.startedAt) };
    return waits ? { result, childArn: child.arn } : { result };
  } catch (error) {
    if (error instanceof TaskFailure) return { failure: { error: error.error, cause: error.cause } };
    if (!(error instanceof AwsError)) return { failure: { error: "States.Runtime", cause: String(error) } };
    const name = error.name.endsWith("Exception") ? error.name : `${error.name}Exception`;
    const cause = `${error.message} (Service: AWSStepFunctions; Status Code: ${error.status}; Error Code: ${error.name})`;
    return { failure: { error: `StepFunctions.${name}`, cause } };
  }
}

function authorise(
  engine: Engine,
  { program: { role } }: LiveExecution,
  { machineArn, name, waits }: { machineArn: string; name: string; waits: boolean },
): void {
  const check = (action: string, resource: string) => engine.ports.authorise(role, action, resource);
  check("states:StartExecution", machineArn);
  if (!waits) return;
  const child = executionArnOf(machineArn, name);
  for (const action of ["states:DescribeExecution", "states:StopExecution"]) check(action, child);
  for (const action of ["events:PutTargets", "events:PutRule", "events:DescribeRule"]) check(action, managedRuleArn);
}
