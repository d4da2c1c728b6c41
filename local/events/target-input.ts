import * as z from "zod";
import type { BusEvent } from "./event.ts";

/** What a rule sends to a target in place of the whole event. */
export const inputShape = z.object({
  Input: z.string().optional(),
  InputPath: z.string().optional(),
  InputTransformer: z
    .object({ InputTemplate: z.string(), InputPathsMap: z.record(z.string(), z.string()).default({}) })
    .optional(),
});
export type TargetInput = z.infer<typeof inputShape>;

/** The input of a target is asked for in a way this machine does not know. */
export class TargetInputNotImitatedError extends Error {
  override readonly name = "TargetInputNotImitatedError";
}

/** The target's input. @throws {TargetInputNotImitatedError} for paths beyond `$.a.b[0]` and templates that are not JSON. */
export function targetInput(input: TargetInput, event: BusEvent, ruleArn: string): unknown {
  if (input.Input !== undefined) return JSON.parse(input.Input);
  if (input.InputPath !== undefined) return valueAt(event, input.InputPath);
  if (input.InputTransformer === undefined) return event;
  const { InputTemplate, InputPathsMap } = input.InputTransformer;
  const values: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(InputPathsMap).map(([name, path]) => [name, valueAt(event, path)])),
    "aws.events.event": event,
    "aws.events.event.json": event,
    "aws.events.event.ingestion-time": event.time,
    "aws.events.rule-arn": ruleArn,
    "aws.events.rule-name": ruleArn.split("/").at(-1),
  };
  return fillTemplate(InputTemplate, values);
}

/** `<name>` on its own stands for the value as JSON; inside quotes for its text. */
function fillTemplate(template: string, values: Readonly<Record<string, unknown>>): unknown {
  let quoted = false;
  const filled = template.replaceAll(/\\.|"|<([A-Za-z0-9_.-]+)>/g, (token: string, name: string | undefined) => {
    if (token === '"') quoted = !quoted;
    if (name === undefined) return token;
    const value = values[name] ?? null;
    if (!quoted) return JSON.stringify(value);
    return JSON.stringify(typeof value === "string" ? value : JSON.stringify(value)).slice(1, -1);
  });
  try {
    return JSON.parse(filled);
  } catch {
    return refuse(`The input template ${JSON.stringify(template)} does not give JSON`);
  }
}

function valueAt(event: BusEvent, path: string): unknown {
  if (!/^\$(\.[A-Za-z0-9_-]+|\[\d+\])*$/.test(path))
    return refuse(`The path ${path} is not a plain one such as $.detail.name`);
  let value: unknown = event;
  for (const [, name, index] of path.matchAll(/\.([A-Za-z0-9_-]+)|\[(\d+)\]/g)) {
    const key = name ?? Number(index);
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  return value;
}

function refuse(problem: string): never {
  throw new TargetInputNotImitatedError(`${problem}. Change the rule, or add it to local/events/target-input.ts.`);
}
