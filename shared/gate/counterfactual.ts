import { type ASTNode, type Environment, serialize } from "@marcbachmann/cel-js";
import type { Signal } from "../contracts/proposal.ts";
import { money, percent } from "../policy/cel-environment.ts";
import type { Facts } from "../policy/compile.ts";
import type { Vocabulary } from "../policy/vocabulary.ts";

interface Setting {
  readonly environment: Environment;
  readonly vocabulary: Vocabulary;
  readonly facts: Facts;
  readonly signals: readonly Signal[];
  /** Currency for amounts, as far as the case has one. */
  readonly currency: string;
}

/**
 * What would have kept a trigger from firing, in plain words: the smallest changes to the comparisons that hold now.
 * Computed from the expression, so that it cannot contradict it. Completes "It would have passed if …".
 */
export function passesIf(condition: ASTNode, setting: Setting): string {
  return phrase(condition, false, setting)?.text || "this rule did not apply";
}

interface Phrase {
  readonly text: string;
  /** Null for a single change. */
  readonly joiner: " and " | " or " | null;
  /** Asks for a field to be missing, which no other rule would let pass. */
  readonly unfinds: boolean;
}

/** Words for "`node` becomes `wanted`"; null when it already is. */
function phrase(node: ASTNode, wanted: boolean, setting: Setting): Phrase | null {
  if (holds(node, setting) === wanted) return null;
  if (node.op === "!_") return phrase(node.args, !wanted, setting);
  if (node.op === "&&" || node.op === "||") {
    // All parts must change when an `or` is to fail or an `and` is to hold; otherwise one of them is enough.
    const joiner = (node.op === "||") === wanted ? " or " : " and ";
    const all = node.args.map((part) => phrase(part, wanted, setting)).filter((part) => part !== null);
    const useful = joiner === " or " ? all.filter(({ unfinds }) => !unfinds) : all;
    const parts = useful.length > 0 ? useful : all;
    const [only] = parts;
    if (only && parts.length === 1) return only;
    const texts = parts.map((part) => (part.joiner && part.joiner !== joiner ? `(${part.text})` : part.text));
    return { text: texts.join(joiner), joiner, unfinds: parts.some(({ unfinds }) => unfinds) };
  }
  return { text: leaf(node, wanted, setting), joiner: null, unfinds: !wanted && pathOf(node)?.[2] === "found" };
}

function holds(node: ASTNode, { environment, facts }: Setting): boolean {
  return environment.parse(serialize(node))(facts) === true;
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

function leaf(node: ASTNode, wanted: boolean, setting: Setting): string {
  const access = pathOf(node);
  if (access) return boolean(access, wanted, setting);
  const operator = String(node.op);
  if (operator in opposite && Array.isArray(node.args)) {
    const [left, right] = node.args;
    const path = isNode(left) ? pathOf(left) : null;
    if (path && isNode(right)) {
      const word = spoken[(wanted ? operator : opposite[operator]) ?? ""] ?? "";
      return `${subject(path, setting)} were ${word} ${literal(path, right, setting)}`.replaceAll("  ", " ");
    }
  }
  if (node.op === "in") {
    const path = pathOf(node.args[0]);
    if (path) return `${subject(path, setting)} were ${wanted ? "" : "other than "}${listed(node.args[1], setting)}`;
  }
  return `${serialize(node)} were ${wanted}`;
}

function boolean(path: readonly string[], wanted: boolean, { vocabulary, signals }: Setting): string {
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

function subject(path: readonly string[], { vocabulary }: Setting): string {
  const [root, name = "", part] = path;
  const label = root === "field" ? (vocabulary.fields[name]?.label.toLowerCase() ?? name) : path.join(" ");
  return part === "confidence" ? `confidence in ${label}` : label;
}

function literal(path: readonly string[], node: ASTNode, { environment, facts, currency }: Setting): string {
  const value: unknown = environment.parse(serialize(node))(facts);
  if (typeof value === "number" && path[2] === "confidence") return percent(value);
  if (typeof value === "number" && path[2] === "amount") return money(value, currency);
  return String(value);
}

/** `["EUR", "USD", "GBP"]` → "EUR, USD or GBP". */
function listed(node: ASTNode, { environment, facts }: Setting): string {
  const values: unknown = environment.parse(serialize(node))(facts);
  if (!Array.isArray(values)) return serialize(node);
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(values.map(String));
}

/** `field.gross.amount` → ["field", "gross", "amount"]; null for anything but a plain access path. */
function pathOf(node: ASTNode): string[] | null {
  if (node.op === "id") return [node.args];
  if (node.op !== ".") return null;
  const [object, name] = node.args;
  const parent = pathOf(object);
  return parent ? [...parent, name] : null;
}

const isNode = (value: unknown): value is ASTNode => typeof value === "object" && value !== null && "op" in value;
