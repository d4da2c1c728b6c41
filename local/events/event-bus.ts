import { randomUUID } from "node:crypto";
import * as z from "zod";
import type { Clock } from "../clock/clock.ts";
import type { Authorise } from "../iam/principal.ts";
import type { Storage } from "../storage/storage.ts";
import { accountId, arn, region } from "../template/physical-name.ts";
import type { Template } from "../template/template.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { AwsService } from "../wire/service.ts";
import { deliver, giveUp, type TargetPorts } from "./delivery.ts";
import { openDurableWork } from "./durable-work.ts";
import { type Announcement, type BusEvent, busEvent } from "./event.ts";
import { handlePutEvents } from "./put-events-api.ts";
import { busName, defaultBus, type Rule, type RuleTarget, readRules } from "./rule.ts";
import { type Schedule, startSchedule } from "./schedule.ts";

export interface EventBusOptions extends TargetPorts {
  readonly template: Template;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly authorise: Authorise;
  /** Told what goes wrong in the stack itself. */
  report(problem: string, error: unknown): void;
}

export interface EventBus extends AwsService {
  /** Resolves when every target's delivery is on disk. @returns the event's id @throws {AwsError} ResourceNotFoundException */
  publishEvent(announcement: Announcement): Promise<string>;
  /** Takes up undelivered events and starts the schedules. */
  recover(): Promise<void>;
  /** Resolves when no delivery is under way. */
  quiet(): Promise<void>;
  metered(): { readonly events: number; readonly deliveries: number };
  close(): Promise<void>;
}

const pendingDelivery = z.object({ ruleArn: z.string(), targetId: z.string(), event: busEvent });

/** Deliveries at the same time. A delivery only hands over (to a durable queue or an execution), so it is short. */
const maxConcurrent = 16;

/** EventBridge's buses, rules and rate schedules, as the template declares them. At least once, in no promised order. */
export function openEventBus(options: EventBusOptions): EventBus {
  const { template, storage, clock, authorise, report } = options;
  const rules = readRules(template);
  const buses = new Map([
    [defaultBus, arn("events", `event-bus/${defaultBus}`)],
    ...template.ofType("AWS::Events::EventBus").map((bus) => [bus.ref, bus.attribute("Arn")] as const),
  ]);
  const meter = { events: 0, deliveries: 0 };
  const schedules: Schedule[] = [];

  const work = openDurableWork({
    storage,
    prefix: "delivery/",
    shape: pendingDelivery,
    clock,
    maxConcurrent,
    onStuck: (error) => report("An event could neither be delivered nor dead-lettered.", error),
    attempt: async ({ item, earlierAttempts, acceptedAt }) => {
      const rule = rules.find((candidate) => candidate.arn === item.ruleArn);
      const target = rule?.targets.find(({ Id }) => Id === item.targetId);
      if (!rule || !target) return "done"; // the rule was removed from the template since
      try {
        await deliver(rule, target, item.event, options);
        meter.deliveries += 1;
        return "done";
      } catch (error) {
        const ageSeconds = (clock.now().getTime() - acceptedAt.getTime()) / 1000;
        const retryAfterSeconds = retryAfter(target, earlierAttempts, ageSeconds, error);
        if (retryAfterSeconds !== undefined) return { retryAfterSeconds };
        report(`Rule ${rule.logicalId} could not reach its target ${target.Id}.`, error);
        await giveUp(rule, target, item.event, error, options);
        return "done";
      }
    },
  });

  const send = async (rule: Rule, event: BusEvent): Promise<void> => {
    await Promise.all(rule.targets.map(({ Id }) => work.accept({ ruleArn: rule.arn, targetId: Id, event })));
  };

  const envelope = ({
    source,
    detailType,
    detail,
    resources = [],
    time = clock.now(),
    id = randomUUID(),
  }: Announcement): BusEvent => ({
    version: "0",
    id,
    "detail-type": detailType,
    source,
    account: accountId,
    time: time.toISOString().replace(/\.\d{3}Z$/, "Z"), // EventBridge gives whole seconds
    region,
    resources: [...resources],
    detail,
  });

  const publishEvent = async (announcement: Announcement): Promise<string> => {
    const bus = busName(announcement.bus);
    if (!buses.has(bus)) throw new AwsError("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
    meter.events += 1;
    const event = envelope(announcement);
    await Promise.all(rules.filter((rule) => rule.bus === bus && rule.matches(event)).map((rule) => send(rule, event)));
    return event.id;
  };

  return {
    name: "events",
    publishEvent,
    handle: (request) => handlePutEvents(request, { authorise, busArn: (name) => buses.get(name), publishEvent }),
    recover: async () => {
      await work.recover();
      for (const rule of rules) {
        if (rule.periodSeconds === undefined) continue;
        const fire = (time: Date) =>
          send(
            rule,
            envelope({
              source: "aws.events",
              detailType: "Scheduled Event",
              detail: {},
              resources: [rule.arn],
              time,
            }),
          );
        schedules.push(await startSchedule(rule.arn, rule.periodSeconds, { storage, clock, fire }));
      }
    },
    quiet: work.quiet,
    metered: () => ({ ...meter }),
    close: async () => {
      await Promise.all(schedules.map((schedule) => schedule.close()));
      await work.close();
    },
  };
}

/** A missing grant or target does not mend itself; the rest is retried with growing pauses, as the target's policy says. */
function retryAfter(
  { RetryPolicy }: RuleTarget,
  earlierAttempts: number,
  ageSeconds: number,
  error: unknown,
): number | undefined {
  if (error instanceof AwsError && /AccessDenied|NotFound|DoesNotExist|NotAuthorized/.test(error.name))
    return undefined;
  if (earlierAttempts >= RetryPolicy.MaximumRetryAttempts) return undefined;
  const pauseSeconds = Math.min(2 ** earlierAttempts, maxPauseSeconds);
  return ageSeconds + pauseSeconds > RetryPolicy.MaximumEventAgeInSeconds ? undefined : pauseSeconds;
}

/** 185 retries reach the full 24 hours: some nine minutes apart, once the doubling has ended. */
const maxPauseSeconds = 500;
