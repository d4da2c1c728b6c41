import { TurnedClock } from "../../local/clock/turned-clock.ts";
import { type Bench, functionArn, machineArn, openBench } from "../local/states/bench-of-machines.ts";
import { machineNames, readDefinition } from "./definitions.ts";

type Functions = NonNullable<Parameters<typeof openBench>[0]["functions"]>;

export interface Running {
  readonly bench: Bench;
  /** Turns the clock, and waits until nothing moves. */
  turn(seconds: number): Promise<void>;
  /** The same in steps shorter than any task's time-out, so that functions called on the way answer in time. */
  turnSlowly(seconds: number): Promise<void>;
  /** Payloads of a function's calls, oldest first. */
  calls(functionName: string): readonly Readonly<Record<string, unknown>>[];
  /** Answers the newest review as record-decision would. */
  answer(action: string, next?: unknown): Promise<void>;
  /** Status and output, parsed, of an execution. */
  result(arn: string): Promise<{ status: unknown; output: unknown; error: unknown }>;
}

const stepSeconds = 20;

export const caseId = "abcdefghijklmnopqrstuvwxyz";

/**
 * The machines as they are deployed, on an engine with a clock to turn; functions are named as placeholders are, `OpenReview`.
 *
 * @param read - where a machine's definition is read from. @default the one that deploys today
 */
export async function run(
  functions: Functions = {},
  read: (name: string) => string = readDefinition,
): Promise<Running> {
  const clock = new TurnedClock();
  const calls = new Map<string, Readonly<Record<string, unknown>>[]>();
  const recorded = Object.fromEntries(
    functionNames(read).map((name) => [
      name,
      async (payload: unknown) => {
        const members = typeof payload === "object" && payload !== null ? { ...payload } : {};
        calls.set(name, [...(calls.get(name) ?? []), members]);
        const given = functions[name];
        return given ? given(payload) : {};
      },
    ]),
  );
  const bench = await openBench({
    machines: Object.fromEntries(machineNames.map((name) => [name, definitionOf(read(name))])),
    functions: recorded,
    clock,
  });
  const turn = async (seconds: number) => {
    await clock.advance(seconds * 1_000);
    await bench.states.settled();
  };
  const callsOf = (name: string) => calls.get(name) ?? [];
  return {
    bench,
    calls: callsOf,
    turn,
    turnSlowly: async (seconds) => {
      for (let turned = 0; turned < seconds; turned += stepSeconds) await turn(stepSeconds);
    },
    answer: async (action, next = null) => {
      const { taskToken, round } = callsOf("OpenReview").at(-1) ?? {};
      const output = JSON.stringify({ caseId, reviewId: `${caseId}-${round}`, action, next });
      await bench.call("SendTaskSuccess", { taskToken, output });
      await bench.states.settled();
    },
    result: async (arn) => {
      const { status, output, error } = await bench.describe(arn);
      return { status, error, output: typeof output === "string" ? JSON.parse(output) : output };
    },
  };
}

/** Substituted as CloudFormation would: machines by their names, functions by their placeholders' own. */
function definitionOf(definition: string): unknown {
  const asl = definition.replaceAll(/\$\{(\w+?)(Function|Machine)Arn\}/g, (_, noun: string, kind: string) =>
    kind === "Function" ? functionArn(noun) : machineArn(noun.replaceAll(/(?<!^)([A-Z])/g, "-$1").toLowerCase()),
  );
  return JSON.parse(asl);
}

function functionNames(read: (name: string) => string): string[] {
  return machineNames.flatMap((name) =>
    [...read(name).matchAll(/\$\{(\w+)FunctionArn\}/g)].map(([, noun = ""]) => noun),
  );
}
