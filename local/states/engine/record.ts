import * as z from "zod";

/*
 * What the engine keeps on disk. An execution is its start and end (`execution`), how far its history got (`progress`) and one
 * frame a thread: the root, and one for each branch or iteration under way. Frames are data, so a killed process loses none.
 */

export const executionStatuses = ["RUNNING", "SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** Times are ISO 8601, UTC. */
export const executionSchema = z.object({
  arn: z.string(),
  name: z.string(),
  machineArn: z.string(),
  machineName: z.string(),
  /** Key of the definition and role it started with; it keeps them, whatever is deployed since. */
  definitionId: z.string(),
  roleArn: z.string(),
  input: z.unknown(),
  startedAt: z.string(),
  status: z.enum(executionStatuses),
  stoppedAt: z.string().optional(),
  timeoutAt: z.string().optional(),
  /** JSON text. */
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
  redriveCount: z.int(),
  redrivenAt: z.string().optional(),
  /** The call that started it from another execution; `waits` when that one waits for the end. */
  parent: z
    .object({ executionArn: z.string(), threadId: z.string(), token: z.string(), waits: z.boolean() })
    .optional(),
});
export type ExecutionRecord = z.infer<typeof executionSchema>;

export const progressSchema = z.object({ lastEventId: z.int(), billedTransitions: z.int() });
export type Progress = z.infer<typeof progressSchema>;

const phaseSchema = z.discriminatedUnion("type", [
  /** The state is to be performed: just entered, or to be performed again. */
  z.object({ type: z.literal("ready") }),
  /** Aborted because a sibling failed; performed again on redrive. */
  z.object({ type: z.literal("stopped") }),
  /** The first state of a new thread is to be entered. */
  z.object({ type: z.literal("starting") }),
  /** An iteration that MaxConcurrency holds back. */
  z.object({ type: z.literal("held") }),
  z.object({ type: z.literal("waiting"), dueAt: z.string() }),
  z.object({ type: z.literal("retrying"), dueAt: z.string() }),
  z.object({
    type: z.literal("called"),
    token: z.string(),
    arguments: z.unknown(),
    /** The call was answered, and what ends the task is still to come: a SendTask call, or the end of the child execution. */
    submitted: z.boolean(),
    timeoutAt: z.string().optional(),
    heartbeatSeconds: z.number().optional(),
    heartbeatAt: z.string().optional(),
    /** Name of the execution that startExecution starts, chosen before the call so that a repeated call starts nothing twice. */
    childName: z.string().optional(),
    childArn: z.string().optional(),
  }),
  z.object({ type: z.literal("scopes"), total: z.int(), finished: z.int() }),
  z.object({ type: z.literal("finished"), output: z.unknown() }),
]);

export const threadSchema = z.object({
  /** "0" is the root, "0.2" its third branch or iteration. */
  id: z.string(),
  index: z.int(),
  /** The Parallel and Map states above it, with the index of the scope taken there. */
  path: z.array(z.tuple([z.string(), z.int()])),
  state: z.string(),
  input: z.unknown(),
  /** Assigned in this thread; outer threads' are read through the id. */
  variables: z.record(z.string(), z.unknown()),
  enteredAt: z.string(),
  enteredEventId: z.int(),
  /** Last event before the state was entered. AWS names it as the previous event of EvaluationFailed. */
  beforeEntryEventId: z.int(),
  lastEventId: z.int(),
  /** Retries so far, by position of the retrier. */
  attempts: z.record(z.string(), z.int()),
  retryCount: z.int(),
  item: z.object({ index: z.int(), value: z.unknown() }).optional(),
  phase: phaseSchema,
});
export type Thread = z.infer<typeof threadSchema>;
export type Called = Extract<Thread["phase"], { type: "called" }>;

export const historyEventSchema = z.looseObject({
  id: z.int(),
  previousEventId: z.int(),
  timestamp: z.string(),
  type: z.string(),
});
export type HistoryEvent = z.infer<typeof historyEventSchema>;

/** A slash cannot stand in an execution's name, so it parts the keys. */
export const keys = {
  execution: (arn: string) => `execution/${arn}`,
  progress: (arn: string) => `progress/${arn}`,
  running: (arn: string) => `running/${arn}`,
  threads: (arn: string) => `thread/${arn}/`,
  thread: (arn: string, id: string) => `thread/${arn}/${id}`,
  event: (arn: string, id: number) => `event/${arn}/${String(id).padStart(5, "0")}`,
  /** Newest first, as ListExecutions answers. */
  listings: (machineArn: string) => `listing/${machineArn}/`,
  listing: (machineArn: string, startedAt: string, arn: string) =>
    `listing/${machineArn}/${String(10 ** 14 - Date.parse(startedAt)).padStart(15, "0")}/${arn}`,
  children: (arn: string) => `child/${arn}/`,
  child: (arn: string, childArn: string) => `child/${arn}/${childArn}`,
  announcements: "announcement/",
  announcement: (arn: string, eventId: number) => `announcement/${arn}/${eventId}`,
  definition: (id: string) => `definition/${id}`,
  secret: "secret",
};
