import type * as z from "zod";
import { compile, expressionsOf } from "../expression/expression.ts";
import { jsonPathMembers, meansTheSameInJsonata } from "./query-language.ts";
import { argumentsProblem, type Resource, readResource } from "./resource.ts";
import { machineSchema, type PlainState, scopeSchema, stateSchema } from "./state-schema.ts";

type Of<Type extends PlainState["Type"]> = Extract<PlainState, { Type: Type }>;
export type TaskState = Of<"Task"> & { readonly target: Resource };
export type ParallelState = Of<"Parallel"> & { readonly scopes: readonly Scope[] };
export type MapState = Of<"Map"> & { readonly scopes: readonly Scope[] };
export type ChoiceState = Of<"Choice">;
export type State = TaskState | ParallelState | MapState | Of<"Choice" | "Wait" | "Pass" | "Succeed" | "Fail">;

/** A machine, a branch or an item processor: states that lead to each other. */
export interface Scope {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
}

export interface Machine extends Scope {
  readonly timeoutSeconds: number | undefined;
}

/** A machine needs what this engine does not do, or is malformed. Thrown at boot; nothing has run yet. */
export class DefinitionRefusedError extends Error {
  override readonly name = "DefinitionRefusedError";

  constructor(machine: string, state: string | undefined, problem: string) {
    super(`State machine ${machine}${state === undefined ? "" : `, state "${state}"`}: ${problem}`);
  }
}

/**
 * Reads a definition and checks all that can be known before it runs.
 *
 * @throws {DefinitionRefusedError} naming machine and state.
 */
export function readDefinition(machine: string, definition: unknown, integrations: ReadonlySet<string>): Machine {
  const parsed = machineSchema.safeParse(definition);
  if (!parsed.success) throw new DefinitionRefusedError(machine, undefined, sentence(parsed.error, definition));
  const { TimeoutSeconds, Version: _, ...scope } = parsed.data;
  const reader = { machine, integrations, language: parsed.data.QueryLanguage ?? "JSONPath" };
  return { ...readScope(scope, reader, []), timeoutSeconds: TimeoutSeconds };
}

interface Reader {
  readonly machine: string;
  readonly integrations: ReadonlySet<string>;
  readonly language: string;
}

function readScope(scope: z.infer<typeof scopeSchema>, reader: Reader, outerVariables: readonly string[]): Scope {
  const states = new Map<string, State>();
  const plain = Object.entries(scope.States).map(([name, state]) => [name, readState(name, state, reader)] as const);
  const variables = [...outerVariables, ...plain.flatMap(([, state]) => assignedIn(state))];
  for (const [name, state] of plain) {
    for (const variable of assignedIn(state).filter((variable) => outerVariables.includes(variable))) {
      throw new DefinitionRefusedError(
        reader.machine,
        name,
        `it assigns $${variable}, which an outer state assigns too. A branch or iteration reads outer variables and assigns its own.`,
      );
    }
    states.set(name, complete(name, state, reader, variables));
  }
  for (const target of [scope.StartAt, ...plain.flatMap(([, state]) => targetsOf(state))]) {
    if (states.has(target)) continue;
    throw new DefinitionRefusedError(
      reader.machine,
      target,
      "a StartAt, Next or Default leads to it, but it does not exist there.",
    );
  }
  return { startAt: scope.StartAt, states };
}

function readState(name: string, state: unknown, reader: Reader): PlainState {
  const refuse = (problem: string) => new DefinitionRefusedError(reader.machine, name, problem);
  const own = typeof state === "object" && state !== null && "QueryLanguage" in state ? state.QueryLanguage : undefined;
  if ((own ?? reader.language) !== "JSONata" && !meansTheSameInJsonata(state)) {
    throw refuse(
      'its query language is JSONPath; the one-machine stack runs JSONata only. Set "QueryLanguage": "JSONata".',
    );
  }
  const parsed = stateSchema.safeParse(state);
  if (!parsed.success) throw refuse(sentence(parsed.error, state));
  for (const { text, location } of expressionsOf(templatesOf(parsed.data), "")) {
    try {
      compile(text);
    } catch (error) {
      const reason = typeof error === "object" && error !== null && "message" in error ? error.message : error;
      throw refuse(`the expression in${location.replaceAll("/", " ")} is not JSONata: ${String(reason)}`);
    }
  }
  const ends = "End" in parsed.data && parsed.data.End === true;
  if (
    "Next" in parsed.data ||
    "End" in parsed.data ||
    ["Task", "Pass", "Wait", "Map", "Parallel"].includes(parsed.data.Type)
  ) {
    const leads = "Next" in parsed.data && parsed.data.Next !== undefined;
    if (ends === leads) throw refuse('it must have either "Next" or "End": true.');
  }
  if (parsed.data.Type === "Wait" && (parsed.data.Seconds === undefined) === (parsed.data.Timestamp === undefined)) {
    throw refuse("a Wait has either Seconds or Timestamp.");
  }
  return parsed.data;
}

function complete(name: string, state: PlainState, reader: Reader, variables: readonly string[]): State {
  const inner = (scope: unknown) => {
    const parsed = scopeSchema.safeParse(scope);
    if (!parsed.success) throw new DefinitionRefusedError(reader.machine, name, sentence(parsed.error, scope));
    return readScope(parsed.data, reader, variables);
  };
  switch (state.Type) {
    case "Task": {
      const target = readResource(state.Resource, reader.integrations);
      const problem = target && argumentsProblem(target, state.Arguments);
      if (problem) throw new DefinitionRefusedError(reader.machine, name, problem);
      if (target) return { ...state, target };
      throw new DefinitionRefusedError(
        reader.machine,
        name,
        `the one-machine stack does not imitate the integration ${state.Resource}. It does lambda:invoke (also .waitForTaskToken), states:startExecution (also .sync:2) and function ARNs.`,
      );
    }
    case "Parallel":
      return { ...state, scopes: state.Branches.map(inner) };
    case "Map": {
      const { ProcessorConfig: _, ...scope } = state.ItemProcessor;
      return { ...state, scopes: [inner(scope)] };
    }
    default:
      return state;
  }
}

/** The members of a state that may hold expressions; inner scopes are read by themselves. */
function templatesOf(state: PlainState): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(state).filter(([member]) => !["Branches", "ItemProcessor"].includes(member)),
  );
}

function targetsOf(state: PlainState): string[] {
  if (state.Type === "Choice")
    return [...state.Choices.map(({ Next }) => Next), ...(state.Default ? [state.Default] : [])];
  const next = "Next" in state && state.Next !== undefined ? [state.Next] : [];
  return [...next, ...("Catch" in state ? state.Catch.map(({ Next }) => Next) : [])];
}

function assignedIn(state: PlainState): string[] {
  const places = [state, ...(state.Type === "Choice" ? state.Choices : []), ...("Catch" in state ? state.Catch : [])];
  return places.flatMap((place) => ("Assign" in place && place.Assign ? Object.keys(place.Assign) : []));
}

/** Why a schema refused, in one sentence; a JSONPath member is named as such. */
function sentence(error: z.ZodError, value: unknown): string {
  const members = typeof value === "object" && value !== null ? Object.keys(value) : [];
  const jsonPath = members.filter((member) => jsonPathMembers.includes(member));
  if (jsonPath.length > 0)
    return `it uses ${jsonPath.join(", ")}, which belong to JSONPath; the one-machine stack runs JSONata only.`;
  const issues = error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message));
  return `the one-machine stack cannot run it as written (${issues.join("; ")}).`;
}
