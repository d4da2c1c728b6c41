import type { Environment } from "@marcbachmann/cel-js";
import { tooCostly } from "./bounded-cost.ts";
import { shown } from "./policy-invalid-error.ts";

const remedies = {
  bool: "Compare it with a limit.",
  string: "Wrap it in percent() or money().",
} as const;

/** What is wrong with an expression: it does not compile, refers to nothing, yields another type, or may take too long. */
export function problemOf(expression: string, wanted: "bool" | "string", environment: Environment): string | null {
  const checked = environment.check(expression);
  if (!checked.valid) return `${shown(expression)}: ${firstLine(checked.error)}. Use known fields and signals.`;
  const costly = tooCostly(environment.parse(expression).ast);
  if (costly) return `${shown(expression)} may take too long: ${costly}.`;
  if (checked.type === wanted) return null;
  return `${shown(expression)} yields ${checked.type}, not ${wanted}. ${remedies[wanted]}`;
}

/** Expressions in a text: what stands in `{…}`. */
export const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "");

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
