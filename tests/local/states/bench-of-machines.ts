import type { Clock } from "../../../local/clock/clock.ts";
import { TurnedClock } from "../../../local/clock/turned-clock.ts";
import type { Authorise, Principal } from "../../../local/iam/principal.ts";
import { type Integration, openStates, type States } from "../../../local/states/states.ts";
import type { Storage } from "../../../local/storage/storage.ts";
import { memoryStorage } from "./memory-storage.ts";

const region = "us-east-1";
const account = "000000000000";
export const machineArn = (name: string) => `arn:aws:states:${region}:${account}:stateMachine:${name}`;
export const executionArn = (machine: string, name: string) =>
  `arn:aws:states:${region}:${account}:execution:${machine}:${name}`;
export const functionArn = (name: string) => `arn:aws:lambda:${region}:${account}:function:${name}`;

const operator: Principal = { arn: `arn:aws:iam::${account}:user/operator`, name: "operator", statements: [] };
export const machineRole: Principal = { arn: `arn:aws:iam::${account}:role/machine`, name: "machine", statements: [] };

export type Members = Readonly<Record<string, unknown>>;
type Functions = Readonly<Record<string, (payload: unknown) => unknown>>;

export interface BenchOptions {
  readonly machines: Readonly<Record<string, unknown>>;
  /** By name; what a test does not give answers its payload. */
  readonly functions?: Functions;
  readonly storage?: Storage;
  readonly clock?: Clock;
  readonly authorise?: Authorise;
  readonly integrations?: Readonly<Record<string, Integration>>;
  readonly publishEvent?: (event: { detail: unknown }) => Promise<void>;
  /** @default true */
  readonly recovers?: boolean;
}

export interface Bench {
  readonly states: States;
  readonly events: { detail: unknown }[];
  call(operation: string, input: Members, principal?: Principal): Promise<Members>;
  /** Starts an execution and returns its ARN, once nothing moves any more. */
  start(machine: string, input?: unknown, name?: string): Promise<string>;
  describe(arn: string): Promise<Members>;
  eventTypes(arn: string): Promise<string[]>;
  history(arn: string): Promise<Members[]>;
}

/** Step Functions on hand-written fakes. Opening it again on the same storage, without closing, is a crash and a restart. */
export async function openBench(options: BenchOptions): Promise<Bench> {
  const events: { detail: unknown }[] = [];
  const states = await openStates(
    Object.entries(options.machines).map(([name, definition]) => ({
      arn: machineArn(name),
      name,
      definition,
      role: machineRole,
    })),
    {
      clock: options.clock ?? new TurnedClock(),
      storage: options.storage ?? memoryStorage(),
      authorise: options.authorise ?? (() => undefined),
      invokeFunction: async (arn, payload) => {
        const answer = options.functions?.[arn.slice(arn.lastIndexOf(":") + 1)];
        return answer ? answer(payload) : payload;
      },
      publishEvent: options.publishEvent ?? (async (event) => void events.push(event)),
      ...(options.integrations ? { integrations: options.integrations } : {}),
    },
  );
  if (options.recovers ?? true) await states.recover();
  const call: Bench["call"] = async (operation, input, principal = operator) => {
    const { body } = await states.handle({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": `AWSStepFunctions.${operation}` },
      body: Buffer.from(JSON.stringify(input)),
      principal,
    });
    return membersOf(JSON.parse(String(body)));
  };
  const history: Bench["history"] = async (arn) => {
    const { events } = await call("GetExecutionHistory", { executionArn: arn, maxResults: 1_000 });
    return Array.isArray(events) ? events.map(membersOf) : [];
  };
  return {
    states,
    events,
    call,
    history,
    start: async (machine, input = {}, name) => {
      const { executionArn } = await call("StartExecution", {
        stateMachineArn: machineArn(machine),
        input: JSON.stringify(input),
        ...(name === undefined ? {} : { name }),
      });
      await states.settled();
      return String(executionArn);
    },
    describe: (arn) => call("DescribeExecution", { executionArn: arn }),
    eventTypes: async (arn) => (await history(arn)).map(({ type }) => String(type)),
  };
}

export function membersOf(value: unknown): Members {
  if (typeof value !== "object" || value === null) throw new Error(`Expected an object, got ${typeof value}.`);
  return { ...value };
}
