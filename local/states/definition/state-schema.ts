import * as z from "zod";

/*
 * The part of Amazon States Language (JSONata) that this engine runs, member by member. The objects are strict: a member that is
 * not here is refused at boot instead of being ignored at run time.
 */

const template = z.unknown();
const expressionText = z.string().regex(/^\{%[\s\S]*%\}$/);
/** Largest number of seconds that Step Functions takes for an interval or time-out. */
const maxSeconds = 99_999_999;
const seconds = z.union([z.int().min(1).max(maxSeconds), expressionText]);

const anyState = { Comment: z.string().optional(), QueryLanguage: z.enum(["JSONata", "JSONPath"]).optional() };
const transition = { Next: z.string().optional(), End: z.boolean().optional() };
const results = { Assign: z.record(z.string(), template).optional(), Output: template.optional() };

const retrierSchema = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  IntervalSeconds: z.int().min(1).max(maxSeconds).default(1),
  MaxAttempts: z.int().min(0).max(maxSeconds).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(["FULL", "NONE"]).default("NONE"),
});
export type Retrier = z.infer<typeof retrierSchema>;

const catcherSchema = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  Next: z.string(),
  ...results,
});
const recovery = { Retry: z.array(retrierSchema).default([]), Catch: z.array(catcherSchema).default([]) };

const task = z.strictObject({
  Type: z.literal("Task"),
  ...anyState,
  ...transition,
  ...results,
  ...recovery,
  Resource: z.string(),
  Arguments: template.optional(),
  TimeoutSeconds: seconds.optional(),
  HeartbeatSeconds: seconds.optional(),
});

const choice = z.strictObject({
  Type: z.literal("Choice"),
  ...anyState,
  ...results,
  Choices: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        Condition: z.union([z.boolean(), expressionText]),
        Next: z.string(),
        ...results,
      }),
    )
    .min(1),
  Default: z.string().optional(),
});

const wait = z.strictObject({
  Type: z.literal("Wait"),
  ...anyState,
  ...transition,
  ...results,
  Seconds: z.union([z.int().min(0).max(maxSeconds), expressionText]).optional(),
  Timestamp: z.string().optional(),
});

const pass = z.strictObject({ Type: z.literal("Pass"), ...anyState, ...transition, ...results });
const succeed = z.strictObject({ Type: z.literal("Succeed"), ...anyState, Output: template.optional() });
const fail = z.strictObject({
  Type: z.literal("Fail"),
  ...anyState,
  Error: z.string().optional(),
  Cause: z.string().optional(),
});

const parallel = z.strictObject({
  Type: z.literal("Parallel"),
  ...anyState,
  ...transition,
  ...results,
  ...recovery,
  Arguments: template.optional(),
  Branches: z.array(z.unknown()).min(1),
});

const map = z.strictObject({
  Type: z.literal("Map"),
  ...anyState,
  ...transition,
  ...results,
  ...recovery,
  Items: template.optional(),
  ItemSelector: template.optional(),
  MaxConcurrency: z.union([z.int().min(0), expressionText]).optional(),
  // AWS takes these two on an inline Map, evaluates them, and uses them in distributed mode only.
  ToleratedFailurePercentage: z.union([z.number().min(0).max(100), expressionText]).optional(),
  ToleratedFailureCount: z.union([z.int().min(0), expressionText]).optional(),
  ItemProcessor: z.looseObject({
    ProcessorConfig: z.strictObject({ Mode: z.literal("INLINE").optional() }).optional(),
  }),
});

export const stateSchema = z.discriminatedUnion("Type", [task, choice, wait, pass, succeed, fail, parallel, map]);
export type PlainState = z.infer<typeof stateSchema>;

export const scopeSchema = z.strictObject({
  Comment: z.string().optional(),
  QueryLanguage: z.enum(["JSONata", "JSONPath"]).optional(),
  StartAt: z.string(),
  States: z.record(z.string().min(1).max(80), z.unknown()),
});

export const machineSchema = scopeSchema.extend({
  Version: z.literal("1.0").optional(),
  TimeoutSeconds: z.int().min(1).max(maxSeconds).optional(),
});
