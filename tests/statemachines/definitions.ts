import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const retrier = z.looseObject({
  ErrorEquals: z.array(z.string()).min(1),
  IntervalSeconds: z.number().default(1),
  BackoffRate: z.number().default(2),
  MaxAttempts: z.number().default(3),
  MaxDelaySeconds: z.number().default(Number.POSITIVE_INFINITY),
  JitterStrategy: z.string().optional(),
});
const catcher = z.looseObject({ ErrorEquals: z.array(z.string()).min(1), Next: z.string() });
const target = z.looseObject({ Next: z.string() });

const state = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  TimeoutSeconds: z.union([z.number(), z.string()]).optional(),
  Arguments: z.looseObject({ FunctionName: z.string().optional() }).optional(),
  Retry: z.array(retrier).default([]),
  Catch: z.array(catcher).default([]),
  Choices: z.array(target).default([]),
  Next: z.string().optional(),
  Default: z.string().optional(),
  get ItemProcessor() {
    return z.object({ StartAt: z.string(), States: z.record(z.string(), state) }).optional();
  },
});
export type State = z.infer<typeof state>;
export type Retrier = z.infer<typeof retrier>;

const machine = z.looseObject({
  QueryLanguage: z.string(),
  TimeoutSeconds: z.number().optional(),
  StartAt: z.string(),
  States: z.record(z.string(), state),
});
export type Machine = z.infer<typeof machine>;

const directory = join(import.meta.dirname, "..", "..", "statemachines");

/** Text of a machine's file, placeholders and all. */
export const readDefinition = (name: string): string => readFileSync(join(directory, `${name}.asl.json`), "utf8");

export const machineNames: readonly string[] = readdirSync(directory).map((file) => file.replace(/\.asl\.json$/, ""));
export const machines: ReadonlyMap<string, Machine> = new Map(
  machineNames.map((name) => [name, machine.parse(JSON.parse(readDefinition(name)))]),
);

/** Every state of every machine, those inside a Map included. */
export const allStates: readonly { readonly machine: string; readonly name: string; readonly state: State }[] = [
  ...machines,
].flatMap(([name, { States }]) => statesIn(name, States));

function statesIn(
  machineName: string,
  states: Readonly<Record<string, State>>,
): { machine: string; name: string; state: State }[] {
  return Object.entries(states).flatMap(([name, one]) => [
    { machine: machineName, name, state: one },
    ...statesIn(machineName, one.ItemProcessor?.States ?? {}),
  ]);
}

/** Placeholders of a machine's file, `${…}`, each once. */
export const placeholdersOf = (name: string): string[] => [
  ...new Set([...readDefinition(name).matchAll(/\$\{(\w+)\}/g)].map(([, placeholder = ""]) => placeholder)),
];
