import {
  DescribeExecutionCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import type { Executions } from "../case/executions.ts";
import type { TaskTokens } from "../review/resume.ts";

export function sfnExecutions({ client, caseMachineArn }: { client: SFNClient; caseMachineArn: string }): Executions {
  const arnOf = (name: string) => `${caseMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
  return {
    start: async (name, input) => {
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn: caseMachineArn, name, input: JSON.stringify(input) }),
        );
      } catch (error) {
        // It ran before, or runs with the same name: this start has happened.
        if (!(error instanceof Error && error.name === "ExecutionAlreadyExists")) throw error;
      }
    },
    stop: async (name) => {
      const cause = "Another execution has taken the case over.";
      try {
        await client.send(new StopExecutionCommand({ executionArn: arnOf(name), error: "CaseContinued", cause }));
      } catch (error) {
        // Long ended, and forgotten.
        if (!(error instanceof Error && error.name === "ExecutionDoesNotExist")) throw error;
      }
    },
    statusOf: async (name) => {
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn: arnOf(name) }));
        if (status === "RUNNING" || status === "PENDING_REDRIVE") return "running";
        return status === "SUCCEEDED" ? "succeeded" : "dead";
      } catch (error) {
        if (error instanceof Error && error.name === "ExecutionDoesNotExist") return "unknown";
        throw error;
      }
    },
  };
}

/** `TaskTimedOut` means expired or already closed; it cannot tell which, so the review row is the authority. */
export function sfnTaskTokens({ client }: { client: SFNClient }): TaskTokens {
  return {
    succeed: async (taskToken, output) => {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
        return "woken";
      } catch (error) {
        const gone = ["TaskTimedOut", "TaskDoesNotExist", "InvalidToken"];
        if (error instanceof Error && gone.includes(error.name)) return "gone";
        throw error;
      }
    },
  };
}
