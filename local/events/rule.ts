import * as z from "zod";
import type { Template, TemplateResource } from "../template/template.ts";
import type { BusEvent } from "./event.ts";
import { compilePattern } from "./pattern.ts";
import { ratePeriodSeconds } from "./schedule.ts";
import { inputShape } from "./target-input.ts";

/** The template declares a rule in a way that this machine cannot follow. */
class RuleNotImitatedError extends Error {
  override readonly name = "RuleNotImitatedError";
}

const target = z.strictObject({
  Id: z.string(),
  Arn: z.string(),
  RoleArn: z.string().optional(),
  DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
  RetryPolicy: z
    .object({ MaximumRetryAttempts: z.number().default(185), MaximumEventAgeInSeconds: z.number().default(86_400) })
    .default({ MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 }),
  ...inputShape.shape,
});
export type RuleTarget = z.infer<typeof target>;

const ruleShape = z.object({
  EventBusName: z.string().optional(),
  EventPattern: z.unknown().optional(),
  ScheduleExpression: z.string().optional(),
  State: z.enum(["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"]).default("ENABLED"),
  Targets: z.array(target).default([]),
});

export interface Rule {
  readonly logicalId: string;
  readonly arn: string;
  /** Name of the bus it listens on. */
  readonly bus: string;
  readonly targets: readonly RuleTarget[];
  /** Never true for a rule that only has a schedule. */
  matches(event: BusEvent): boolean;
  readonly periodSeconds?: number;
}

export const defaultBus = "default";

/** The bus's name, from a name or an ARN. */
export const busName = (nameOrArn: string | undefined): string => nameOrArn?.split("/").at(-1) ?? defaultBus;

/** Enabled rules. @throws {RuleNotImitatedError, PatternNotImitatedError, ScheduleNotImitatedError} at boot, not when an event comes */
export function readRules(template: Template): readonly Rule[] {
  return template.ofType("AWS::Events::Rule").flatMap((resource) => {
    const { State, EventBusName, EventPattern, ScheduleExpression, Targets } = read(resource);
    if (State === "DISABLED") return [];
    for (const { Arn, Id } of Targets) {
      if (/^arn:aws:(lambda|sqs|states):/.test(Arn)) continue;
      throw new RuleNotImitatedError(
        `${resource.logicalId} sends to ${Arn} (target ${Id}). The one machine delivers to functions, queues and state machines.`,
      );
    }
    return [
      {
        logicalId: resource.logicalId,
        arn: resource.attribute("Arn"),
        bus: busName(EventBusName),
        targets: Targets,
        matches: EventPattern === undefined ? () => false : compilePattern(EventPattern, resource.logicalId),
        ...(ScheduleExpression === undefined ? {} : { periodSeconds: ratePeriodSeconds(ScheduleExpression) }),
      },
    ];
  });
}

function read({ logicalId, properties }: TemplateResource): z.infer<typeof ruleShape> {
  const { success, data, error } = ruleShape.safeParse(properties);
  if (success) return data;
  throw new RuleNotImitatedError(`${logicalId} is not a rule this machine can follow: ${z.prettifyError(error)}`);
}
