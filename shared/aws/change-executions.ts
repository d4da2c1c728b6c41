import { type SFNClient, StartExecutionCommand } from "@aws-sdk/client-sfn";
import type { ChangeExecutions } from "../policy/policy-changes.ts";

/** Executions of the policy-change machine, named after their change. */
export const sfnChangeExecutions = ({
  client,
  policyMachineArn,
}: {
  client: SFNClient;
  policyMachineArn: string;
}): ChangeExecutions => ({
  start: async (change) => {
    try {
      await client.send(
        new StartExecutionCommand({
          stateMachineArn: policyMachineArn,
          name: change.changeId,
          input: JSON.stringify({ changeId: change.changeId, workflow: change.workflow }),
        }),
      );
    } catch (error) {
      // It ran before, or runs with the same name: this start has happened.
      if (!(error instanceof Error && error.name === "ExecutionAlreadyExists")) throw error;
    }
  },
});
