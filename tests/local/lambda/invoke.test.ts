import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FunctionFailedError } from "../../../local/lambda/outcome.ts";
import { runningLambda } from "./running-lambda.ts";

let running: ReturnType<typeof runningLambda>;
beforeAll(() => {
  running = runningLambda({ limits: { processes: 4, perFunction: 3 } });
});
afterAll(() => running.lambda.close());

const obedient = (event: unknown) => running.lambda.invoke(running.arnOf("Obedient"), event);
const failureOf = async (invocation: Promise<unknown>) => {
  const error = await invocation.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FunctionFailedError) return error.failure;
  throw error ?? new Error("The function did not fail.");
};

describe("a function that answers", () => {
  it("gets the event and a context, and answers what it returns", async () => {
    expect(await obedient({ a: ["ü", 1, null] })).toMatchObject({
      event: { a: ["ü", 1, null] },
      context: {
        functionName: "Signoff-Obedient",
        memoryLimitInMB: "128",
        invokedFunctionArn: running.arnOf("Obedient"),
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
  });

  it("keeps its process for the next invocation", async () => {
    const first = await obedient({});
    const second = await obedient({});
    expect(second).toHaveProperty("pid", Reflect.get(Object(first), "pid"));
  });

  it("runs no two invocations in one process at a time", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => obedient({ do: "sleep", milliseconds: 300 })));
    const pids = new Set(answers.map((answer) => Reflect.get(Object(answer), "pid")));
    expect(pids.size).toBeGreaterThan(1);
  });

  it("finds the template's variables and Lambda's own in its environment, and nothing of this shell", async () => {
    process.env.SIGNOFF_LEAK = "from the shell";
    const environment = await obedient({ do: "environment" });
    expect(environment).toMatchObject({
      TABLE: "cases",
      PAGE: "http://127.0.0.1:4700",
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "AKIATEST",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      AWS_LAMBDA_FUNCTION_NAME: "Signoff-Obedient",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
      AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
      _HANDLER: "index.handler",
      TZ: "UTC",
    });
    expect(environment).not.toHaveProperty("SIGNOFF_LEAK");
    expect(environment).not.toHaveProperty("PATH");
  });

  it("writes its output to its log, a line as a line", async () => {
    await obedient({});
    await expect
      .poll(() => readFileSync(join(running.logsDirectory, "Signoff-Obedient.log"), "utf8"))
      .toMatch(/^\{"invocation":1\}\n/);
  });

  it("is metered by invocations and gigabyte-seconds", async () => {
    const before = running.lambda.metered();
    await obedient({ do: "sleep", milliseconds: 40 });
    const after = running.lambda.metered();
    expect(after.invocations - before.invocations).toBe(1);
    expect(after.gigabyteSeconds - before.gigabyteSeconds).toBeGreaterThanOrEqual((0.04 * 128) / 1024 - 1e-9);
  });
});

describe("a function that fails", () => {
  it("reports an exception by its name, message and trace", async () => {
    const failure = await failureOf(obedient({ do: "throw" }));
    expect(failure).toMatchObject({ errorType: "LuckError", errorMessage: "no such luck" });
    expect(failure.trace?.[0]).toContain("no such luck");
  });

  it("is killed at its time-out, even in an endless loop, and the next invocation has a new process", async () => {
    const failure = await failureOf(obedient({ do: "hang" }));
    expect(failure.errorType).toBe("Sandbox.Timedout");
    expect(failure.errorMessage).toMatch(/^RequestId: [0-9a-f-]+ Error: Task timed out after 2\.00 seconds$/);
    expect(await obedient({})).toMatchObject({ event: {} });
  });

  it("that ends its process reports Runtime.ExitError", async () => {
    const failure = await failureOf(obedient({ do: "exit", code: 3 }));
    expect(failure.errorType).toBe("Runtime.ExitError");
    expect(failure.errorMessage).toContain("exit status 3");
  });

  it("that leaves a rejection uncaught reports it at once, not at the time-out", async () => {
    const failure = await failureOf(obedient({ do: "reject" }));
    expect(failure).toMatchObject({
      errorType: "Runtime.UnhandledPromiseRejection",
      errorMessage: "nobody caught me",
    });
  });

  it("that answers more than 6 MB fails instead", async () => {
    expect(await failureOf(obedient({ do: "grow", bytes: 7_000_000 }))).toMatchObject({
      errorType: "Function.ResponseSizeTooLarge",
    });
    expect(await obedient({ do: "grow", bytes: 6_000_000 })).toHaveLength(6_000_000);
  });

  it("whose module throws fails with that error", async () => {
    expect(await failureOf(running.lambda.invoke(running.arnOf("Broken"), {}))).toMatchObject({
      errorType: "TypeError",
      errorMessage: "bad start",
    });
  });

  it("whose handler does not exist fails as Runtime.HandlerNotFound", async () => {
    expect(await failureOf(running.lambda.invoke(running.arnOf("Nameless"), {}))).toMatchObject({
      errorType: "Runtime.HandlerNotFound",
    });
  });
});

describe("an invocation", () => {
  it("of more than 6 MB is refused before it starts", async () => {
    await expect(obedient({ text: "x".repeat(6_300_000) })).rejects.toMatchObject({
      name: "RequestEntityTooLargeException",
    });
  });

  it("of an unknown function is refused", async () => {
    const unknown = "arn:aws:lambda:us-east-1:000000000000:function:nobody";
    await expect(running.lambda.invoke(unknown, {})).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("waits for a free process when all are taken, and every one is answered once", async () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    const answers = await Promise.all(numbers.map((index) => obedient({ index })));
    expect(answers.map((answer) => Reflect.get(Object(answer), "event").index)).toEqual(numbers);
  });

  it("ends an unused process of another function when there is room for no more", async () => {
    const crowded = runningLambda({ limits: { processes: 1 } });
    for (const name of ["Obedient", "Other", "Obedient"]) {
      expect(await crowded.lambda.invoke(crowded.arnOf(name), {})).toMatchObject({ invocations: 1 });
    }
    const both = ["Obedient", "Other"].map((name) => crowded.lambda.invoke(crowded.arnOf(name), { name }));
    expect(await Promise.all(both)).toMatchObject([{ event: { name: "Obedient" } }, { event: { name: "Other" } }]);
    await crowded.lambda.close();
  });

  it("that is under way when the stack stops is neither answered nor failed", async () => {
    const stopping = runningLambda();
    const underWay = stopping.lambda.invoke(stopping.arnOf("Obedient"), { do: "sleep", milliseconds: 1_500 });
    const refused = expect(underWay).rejects.toMatchObject({ name: "LambdaStoppedError" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await stopping.lambda.close();
    await refused;
  });
});
