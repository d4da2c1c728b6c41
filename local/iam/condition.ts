import type { RequestContext, Statement } from "./principal.ts";
import { arnWildcard, type Matcher, wildcard } from "./wildcard.ts";

/** A policy uses a feature whose effect this machine cannot tell; allowing or denying would both be a guess. */
export class PolicyNotImitatedError extends Error {
  override readonly name = "PolicyNotImitatedError";
}

export type Condition = (context: RequestContext) => boolean;

const exactly =
  (pattern: string): Matcher =>
  (value) =>
    value === pattern;

const ignoringCase =
  (pattern: string): Matcher =>
  (value) =>
    value.toLowerCase() === pattern.toLowerCase();

/** Operators by which our template restricts a grant; ArnEquals takes wildcards just as ArnLike does. */
const operators: Readonly<Record<string, (pattern: string) => Matcher>> = {
  StringEquals: exactly,
  StringLike: wildcard,
  ArnEquals: arnWildcard,
  ArnLike: arnWildcard,
  Bool: ignoringCase,
};

const forAllValues = "ForAllValues:";

/**
 * All operators and keys of a statement's Condition must hold; one of the values listed suffices for a key.
 * A key that the request does not carry fails, except under ForAllValues, where it holds (IAM's rule, and its trap).
 *
 * @throws {PolicyNotImitatedError} for other operators and for policy variables.
 */
export function compileCondition(condition: Statement["Condition"]): Condition {
  const tests = Object.entries(condition ?? {}).flatMap(([operator, keys]) => {
    const all = operator.startsWith(forAllValues);
    const base = all ? operator.slice(forAllValues.length) : operator;
    const match = operators[base];
    if (!match || (all && base !== "StringEquals" && base !== "StringLike")) {
      throw new PolicyNotImitatedError(
        `The condition operator ${operator} is not evaluated on one machine. Known: ${Object.keys(operators).join(", ")}, ` +
          "ForAllValues:StringEquals, ForAllValues:StringLike. Add it to local/iam/condition.ts.",
      );
    }
    return Object.entries(keys).map(([key, patterns]): Condition => {
      const matchers = [patterns].flat().map((pattern) => match(withoutVariables(String(pattern))));
      const matches = (value: string) => matchers.some((matcher) => matcher(value));
      return (context) => {
        const values = contextValues(context, key);
        return all ? values.every(matches) : values.length > 0 && values.some(matches);
      };
    });
  });
  return (context) => tests.every((test) => test(context));
}

/** Condition keys are not case-sensitive. */
function contextValues(context: RequestContext, key: string): readonly string[] {
  const found = context[key] ?? Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
  return found === undefined ? [] : [found].flat();
}

/** @throws {PolicyNotImitatedError} when a pattern holds a policy variable such as `${aws:username}`. */
export function withoutVariables(pattern: string): string {
  if (!pattern.includes("${")) return pattern;
  throw new PolicyNotImitatedError(
    `The policy variable in "${pattern}" is not filled in on one machine. Name the resource, or add variables to local/iam.`,
  );
}
