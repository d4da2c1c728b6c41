import type { ExecutionRecord } from "./record.ts";
import type { Answer } from "./task.ts";

/** What startExecution.sync:2 answers when the child execution ended: its description, with input and output as JSON. */
export function childAnswer(child: ExecutionRecord): Answer {
  const description = {
    ExecutionArn: child.arn,
    Input: child.input,
    InputDetails: { Included: true },
    Name: child.name,
    RedriveCount: child.redriveCount,
    StartDate: Date.parse(child.startedAt),
    StateMachineArn: child.machineArn,
    Status: child.status,
    StopDate: child.stoppedAt === undefined ? null : Date.parse(child.stoppedAt),
  };
  if (child.status === "SUCCEEDED") {
    const output: unknown = child.output === undefined ? null : JSON.parse(child.output);
    return { result: { ...description, Output: output, OutputDetails: { Included: true } } };
  }
  const failure = {
    ...description,
    Input: JSON.stringify(child.input),
    ...(child.error === undefined ? {} : { Error: child.error }),
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
  };
  return { failure: { error: "States.TaskFailed", cause: JSON.stringify(failure) } };
}
