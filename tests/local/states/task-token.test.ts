import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newToken, readToken } from "../../../local/states/engine/token.ts";
import { membersOf, openBench } from "./bench-of-machines.ts";
import { ask, machine } from "./machines.ts";

async function paused(asks: (token: string) => Promise<void> | void = () => undefined) {
  const tokens: string[] = [];
  const bench = await openBench({
    machines: { paused: machine({ Ask: ask() }) },
    functions: {
      ask: async (payload) => {
        const token = String(membersOf(payload).token);
        tokens.push(token);
        await asks(token);
      },
    },
  });
  const arn = await bench.start("paused");
  return { bench, arn, taskToken: tokens[0] ?? "", tokens };
}

const output = '{"approved":true}';

describe("a task token", () => {
  it("ends the task with its output, in the words of AWS", async () => {
    const { bench, arn, taskToken } = await paused();
    await bench.call("SendTaskSuccess", { taskToken, output });
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: "SUCCEEDED", output });
  });

  it("is long and base64, with the characters that URL-encoding breaks", async () => {
    const { taskToken } = await paused();
    expect(taskToken).toMatch(/^[A-Za-z0-9+/]+=+$/);
    expect(taskToken).toContain("+");
    expect(taskToken).toContain("/");
    expect(taskToken.length).toBeGreaterThan(400);
    expect(taskToken.length).toBeLessThanOrEqual(2_048);
  });

  it("wakes the workflow once when two answers race; the later one hears TaskTimedOut", async () => {
    const { bench, arn, taskToken } = await paused();
    const answers = await Promise.allSettled(
      ['"first"', '"second"', '"third"'].map((output) => bench.call("SendTaskSuccess", { taskToken, output })),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(answers.filter(({ status }) => status === "rejected")).toEqual([
      expect.objectContaining({ reason: expect.objectContaining({ name: "TaskTimedOut" }) }),
      expect.objectContaining({ reason: expect.objectContaining({ name: "TaskTimedOut" }) }),
    ]);
    await bench.states.settled();
    expect((await bench.eventTypes(arn)).filter((type) => type === "TaskSucceeded")).toHaveLength(1);
  });

  it("hears TaskTimedOut for an answer after the execution was stopped", async () => {
    const { bench, arn, taskToken } = await paused();
    await bench.call("StopExecution", { executionArn: arn, error: "Stopped", cause: "by the operator" });
    await expect(bench.call("SendTaskFailure", { taskToken })).rejects.toMatchObject({ name: "TaskTimedOut" });
    expect(await bench.describe(arn)).toMatchObject({ status: "ABORTED", error: "Stopped", cause: "by the operator" });
    expect((await bench.eventTypes(arn)).at(-1)).toBe("ExecutionAborted");
  });

  it("is refused as InvalidToken when it was changed, cut, or never issued", async () => {
    const { bench, taskToken } = await paused();
    const flipped = `${taskToken.startsWith("A") ? "B" : "A"}${taskToken.slice(1)}`;
    for (const forged of [flipped, taskToken.slice(4), taskToken.replaceAll("+", " "), "token"]) {
      const send = bench.call("SendTaskSuccess", { taskToken: forged, output });
      await expect(send).rejects.toMatchObject({ name: "InvalidToken" });
    }
  });

  it("stays open when the output is not JSON", async () => {
    const { bench, arn, taskToken } = await paused();
    const send = bench.call("SendTaskSuccess", { taskToken, output: "{" });
    await expect(send).rejects.toMatchObject({ name: "InvalidOutput" });
    expect(await bench.describe(arn)).toMatchObject({ status: "RUNNING" });
  });

  it("may be answered while the function that got it still runs", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { bench, arn, taskToken } = await paused(() => held);
    await bench.call("SendTaskSuccess", { taskToken, output });
    release();
    await bench.states.settled();
    expect(await bench.describe(arn)).toMatchObject({ status: "SUCCEEDED", output });
    expect(await bench.eventTypes(arn)).not.toContain("TaskSubmitted");
  });

  it("carries its address through signing and back, whatever the names", () => {
    const secret = Buffer.from("a secret of this store");
    fc.assert(
      fc.property(fc.stringMatching(/^[\w!.()'-]{1,80}$/), fc.nat(99), (name, index) => {
        const address = { executionArn: `arn:aws:states:us-east-1:0:execution:m:${name}`, threadId: `0.${index}` };
        const token = newToken(secret, address);
        expect(readToken(secret, token)).toEqual(address);
        expect(readToken(Buffer.from("another"), token)).toBeUndefined();
      }),
    );
  });
});
