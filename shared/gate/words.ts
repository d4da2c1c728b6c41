import { type ASTNode, type Environment, serialize } from "@marcbachmann/cel-js";
import type { Signal } from "../contracts/proposal.ts";
import { money, percent } from "../policy/cel-environment.ts";
import type { Facts } from "../policy/compile.ts";
import type { Vocabulary } from "../policy/vocabulary.ts";
import { comparisonOf, otherText, pathOf, type WhatIf } from "./what-if.ts";

export interface Setting {
  readonly environment: Environment;
  readonly vocabulary: Vocabulary;
  readonly facts: Facts;
  readonly signals: readonly Signal[];
  /** Currency for amounts, as far as the case has one. */
  readonly currency: string;
}

/** A case, and what can be tried out on it. */
export interface Speech extends Setting {
  readonly whatIf: WhatIf;
}

/** Words for a fact that has exactly this value. */
export function exact(path: readonly string[], value: unknown, speech: Speech): string {
  if (typeof value === "boolean") return boolean(path, value, speech);
  return `${subject(path, speech)} were ${written(path, value, speech)}`;
}

const opposite: Readonly<Record<string, string>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};
const spoken: Readonly<Record<string, string>> = {
  "<": "below",
  "<=": "at most",
  ">": "above",
  ">=": "at least",
  "==": "",
  "!=": "other than",
};

/** Words for a comparison, or a plain fact, that is `wanted`. */
export function leaf(node: ASTNode, wanted: boolean, speech: Speech): string {
  const access = pathOf(node);
  if (access) return boolean(access, wanted, speech);
  const compared = comparisonOf(node);
  if (!compared) return `${serialize(node)} were ${wanted}`;
  const { path, operator, limit } = compared;
  const about = subject(path, speech);
  if (operator === "in") return `${about} were ${wanted ? "" : "other than "}${listed(limit, speech)}`;
  const word = spoken[(wanted ? operator : opposite[operator]) ?? ""] ?? "";
  return `${about} were ${word} ${written(path, speech.whatIf.valueOf(limit), speech)}`.replaceAll("  ", " ");
}

function boolean(path: readonly string[], wanted: boolean, { vocabulary, signals }: Speech): string {
  const [root, name = "", part] = path;
  if (root === "signal") {
    const told = signals.find((signal) => signal.id === name)?.passesIf;
    return !wanted && told ? told : `it were ${wanted ? "" : "not "}so that: ${vocabulary.signals[name] ?? name}`;
  }
  if (root === "unjudged") {
    const told = signals.find((signal) => signal.id === name)?.passesIf;
    return told ?? `this could be judged: ${vocabulary.signals[name] ?? name}`;
  }
  if (part === "found")
    return `${vocabulary.fields[name]?.label.toLowerCase() ?? name} were ${wanted ? "" : "not "}found`;
  return `${path.join(".")} were ${wanted}`;
}

function subject(path: readonly string[], { vocabulary }: Speech): string {
  const [root, name = "", part] = path;
  const label = root === "field" ? (vocabulary.fields[name]?.label.toLowerCase() ?? name) : path.join(" ");
  return part === "confidence" ? `confidence in ${label}` : label;
}

function written(path: readonly string[], value: unknown, { currency }: Speech): string {
  if (typeof value === "number" && path[2] === "confidence") return percent(value);
  if (typeof value === "number" && path[2] === "amount") return money(value, currency);
  return value === otherText ? "something else" : String(value);
}

/** `["EUR", "USD", "GBP"]` → "EUR, USD or GBP". */
function listed(node: ASTNode, { whatIf }: Speech): string {
  const values = whatIf.valueOf(node);
  if (!Array.isArray(values)) return serialize(node);
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(values.map(String));
}
