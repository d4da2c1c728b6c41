import { describe, expect, it } from "vitest";
import { DefinitionRefusedError } from "../../../local/states/states.ts";
import { openBench } from "./bench-of-machines.ts";
import { ask, call, machine } from "./machines.ts";
import { memoryStorage } from "./memory-storage.ts";

const end = { Type: "Pass", End: true };
const each = (members: object) => ({
  Type: "Map",
  ItemProcessor: { StartAt: "P", States: { P: end } },
  End: true,
  ...members,
});

describe("a definition that the engine does not run", () => {
  it.each([
    [
      "JSONPath",
      { StartAt: "A", States: { A: { Type: "Pass", Parameters: { "a.$": "$" }, End: true } } },
      /"A".*JSONPath/,
    ],
    ["a JSONPath member", machine({ A: { Type: "Pass", ResultPath: "$.a", End: true } }), /"A".*ResultPath/],
    [
      "another integration",
      machine({ A: { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", End: true } }),
      /"A".*sqs:sendMessage/,
    ],
    [
      ".sync without :2",
      machine({ A: { Type: "Task", Resource: "arn:aws:states:::states:startExecution.sync", End: true } }),
      /"A".*startExecution\.sync/,
    ],
    [
      "an activity",
      machine({ A: { Type: "Task", Resource: "arn:aws:states:us-east-1:000000000000:activity:a", End: true } }),
      /"A".*activity/,
    ],
    [
      "a distributed map",
      machine({
        A: each({ ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" }, StartAt: "P", States: { P: end } } }),
      }),
      /"A".*ProcessorConfig/,
    ],
    ["an item reader", machine({ A: each({ ItemReader: {} }) }), /"A".*ItemReader/],
    ["credentials", machine({ A: call("work", { Credentials: { RoleArn: "r" }, End: true }) }), /"A".*Credentials/],
    [
      "an expression that is not JSONata",
      machine({ A: { Type: "Pass", Output: { b: "{% $sum( %}" }, End: true } }),
      /"A".*Output b/,
    ],
    ["a state that does not exist", machine({ A: { Type: "Pass", Next: "B" } }), /"B".*does not exist/],
    ["neither Next nor End", machine({ A: { Type: "Pass" } }), /"A".*"Next" or "End"/],
    [
      "an argument of the integration",
      machine({ A: call("work", { Arguments: { FunctionName: "work", InvocationType: "Event" }, End: true }) }),
      /"A".*InvocationType/,
    ],
    [
      "an argument left out",
      machine({ A: call("work", { Arguments: { Payload: {} }, End: true }) }),
      /"A".*FunctionName/,
    ],
    ["a state type", machine({ A: { Type: "Loop" } }), /"A".*Type/],
    [
      "an outer variable assigned in an iteration",
      machine({
        A: each({ Assign: { n: 1 }, ItemProcessor: { StartAt: "P", States: { P: { ...end, Assign: { n: 2 } } } } }),
      }),
      /"P".*\$n/,
    ],
  ])("is refused at boot by machine and state: %s", async (_, definition, problem) => {
    const opening = openBench({ machines: { refused: definition } });
    await expect(opening).rejects.toBeInstanceOf(DefinitionRefusedError);
    await expect(opening).rejects.toThrow(problem);
    await expect(opening).rejects.toThrow(/^State machine refused/);
  });
});

describe("a running execution", () => {
  it("keeps the definition it started with when the template changes", async () => {
    const storage = memoryStorage();
    const tokens: string[] = [];
    const functions = { ask: (payload: unknown) => void tokens.push(JSON.parse(JSON.stringify(payload)).token) };
    const version = (label: string) =>
      machine({ Ask: ask({ Next: "Label" }), Label: { Type: "Pass", Output: label, End: true } });
    const before = await openBench({ storage, machines: { changing: version("old") }, functions });
    const arn = await before.start("changing");
    const after = await openBench({ storage, machines: { changing: version("new") }, functions });
    await after.call("SendTaskSuccess", { taskToken: tokens[0], output: "1" });
    expect(await after.describe(arn)).toMatchObject({ status: "SUCCEEDED", output: '"old"' });
    const { definition } = await after.call("DescribeStateMachineForExecution", { executionArn: arn });
    expect(definition).toContain('"old"');
    const { definition: current } = await after.call("DescribeStateMachine", {
      stateMachineArn: arn.split(":").slice(0, -1).join(":").replace("execution", "stateMachine"),
    });
    expect(current).toContain('"new"');
  });
});
