import { existsSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import { openStates, TaskFailure } from "../../../local/states/states.ts";
import { machineArn } from "./bench-of-machines.ts";
import { memoryStorage } from "./memory-storage.ts";

/** Executions recorded on AWS: not part of the repository, so absent on a clean clone. */
const recordings = new URL("../../../../shared/data/states-language/", import.meta.url);
export const recordedJsonata = new URL("recorded-jsonata.json", recordings);
export const recordedWaits = new URL("recorded-waits-and-errors.json", recordings);

const recordedEvent = z.looseObject({ id: z.int(), type: z.string() });
const recordedCase = z.object({ id: z.string(), definition: z.unknown(), events: z.array(recordedEvent) });
type RecordedEvent = z.infer<typeof recordedEvent>;
export type RecordedCase = z.infer<typeof recordedCase>;

export const readRecorded = (file: URL): RecordedCase[] =>
  existsSync(file)
    ? z.object({ cases: z.array(recordedCase) }).parse(JSON.parse(readFileSync(file, "utf8"))).cases
    : [];

export interface Replayed {
  readonly id: string;
  /** What differs from AWS; nothing when the case passed. */
  readonly difference: string | undefined;
}

/** Runs every recorded execution on the local engine; tasks answer what the recording says. Prints nothing. */
export async function replayAll(cases: readonly RecordedCase[]): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (const recorded of cases) replayed.push({ id: recorded.id, difference: await replay(recorded) });
  return replayed;
}

const role = { arn: "snf_role_arn", name: "recorded", statements: [] };
const arn = machineArn("recorded");
/** What stands for a "date" in an input: the recordings took the real one out. */
const someDate = "2016-12-05T21:29:29Z";
/** Where they took out a malformed "timestamp", the cause of the failure still quotes it. */
const quotedTimestamp = /date-time format string: (?<text>.*)$/;

async function replay({ definition, events }: RecordedCase): Promise<string | undefined> {
  const answers = events.flatMap(answerIn);
  const answerNext = async () => {
    const answer = answers.shift();
    if (!answer) throw new TaskFailure("Replay.NotRecorded", "The recording holds no further answer.");
    return answer();
  };
  const clock = new TurnedClock();
  let states: Awaited<ReturnType<typeof openStates>>;
  try {
    states = await openStates([{ arn, name: "recorded", definition, role }], {
      clock,
      storage: memoryStorage(),
      authorise: () => undefined,
      invokeFunction: async () => payloadOf(await answerNext()),
      publishEvent: async () => undefined,
      integrations: { "arn:aws:states:::aws-sdk:s3:getObject": answerNext },
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const call = async (operation: string, input: object) => {
    const request = { method: "POST", path: "/", query: new URLSearchParams(), principal: role };
    const headers = { "x-amz-target": `AWSStepFunctions.${operation}` };
    const { body } = await states.handle({ ...request, headers, body: Buffer.from(JSON.stringify(input)) });
    return z.looseObject({}).parse(JSON.parse(String(body)));
  };
  const timestamp = quotedTimestamp.exec(String(detailsOf(events.at(-1)).cause))?.groups?.text;
  const input = JSON.stringify(withDates(decode(detailsOf(events[0]).input), timestamp));
  const { executionArn } = await call("StartExecution", { stateMachineArn: arn, input });
  let description = await call("DescribeExecution", { executionArn });
  for (let turns = 0; turns < 20 && description.status === "RUNNING"; turns += 1) {
    await states.settled();
    description = await call("DescribeExecution", { executionArn });
    if (description.status === "RUNNING") await clock.advance(60_000);
  }
  const history = z
    .array(recordedEvent)
    .parse((await call("GetExecutionHistory", { executionArn, maxResults: 1_000 })).events);
  await states.close();
  return differenceOf(events, history, description);
}

function differenceOf(
  recorded: readonly RecordedEvent[],
  history: readonly RecordedEvent[],
  description: Record<string, unknown>,
) {
  const types = recorded.map(({ type }) => type);
  const ours = history.map(({ type }) => type);
  if (!isDeepStrictEqual(types, ours)) return `event types: AWS ${types.join(" ")}, here ${ours.join(" ")}`;
  const last = recorded.at(-1);
  const status = last?.type.replace("Execution", "").replace("TimedOut", "TIMED_OUT").toUpperCase();
  if (status !== description.status) return `status: AWS ${status}, here ${description.status}`;
  const end = detailsOf(last);
  if ((end.error ?? undefined) !== description.error) return `error: AWS ${end.error}, here ${description.error}`;
  const output = "output" in end ? decode(end.output) : undefined;
  const ourOutput = typeof description.output === "string" ? JSON.parse(description.output) : undefined;
  if (!matches(output, ourOutput)) return `output: AWS ${JSON.stringify(output)}, here ${JSON.stringify(ourOutput)}`;
  return undefined;
}

/** The answer that a task's last event holds, as a thunk: it may throw, or never come. */
function answerIn(event: RecordedEvent): (() => unknown)[] {
  const { output, error, cause } = detailsOf(event);
  if (/^(Task|LambdaFunction)Succeeded$/.test(event.type)) return [() => decode(output)];
  if (/^(Task|LambdaFunction)TimedOut$/.test(event.type)) return [() => new Promise(() => undefined)];
  if (!/^(Task|LambdaFunction)Failed$/.test(event.type)) return [];
  return [
    () => {
      throw new TaskFailure(String(error), typeof cause === "object" ? JSON.stringify(cause) : String(cause));
    },
  ];
}

/** lambda:invoke wraps the function's answer; a direct function ARN does not. */
const payloadOf = (answer: unknown) =>
  typeof answer === "object" && answer !== null && "Payload" in answer && "StatusCode" in answer
    ? answer.Payload
    : answer;

function detailsOf(event: RecordedEvent | undefined): Record<string, unknown> {
  const details = Object.entries(event ?? {}).find(([member]) => member.endsWith("EventDetails"))?.[1];
  return typeof details === "object" && details !== null ? { ...details } : {};
}

/** The recordings hold objects as JSON and everything else as JSON text. */
function decode(recorded: unknown): unknown {
  if (typeof recorded !== "string") return recorded;
  try {
    return JSON.parse(recorded);
  } catch {
    return recorded;
  }
}

function withDates(value: unknown, timestamp: string | undefined): unknown {
  if (value === "date") return someDate;
  if (value === "timestamp") return timestamp ?? value;
  if (Array.isArray(value)) return value.map((entry) => withDates(entry, timestamp));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withDates(entry, timestamp)]));
}

/** Members that only say which HTTP request it was. */
const requestMembers = new Set(["SdkHttpMetadata", "SdkResponseMetadata"]);

function matches(recorded: unknown, ours: unknown): boolean {
  if (typeof recorded === "string" && typeof ours === "string") {
    if (recorded === "date") return !Number.isNaN(Date.parse(ours));
    const parts = recorded.split(/<[^<>]*>/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return new RegExp(`^${parts.join("[\\s\\S]*")}$`).test(ours);
  }
  if (Array.isArray(recorded) && Array.isArray(ours)) {
    return recorded.length === ours.length && recorded.every((entry, index) => matches(entry, ours[index]));
  }
  if (typeof recorded === "object" && recorded !== null && typeof ours === "object" && ours !== null) {
    const theirs = new Map(Object.entries(recorded));
    const own = new Map(Object.entries(ours));
    const same = theirs.size === own.size && [...theirs.keys()].every((key) => own.has(key));
    return same && [...theirs].every(([key, entry]) => requestMembers.has(key) || matches(entry, own.get(key)));
  }
  return Object.is(recorded, ours);
}
