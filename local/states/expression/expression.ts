import jsonata from "jsonata";
import { addExtraFunctions } from "./extra-functions.ts";

const compiled = new Map<string, jsonata.Expression>();

/** The text between `{%` and `%}`, or nothing when the string is a literal. Spaces outside the braces make it a literal, as on AWS. */
export function expressionIn(text: string): string | undefined {
  return text.length >= 4 && text.startsWith("{%") && text.endsWith("%}") ? text.slice(2, -2).trim() : undefined;
}

/** Compiles once per text: machines are few, executions many. Throws JSONata's error for a text that is not JSONata. */
export function compile(text: string): jsonata.Expression {
  const known = compiled.get(text);
  if (known) return known;
  const expression = jsonata(text);
  addExtraFunctions(expression);
  compiled.set(text, expression);
  return expression;
}

/** Every expression of a template, with the path to it ("Arguments/Payload/id"), so that a machine can be checked before it runs. */
export function* expressionsOf(template: unknown, location: string): Generator<{ text: string; location: string }> {
  if (typeof template === "string") {
    const text = expressionIn(template);
    if (text !== undefined) yield { text, location };
  } else if (Array.isArray(template)) {
    for (const [index, entry] of template.entries()) yield* expressionsOf(entry, `${location}[${index}]`);
  } else if (typeof template === "object" && template !== null) {
    for (const [key, entry] of Object.entries(template)) yield* expressionsOf(entry, `${location}/${key}`);
  }
}
