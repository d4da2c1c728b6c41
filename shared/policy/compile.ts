import type { ASTNode, Environment } from "@marcbachmann/cel-js";
import { maxPolicyBytes } from "../contracts/limits.ts";
import { type Policy, policy as policySchema, type Trigger } from "../contracts/policy.ts";
import { hashOf } from "../ledger/chain.ts";
import { celEnvironment } from "./cel-environment.ts";
import { placeholdersOf, problemOf } from "./check-expression.ts";
import { contradictions } from "./contradictions.ts";
import { PolicyInvalidError, type PolicyProblem, pointerTo, shown } from "./policy-invalid-error.ts";
import type { Vocabulary } from "./vocabulary.ts";

export type Facts = Readonly<Record<string, unknown>>;

export interface CompiledCondition {
  readonly condition: ASTNode;
  /** failed: it could not be evaluated on these facts. */
  evaluate(facts: Facts): boolean | "failed";
}

export interface CompiledTrigger extends CompiledCondition {
  readonly trigger: Trigger;
  /** A condition that cannot be evaluated fires: it never lets anything pass. */
  fires(facts: Facts): boolean;
  /** Fills the trigger's texts. */
  tell(facts: Facts): { message: string; observed: string; limit: string };
}

export interface CompiledPolicy {
  readonly policy: Policy;
  /** SHA-256 of the canonical document, hex. */
  readonly hash: string;
  readonly vocabulary: Vocabulary;
  readonly environment: Environment;
  readonly triggers: readonly CompiledTrigger[];
  readonly edgeCases: readonly (CompiledCondition & { readonly id: string; readonly label: string })[];
  /** Null when the policy has no such condition. */
  readonly fourEyes: CompiledCondition | null;
}

/** Checks and compiles a policy. @throws {PolicyInvalidError} with all problems, never only the first. */
export function compilePolicy(document: unknown, vocabulary: Vocabulary): CompiledPolicy {
  const policy = readPolicy(document);
  const environment = celEnvironment(vocabulary);
  const problems = [...contradictions(policy, vocabulary), ...expressions(policy, environment)];
  if (problems.length > 0) throw new PolicyInvalidError(problems);
  return {
    policy,
    hash: hashOf(policy),
    vocabulary,
    environment,
    triggers: policy.triggers.map((trigger) => compileTrigger(trigger, environment)),
    edgeCases: policy.edgeCases.map(({ id, label, when }) => ({ id, label, ...compileCondition(when, environment) })),
    fourEyes: policy.fourEyes.when === null ? null : compileCondition(policy.fourEyes.when, environment),
  };
}

/** The document by its schema. @throws {PolicyInvalidError} */
function readPolicy(document: unknown): Policy {
  const parsed = policySchema.safeParse(document);
  if (!parsed.success) {
    throw new PolicyInvalidError(
      parsed.error.issues.map(({ path, message }) => ({
        pointer: pointerTo(path),
        detail: `${shown(valueAt(document, path))}: ${message}. Mend this value.`,
      })),
    );
  }
  const bytes = Buffer.byteLength(JSON.stringify(parsed.data));
  if (bytes > maxPolicyBytes) {
    const detail = `The document has ${bytes} bytes; at most ${maxPolicyBytes} are taken. Leave out rules, or shorten texts.`;
    throw new PolicyInvalidError([{ pointer: "", detail }]);
  }
  return parsed.data;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    document,
  );
}

function expressions(policy: Policy, environment: Environment): PolicyProblem[] {
  const checked = (path: readonly PropertyKey[], expression: string, wanted: "bool" | "string") => {
    const detail = problemOf(expression, wanted, environment);
    return detail === null ? [] : [{ pointer: pointerTo(path), detail }];
  };
  const ofTriggers = policy.triggers.flatMap((trigger, at) => [
    ...checked(["triggers", at, "when"], trigger.when, "bool"),
    ...(["message", "observed", "limit"] as const).flatMap((part) =>
      placeholdersOf(trigger[part]).flatMap((inner) =>
        checked(["triggers", at, part], inner, "string").map(({ pointer, detail }) => ({
          pointer,
          detail: `{${inner}}: ${detail}`,
        })),
      ),
    ),
  ]);
  const { when } = policy.fourEyes;
  return [
    ...ofTriggers,
    ...policy.edgeCases.flatMap((edgeCase, at) => checked(["edgeCases", at, "when"], edgeCase.when, "bool")),
    ...(when === null ? [] : checked(["fourEyes", "when"], when, "bool")),
  ];
}

function compileCondition(when: string, environment: Environment): CompiledCondition {
  const condition = environment.parse(when);
  return {
    condition: condition.ast,
    evaluate: (facts) => {
      try {
        return condition(facts) === true;
      } catch {
        return "failed";
      }
    },
  };
}

function compileTrigger(trigger: Trigger, environment: Environment): CompiledTrigger {
  const compiled = compileCondition(trigger.when, environment);
  const texts = {
    message: template(trigger.message, environment),
    observed: template(trigger.observed, environment),
    limit: template(trigger.limit, environment),
  };
  return {
    ...compiled,
    trigger,
    fires: (facts) => compiled.evaluate(facts) !== false,
    tell: (facts) => ({ message: texts.message(facts), observed: texts.observed(facts), limit: texts.limit(facts) }),
  };
}

function template(text: string, environment: Environment): (facts: Facts) => string {
  const parts = text.split(/\{([^}]*)\}/).map((part, index) => (index % 2 === 0 ? part : environment.parse(part)));
  return (facts) => parts.map((part) => (typeof part === "string" ? part : spoken(part, facts))).join("");
}

/** A text about a case says what it can: a placeholder that fails leaves the rest whole. */
function spoken(part: (facts: Facts) => unknown, facts: Facts): string {
  try {
    return String(part(facts));
  } catch {
    return "unknown";
  }
}
