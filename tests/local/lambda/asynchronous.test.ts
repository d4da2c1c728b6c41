import { afterEach, describe, expect, it } from "vitest";
import { killable, memoryStorage } from "../states/memory-storage.ts";
import { runningLambda } from "./running-lambda.ts";

const minute = 60_000;
const started: ReturnType<typeof runningLambda>[] = [];
const start = (...options: Parameters<typeof runningLambda>) => {
  const running = runningLambda(...options);
  started.push(running);
  return running;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ lambda }) => lambda.close()));
});

describe("an accepted event", () => {
  it("is handled without anybody waiting", async () => {
    const { lambda, arnOf, deadLetters } = start();
    await lambda.accept(arnOf("Obedient"), { hello: 1 });
    await lambda.quiet();
    expect(lambda.metered().invocations).toBe(1);
    expect(deadLetters).toEqual([]);
  });

  it("that fails is tried again after one and after two minutes, then goes to the dead-letter queue as it came", async () => {
    const { lambda, arnOf, clock, deadLetters } = start();
    await lambda.accept(arnOf("Obedient"), { do: "throw" });
    await lambda.quiet();
    expect(lambda.metered().invocations).toBe(1);
    await clock.advance(59_000);
    await lambda.quiet();
    expect(lambda.metered().invocations).toBe(1);
    await clock.advance(1_000);
    await lambda.quiet();
    expect(lambda.metered().invocations).toBe(2);
    expect(deadLetters).toEqual([]);
    await clock.advance(2 * minute);
    await lambda.quiet();
    expect(lambda.metered().invocations).toBe(3);
    expect(deadLetters).toEqual([
      {
        queueArn: "arn:aws:sqs:us-east-1:000000000000:dead",
        body: JSON.stringify({ do: "throw" }),
        attributes: expect.objectContaining({ ErrorMessage: "no such luck" }),
      },
    ]);
  });

  it("goes to the on-failure destination in an envelope, after as many retries as the template allows", async () => {
    const { lambda, arnOf, deadLetters } = start();
    await lambda.accept(arnOf("Broken"), { drop: 1 });
    await lambda.quiet();
    expect(lambda.metered().invocations).toBe(1);
    expect(deadLetters.map(({ queueArn }) => queueArn)).toEqual(["arn:aws:sqs:us-east-1:000000000000:failed"]);
    expect(JSON.parse(deadLetters[0]?.body ?? "")).toMatchObject({
      requestPayload: { drop: 1 },
      requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 1 },
      responsePayload: { errorType: "TypeError" },
    });
  });

  it("survives a crash between its acceptance and its handling", async () => {
    const disk = memoryStorage();
    const process = killable(disk);
    const crashed = start({ storage: process, limits: { processes: 0 } });
    await crashed.lambda.accept(crashed.arnOf("Obedient"), { drop: 7 });
    process.kill();
    const next = start({ storage: disk });
    await next.lambda.recover();
    await next.clock.advance(0);
    await next.lambda.quiet();
    expect(next.lambda.metered().invocations).toBe(1);
    const third = start({ storage: disk });
    await third.lambda.recover();
    await third.clock.advance(0);
    await third.lambda.quiet();
    expect(third.lambda.metered().invocations).toBe(0);
  });

  it("keeps its place among the retries over a restart", async () => {
    const disk = memoryStorage();
    const first = start({ storage: disk });
    await first.lambda.accept(first.arnOf("Obedient"), { do: "throw" });
    await first.lambda.quiet();
    await first.lambda.close();
    const second = start({ storage: disk });
    await second.lambda.recover();
    await second.clock.advance(minute);
    await second.lambda.quiet();
    await second.clock.advance(2 * minute);
    await second.lambda.quiet();
    expect(second.lambda.metered().invocations).toBe(2);
    expect(second.deadLetters).toHaveLength(1);
  });

  it("that cannot be dead-lettered is reported and kept", async () => {
    const disk = memoryStorage();
    const { lambda, arnOf, problems } = start({
      storage: disk,
      deadLetter: () => Promise.reject(new Error("no such queue")),
    });
    await lambda.accept(arnOf("Broken"), {});
    await lambda.quiet();
    expect(problems).toHaveLength(1);
    const kept: string[] = [];
    for await (const [key] of disk.entries("asynchronous/")) kept.push(key);
    expect(kept).toHaveLength(1);
  });
});
