import type { ASTNode, Environment } from "@marcbachmann/cel-js";
import { celEnvironment } from "./cel-environment.ts";
import type { Policy, Trigger } from "./policy.ts";
import { policy as policySchema } from "./policy.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** Happens when a policy document cannot be used. HTTP 422; every problem names path, value and remedy. */
export class PolicyInvalidError extends Error {
  override readonly name = "PolicyInvalidError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The policy cannot be used:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.problems = problems;
  }
}

export type Facts = Readonly<Record<string, unknown>>;

export interface CompiledTrigger {
  readonly trigger: Trigger;
  readonly condition: ASTNode;
  fires(facts: Facts): boolean;
  /** Fills the trigger's texts. */
  tell(facts: Facts): { message: string; observed: string; limit: string };
}

export interface CompiledPolicy {
  readonly policy: Policy;
  readonly vocabulary: Vocabulary;
  readonly environment: Environment;
  readonly triggers: readonly CompiledTrigger[];
}

/** Checks and compiles a policy once, at cold start. @throws {PolicyInvalidError} with all problems, never only the first. */
export function compilePolicy(document: unknown, vocabulary: Vocabulary): CompiledPolicy {
  const parsed = policySchema.safeParse(document);
  if (!parsed.success) {
    throw new PolicyInvalidError(
      parsed.error.issues.map((issue) => `/${issue.path.join("/")}: ${issue.message}. Mend this value.`),
    );
  }
  const environment = celEnvironment(vocabulary);
  const problems: string[] = [...unknownFields(parsed.data, vocabulary), ...repeatedIds(parsed.data)];
  const triggers = parsed.data.triggers.flatMap((trigger, index) => {
    const path = `/triggers/${index} (${trigger.id})`;
    const checked = environment.check(trigger.when);
    if (!checked.valid)
      problems.push(`${path}/when: ${trigger.when}: ${firstLine(checked.error)}. Use known fields and signals.`);
    else if (checked.type !== "bool")
      problems.push(`${path}/when: ${trigger.when} yields ${checked.type}, not bool. Compare it with a limit.`);
    for (const part of ["message", "observed", "limit"] as const) {
      for (const expression of placeholders(trigger[part])) {
        const inner = environment.check(expression);
        if (!inner.valid)
          problems.push(`${path}/${part}: {${expression}}: ${firstLine(inner.error)}. Use known fields and signals.`);
        else if (inner.type !== "string")
          problems.push(
            `${path}/${part}: {${expression}} yields ${inner.type}, not string. Wrap it in percent() or money().`,
          );
      }
    }
    return problems.length > 0 ? [] : [compileTrigger(trigger, environment)];
  });
  if (problems.length > 0) throw new PolicyInvalidError(problems);
  return { policy: parsed.data, vocabulary, environment, triggers };
}

function compileTrigger(trigger: Trigger, environment: Environment): CompiledTrigger {
  const condition = environment.parse(trigger.when);
  const texts = {
    message: template(trigger.message, environment),
    observed: template(trigger.observed, environment),
    limit: template(trigger.limit, environment),
  };
  return {
    trigger,
    condition: condition.ast,
    fires: (facts) => condition(facts) === true,
    tell: (facts) => ({ message: texts.message(facts), observed: texts.observed(facts), limit: texts.limit(facts) }),
  };
}

function template(text: string, environment: Environment): (facts: Facts) => string {
  const parts = text.split(/\{([^}]*)\}/).map((part, index) => (index % 2 === 0 ? part : environment.parse(part)));
  return (facts) => parts.map((part) => (typeof part === "string" ? part : String(part(facts)))).join("");
}

const placeholders = (text: string): string[] => [...text.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? "");
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

function unknownFields(policy: Policy, { fields }: Vocabulary): string[] {
  const named = [
    ...Object.keys(policy.confidenceLimits).map((field) => ({ path: "/confidenceLimits", field })),
    ...policy.triggers.flatMap((trigger, index) =>
      trigger.fields.map((field) => ({ path: `/triggers/${index}/fields`, field })),
    ),
  ];
  return named
    .filter(({ field }) => !Object.hasOwn(fields, field))
    .map(
      ({ path, field }) =>
        `${path}: ${field}: no proposal of this workflow has this field. Choose one of ${Object.keys(fields).join(", ")}.`,
    );
}

function repeatedIds({ triggers }: Policy): string[] {
  const ids = triggers.map(({ id }) => id);
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map(
    (id) => `/triggers: ${id}: this id stands twice. Rename one.`,
  );
}
