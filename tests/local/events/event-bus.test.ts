import { afterEach, describe, expect, it } from "vitest";
import { AwsError } from "../../../local/wire/aws-error.ts";
import { killable, memoryStorage } from "../states/memory-storage.ts";
import { aDrop, busResources, runningBus, toHandler } from "./running-bus.ts";

const started: ReturnType<typeof runningBus>[] = [];
const start = (...options: Parameters<typeof runningBus>) => {
  const running = runningBus(...options);
  started.push(running);
  return running;
};
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ bus }) => bus.close()));
});
const bodies = async ({ queues }: ReturnType<typeof runningBus>, name: string) => {
  const messages = await queues.receive(queues.find(`arn:aws:sqs:us-east-1:000000000000:Signoff-${name}`), 10);
  return messages.map(({ body, attributes }) => ({ body: JSON.parse(body), attributes }));
};

describe("an event", () => {
  it("reaches the function of the rule that it matches, in EventBridge's envelope", async () => {
    const { bus, accepted } = start();
    const id = await bus.publishEvent({ ...aDrop, resources: ["arn:bucket"] });
    await bus.quiet();
    expect(accepted).toEqual([
      {
        functionArn: "arn:aws:lambda:us-east-1:000000000000:function:Signoff-Handler",
        payload: {
          version: "0",
          id,
          "detail-type": "Object Created",
          source: "aws.s3",
          account: "000000000000",
          time: "2026-01-05T09:00:00Z",
          region: "us-east-1",
          resources: ["arn:bucket"],
          detail: { object: { key: "invoices/a.pdf" } },
        },
      },
    ]);
  });

  it("on one bus is not seen by the rules of another", async () => {
    const { bus, accepted } = start();
    await bus.publishEvent({ ...aDrop, bus: "cases" });
    await bus.quiet();
    expect(accepted).toEqual([]);
  });

  it("on an unknown bus is refused", async () => {
    await expect(start().bus.publishEvent({ ...aDrop, bus: "nowhere" })).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  });

  it("reaches a queue that lets EventBridge in, and is lost at one that does not, as on AWS", async () => {
    const running = start();
    await running.bus.publishEvent({
      source: "signoff",
      detailType: "CaseDecided",
      detail: { caseId: "c" },
      bus: "cases",
    });
    await running.bus.quiet();
    expect(await bodies(running, "Dead")).toEqual([{ body: { caseId: "c" }, attributes: {} }]);
    expect(await bodies(running, "Forbidden")).toEqual([]);
    expect(running.problems).toEqual(["Rule Decided could not reach its target closed."]);
  });

  it("that its target refuses is tried as often as the target's policy says, then dead-lettered whole", async () => {
    let attempts = 0;
    const running = start({
      acceptEvent: async () => {
        attempts += 1;
        throw new Error("busy");
      },
    });
    await running.bus.publishEvent(aDrop);
    await running.bus.quiet();
    await running.clock.advance(1_000);
    await running.bus.quiet();
    expect(attempts).toBe(2);
    await running.clock.advance(2_000);
    await running.bus.quiet();
    expect(attempts).toBe(3);
    const [dead] = await bodies(running, "Dead");
    expect(dead?.body).toMatchObject({ source: "aws.s3", detail: aDrop.detail });
    expect(dead?.attributes).toMatchObject({ ERROR_MESSAGE: "busy" });
  });

  it("without a permission on the function goes to the dead-letter queue at once", async () => {
    const { MayInvoke: _, ...resources } = busResources;
    const running = start({ resources });
    await running.bus.publishEvent(aDrop);
    await running.bus.quiet();
    expect(running.accepted).toEqual([]);
    expect((await bodies(running, "Dead"))[0]?.attributes).toMatchObject({ ERROR_CODE: "AccessDeniedException" });
  });

  it("survives a crash between publishing and delivery", async () => {
    const disk = memoryStorage();
    const process = killable(disk);
    const crashed = runningBus({
      // never closed: it is dead
      storage: process,
      acceptEvent: () => {
        process.kill();
        return Promise.reject(new AwsError("Crash", "killed"));
      },
    });
    await crashed.bus.publishEvent(aDrop);
    const next = start({ storage: disk });
    await next.bus.recover();
    await next.clock.advance(0);
    await next.bus.quiet();
    expect(next.accepted).toHaveLength(1);
  });
});

describe("a schedule", () => {
  it("fires every period of the clock", async () => {
    const { bus, clock, accepted } = start();
    await bus.recover();
    for (const expected of [1, 2, 3]) {
      await clock.advance(60_000);
      await bus.quiet();
      expect(accepted).toHaveLength(expected);
    }
    expect(accepted[0]?.payload).toMatchObject({ source: "aws.events", "detail-type": "Scheduled Event", detail: {} });
  });

  it("fires although the stack is restarted more often than its period", async () => {
    const disk = memoryStorage();
    const first = start({ storage: disk });
    await first.bus.recover();
    await first.clock.advance(50_000);
    await first.bus.close();
    const second = start({ storage: disk });
    await second.clock.advance(50_000);
    await second.bus.recover();
    await second.clock.advance(10_000);
    await second.bus.quiet();
    expect(second.accepted).toHaveLength(1);
  });

  it.each(["cron(0 9 * * ? *)", "rate(5 weeks)", "rate(0 minutes)"])("%s is refused at boot", (ScheduleExpression) => {
    const Tick = { Type: "AWS::Events::Rule", Properties: { ScheduleExpression, Targets: [toHandler] } };
    expect(() => start({ resources: { ...busResources, Tick } })).toThrow(/not imitated/);
  });
});

describe("a rule", () => {
  it("with a target that cannot be reached here is refused at boot, by name", () => {
    const Topic = {
      Type: "AWS::Events::Rule",
      Properties: {
        EventPattern: { source: ["x"] },
        Targets: [{ Id: "t", Arn: "arn:aws:sns:us-east-1:000000000000:topic" }],
      },
    };
    expect(() => start({ resources: { ...busResources, Topic } })).toThrow(/Topic sends to arn:aws:sns/);
  });

  it("with a target property that would be ignored is refused at boot", () => {
    const Batch = {
      Type: "AWS::Events::Rule",
      Properties: { EventPattern: { source: ["x"] }, Targets: [{ ...toHandler, BatchParameters: {} }] },
    };
    expect(() => start({ resources: { ...busResources, Batch } })).toThrow(/BatchParameters/);
  });

  it("that is disabled does nothing", async () => {
    const Off = {
      Type: "AWS::Events::Rule",
      Properties: { State: "DISABLED", EventPattern: { source: ["quiet"] }, Targets: [toHandler] },
    };
    const { bus, accepted } = start({ resources: { ...busResources, Off } });
    await bus.publishEvent({ source: "quiet", detailType: "x", detail: {} });
    await bus.quiet();
    expect(accepted).toEqual([]);
  });
});
