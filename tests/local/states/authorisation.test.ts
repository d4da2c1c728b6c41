import { describe, expect, it } from "vitest";
import type { Authorise } from "../../../local/iam/principal.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { executionArn, functionArn, machineArn, machineRole, membersOf, openBench } from "./bench-of-machines.ts";
import { ask, call, machine, startAndAwait } from "./machines.ts";

const end = { Type: "Pass", End: true };
const caught = { Catch: [{ ErrorEquals: ["States.TaskFailed"], Next: "Caught" }], Next: "Done" };
const machines = {
  works: machine({ Work: call("work", caught), Done: end, Caught: end }),
  direct: machine({ Work: { Type: "Task", Resource: functionArn("work"), ...caught }, Done: end, Caught: end }),
  nests: machine({ Nest: startAndAwait("child", caught), Done: end, Caught: end }),
  child: machine({ Echo: call("echo") }),
  paused: machine({ Ask: ask() }),
};

/** Denies one action, and keeps what was asked. */
function denying(denied: string) {
  const asked: string[] = [];
  const authorise: Authorise = (principal, action, resource) => {
    asked.push(`${principal.name} ${action} ${resource}`);
    if (action !== denied) return;
    throw new AwsError("AccessDeniedException", `User: ${principal.arn} is not authorized to perform: ${action}`);
  };
  return { authorise, asked };
}

describe("the machine's role", () => {
  it.each(["works", "direct"])(
    "fails the task with Lambda.AWSLambdaException where it may not invoke (%s)",
    async (name) => {
      const { authorise, asked } = denying("lambda:InvokeFunction");
      const bench = await openBench({ machines, authorise });
      const { output } = await bench.describe(await bench.start(name));
      expect(JSON.parse(String(output))).toMatchObject({
        Error: "Lambda.AWSLambdaException",
        Cause: expect.stringContaining("lambda:InvokeFunction"),
      });
      expect(asked).toContain(`${machineRole.name} lambda:InvokeFunction ${functionArn("work")}`);
    },
  );

  it.each([
    "states:StartExecution",
    "states:DescribeExecution",
    "states:StopExecution",
    "events:PutTargets",
    "events:PutRule",
    "events:DescribeRule",
  ])("fails a nested execution with StepFunctions.AccessDeniedException without %s", async (action) => {
    const denied = denying(action);
    const authorise: Authorise = (principal, ...rest) => {
      if (principal === machineRole) denied.authorise(principal, ...rest);
    };
    const bench = await openBench({ machines, authorise });
    const { output } = await bench.describe(await bench.start("nests"));
    expect(JSON.parse(String(output))).toMatchObject({ Error: "StepFunctions.AccessDeniedException" });
    const { executions } = await bench.call("ListExecutions", { stateMachineArn: machineArn("child") });
    expect(executions).toEqual([]);
  });
});

describe("whoever calls the API", () => {
  const execution = executionArn("paused", "p");
  it.each([
    ["StartExecution", { stateMachineArn: machineArn("paused") }, machineArn("paused")],
    ["DescribeExecution", { executionArn: execution }, execution],
    ["GetExecutionHistory", { executionArn: execution }, execution],
    ["ListExecutions", { stateMachineArn: machineArn("paused") }, machineArn("paused")],
    ["StopExecution", { executionArn: execution }, execution],
    ["RedriveExecution", { executionArn: execution }, execution],
    ["DescribeStateMachine", { stateMachineArn: machineArn("paused") }, machineArn("paused")],
    ["DescribeStateMachineForExecution", { executionArn: execution }, execution],
    ["ListStateMachines", {}, "*"],
  ])("is asked for states:%s on the right resource", async (operation, input, resource) => {
    const { authorise, asked } = denying(`states:${operation}`);
    const bench = await openBench({ machines, authorise });
    await expect(bench.call(operation, input)).rejects.toMatchObject({ name: "AccessDeniedException" });
    expect(asked).toEqual([`operator states:${operation} ${resource}`]);
  });

  it.each(["SendTaskSuccess", "SendTaskFailure", "SendTaskHeartbeat"])(
    "is asked for states:%s on the state machine",
    async (operation) => {
      const { authorise, asked } = denying(`states:${operation}`);
      const tokens: unknown[] = [];
      const bench = await openBench({
        machines,
        authorise,
        functions: { ask: (payload) => void tokens.push(membersOf(payload).token) },
      });
      const arn = await bench.start("paused");
      await expect(bench.call(operation, { taskToken: tokens[0], output: "1" })).rejects.toMatchObject({
        name: "AccessDeniedException",
      });
      expect(asked).toContain(`operator states:${operation} ${machineArn("paused")}`);
      expect(await bench.describe(arn)).toMatchObject({ status: "RUNNING" });
    },
  );
});
