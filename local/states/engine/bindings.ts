import type { Bindings } from "../expression/evaluate.ts";
import { compile } from "../expression/expression.ts";
import type { Thread } from "./record.ts";
import type { Turn } from "./turn.ts";

/** What a state shows its expressions beside `$states.input`. */
export interface Seen {
  readonly result?: unknown;
  readonly errorOutput?: unknown;
  readonly taskToken?: string;
  readonly item?: { readonly index: number; readonly value: unknown };
}

/** `$states`, the variables in scope (an inner one hides an outer one), and the clock of this machine. */
export function bindingsFor(turn: Turn, thread: Thread, { result, errorOutput, ...seen }: Seen = {}): Bindings {
  return {
    ...variablesInScope(turn, thread),
    states: {
      input: thread.input,
      context: contextObject(turn, thread, seen),
      ...(result === undefined ? {} : { result }),
      ...(errorOutput === undefined ? {} : { errorOutput }),
    },
    millis: () => turn.now.getTime(),
    now: (picture?: string, timezone?: string) =>
      picture === undefined
        ? turn.timestamp
        : compile("$fromMillis($millis, $picture, $timezone)").evaluate(undefined, {
            millis: turn.now.getTime(),
            picture,
            timezone,
          }),
  };
}

function variablesInScope(turn: Turn, thread: Thread): Record<string, unknown> {
  const outer = turn.live.parentOf(thread);
  return outer ? { ...variablesInScope(turn, outer), ...thread.variables } : thread.variables;
}

/** @see AWS Step Functions Developer Guide, "Accessing execution data from the Context object" */
function contextObject(turn: Turn, thread: Thread, seen: Pick<Seen, "taskToken" | "item">): Record<string, unknown> {
  const { execution } = turn.live;
  const item = seen.item ?? itemOf(turn, thread);
  return {
    Execution: {
      Id: execution.arn,
      Input: execution.input,
      StartTime: execution.startedAt,
      Name: execution.name,
      RoleArn: execution.roleArn,
      RedriveCount: execution.redriveCount,
      ...(execution.redrivenAt === undefined ? {} : { RedriveTime: execution.redrivenAt }),
    },
    StateMachine: { Id: execution.machineArn, Name: execution.machineName },
    State: {
      Name: thread.state,
      EnteredTime: thread.enteredAt,
      ...("Retry" in turn.live.stateOf(thread) ? { RetryCount: thread.retryCount } : {}),
    },
    ...(seen.taskToken === undefined ? {} : { Task: { Token: seen.taskToken } }),
    ...(item === undefined ? {} : { Map: { Item: { Index: item.index, Value: item.value } } }),
  };
}

/** The item of the innermost Map around the thread. */
function itemOf(turn: Turn, thread: Thread): Thread["item"] {
  const outer = turn.live.parentOf(thread);
  return thread.item ?? (outer ? itemOf(turn, outer) : undefined);
}
