import { type ASTNode, type Environment, serialize } from "@marcbachmann/cel-js";
import { childrenOf, isNode } from "../policy/bounded-cost.ts";
import type { Facts } from "../policy/compile.ts";

/**
 * One thing that would have to be otherwise: the fact at `path` has a value that `admits` takes. `path` null: `leaf` is about more
 * than one fact, and is taken to be `wanted` as a whole.
 */
export interface Change {
  readonly leaf: string;
  readonly wanted: boolean;
  readonly path: readonly string[] | null;
  readonly admits: (value: unknown) => boolean;
}

/** Most combinations of values that are tried for one alternative; beyond, it counts as not shown. */
const maxTrials = 300;

/** Stands for every text that the expression does not name. */
export const otherText = "\u{1F5CE}";

const comparisons: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "==", "!=", "in"]);
const mirrored: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };

export interface Comparison {
  readonly path: readonly string[];
  readonly operator: string;
  /** An expression without facts. */
  readonly limit: ASTNode;
}

/** `field.gross.amount > 10.0`, whichever side the fact stands on; null for anything that is about more than one fact. */
export function comparisonOf(node: ASTNode): Comparison | null {
  if (!comparisons.has(node.op) || !Array.isArray(node.args)) return null;
  const [left, right] = node.args;
  if (!isNode(left) || !isNode(right)) return null;
  const [onLeft, onRight] = [pathOf(left), pathOf(right)];
  if (onLeft && isClosed(right)) return { path: onLeft, operator: node.op, limit: right };
  if (onRight && isClosed(left) && node.op !== "in")
    return { path: onRight, operator: mirrored[node.op] ?? node.op, limit: left };
  return null;
}

/** `field.gross.amount` → ["field", "gross", "amount"]; null for anything but a plain access path. */
export function pathOf(node: ASTNode): string[] | null {
  if (node.op === "id") return [node.args];
  if (node.op !== ".") return null;
  const [object, name] = node.args;
  const parent = pathOf(object);
  return parent ? [...parent, name] : null;
}

const isClosed = (node: ASTNode): boolean =>
  node.op === "value" || ((node.op === "list" || node.op === "-_") && childrenOf(node).every(isClosed));

/** Tries changes out on an expression and the facts of a case. */
export class WhatIf {
  readonly #condition: ASTNode;
  readonly #environment: Environment;
  readonly #facts: Facts;
  readonly #compiled = new Map<string, (facts: Facts) => unknown>();
  readonly #values: ReadonlyMap<string, readonly unknown[]>;

  constructor(condition: ASTNode, environment: Environment, facts: Facts) {
    this.#condition = condition;
    this.#environment = environment;
    this.#facts = facts;
    this.#values = this.#tellingValues();
  }

  /** Value of an expression on the case's facts; undefined when it cannot be evaluated. */
  valueOf(node: ASTNode, facts: Facts = this.#facts): unknown {
    const text = serialize(node);
    const compiled = this.#compiled.get(text) ?? this.#environment.parse(text);
    this.#compiled.set(text, compiled);
    try {
      return compiled(facts);
    } catch {
      return undefined;
    }
  }

  holds(node: ASTNode, facts?: Facts): boolean {
    return this.valueOf(node, facts) === true;
  }

  /** Facts of the expression with the values of each that it can tell apart. */
  get facts(): readonly (readonly [path: readonly string[], values: readonly unknown[]])[] {
    return [...this.#values].map(([path, values]) => [path.split("."), values]);
  }

  at(path: readonly string[], facts: Facts = this.#facts): unknown {
    return path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), facts);
  }

  /** Does the condition rest whenever all these changes are made, whichever of the values they leave open is taken? */
  keepsFromFiring(changes: readonly Change[]): boolean {
    const forced = new Map(changes.filter(({ path }) => path === null).map(({ leaf, wanted }) => [leaf, wanted]));
    const paths = new Map<string, unknown[]>();
    for (const { path, admits } of changes) {
      if (!path) continue;
      const key = path.join(".");
      paths.set(key, (paths.get(key) ?? [...(this.#values.get(key) ?? [])]).filter(admits));
    }
    let trials: Facts[] = [this.#facts];
    for (const [path, values] of paths) {
      if (values.length * trials.length > maxTrials) return false;
      trials = trials.flatMap((facts) => values.map((value) => withFact(facts, path.split("."), value)));
    }
    return trials.length > 0 && trials.every((facts) => !this.#fires(this.#condition, facts, forced));
  }

  #fires(node: ASTNode, facts: Facts, forced: ReadonlyMap<string, boolean>): boolean {
    if (node.op === "!_") return !this.#fires(node.args, facts, forced);
    if (node.op === "&&") return node.args.every((part) => this.#fires(part, facts, forced));
    if (node.op === "||") return node.args.some((part) => this.#fires(part, facts, forced));
    return forced.get(serialize(node)) ?? this.holds(node, facts);
  }

  /** For each fact that is compared: every limit, what lies between, and one beyond each end. */
  #tellingValues(): ReadonlyMap<string, readonly unknown[]> {
    const limits = new Map<string, unknown[]>();
    const visit = (node: ASTNode): void => {
      const compared = comparisonOf(node);
      const path = compared?.path ?? pathOf(node);
      if (path) {
        const value = compared ? this.valueOf(compared.limit) : undefined;
        const key = path.join(".");
        limits.set(key, [...(limits.get(key) ?? []), ...(Array.isArray(value) ? value : compared ? [value] : [])]);
      } else if (node.op === "&&" || node.op === "||" || node.op === "!_") childrenOf(node).forEach(visit);
    };
    visit(this.#condition);
    return new Map(
      [...limits].map(([path, values]) => {
        const present = this.at(path.split("."));
        return [path, [...new Set([present, ...between(values, present)])]];
      }),
    );
  }
}

function between(limits: readonly unknown[], present: unknown): unknown[] {
  if (typeof present === "boolean") return [true, false];
  if (typeof present === "string") return [...limits.filter((limit) => typeof limit === "string"), "", otherText];
  const sorted = limits.map(Number).sort((a, b) => a - b);
  const [lowest = 0, highest = 0] = [sorted[0], sorted.at(-1)];
  const cells = [
    lowest - 1,
    ...sorted.flatMap((limit, at) => [limit, (limit + (sorted[at + 1] ?? limit + 2)) / 2]),
    highest + 1,
  ];
  return typeof present === "bigint" ? cells.map((cell) => BigInt(Math.round(cell))) : cells;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function withFact(facts: Facts, [name = "", ...rest]: readonly string[], value: unknown): Facts {
  const inner = facts[name];
  return { ...facts, [name]: rest.length === 0 ? value : withFact(isObject(inner) ? inner : {}, rest, value) };
}
