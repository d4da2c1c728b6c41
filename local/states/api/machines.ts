import { AwsError } from "../../wire/aws-error.ts";
import type { MachineDeclaration } from "../engine/programs.ts";
import {
  executionInput,
  existing,
  machineInput,
  type Operation,
  pagedInput,
  pageSize,
  pageToken,
  placeOf,
  readInput,
  seconds,
} from "./request.ts";

/** Operations on the machines of the template; they were all made when the stack booted. */
export function machineOperations(
  machines: readonly MachineDeclaration[],
  bootedAt: string,
): Record<string, Operation> {
  const created = { creationDate: seconds(bootedAt) };
  return {
    DescribeStateMachine: async ({ engine, input, principal }) => {
      const { stateMachineArn } = readInput(machineInput, input);
      engine.ports.authorise(principal, "states:DescribeStateMachine", stateMachineArn);
      const machine = machines.find(({ arn }) => arn === stateMachineArn);
      if (!machine) {
        throw new AwsError("StateMachineDoesNotExist", `State Machine Does Not Exist: '${stateMachineArn}'`);
      }
      return {
        stateMachineArn,
        name: nameIn(stateMachineArn),
        status: "ACTIVE",
        type: "STANDARD",
        definition: JSON.stringify(machine.definition),
        roleArn: machine.role.arn,
        ...(machine.logging === undefined ? {} : { loggingConfiguration: machine.logging }),
        tracingConfiguration: { enabled: false },
        ...created,
      };
    },

    ListStateMachines: async ({ engine, input, principal }) => {
      const { maxResults, nextToken } = readInput(pagedInput, input);
      engine.ports.authorise(principal, "states:ListStateMachines", "*");
      const skipped = nextToken === undefined ? 0 : Number(placeOf(nextToken));
      const seen = skipped + pageSize(maxResults);
      return {
        stateMachines: machines.slice(skipped, seen).map(({ arn }) => ({
          stateMachineArn: arn,
          name: nameIn(arn),
          type: "STANDARD",
          ...created,
        })),
        ...(seen < machines.length ? { nextToken: pageToken(String(seen)) } : {}),
      };
    },

    DescribeStateMachineForExecution: async ({ engine, input, principal }) => {
      const { executionArn } = readInput(executionInput, input);
      engine.ports.authorise(principal, "states:DescribeStateMachineForExecution", executionArn);
      const execution = await existing(engine, executionArn);
      const program = await engine.programs.of(execution.definitionId);
      return {
        stateMachineArn: execution.machineArn,
        name: execution.machineName,
        definition: JSON.stringify(program.definition),
        roleArn: execution.roleArn,
        updateDate: seconds(execution.startedAt),
      };
    },
  };
}

const nameIn = (arn: string) => arn.slice(arn.lastIndexOf(":") + 1);
