import { type ASTNode, serialize } from "@marcbachmann/cel-js";
import { childrenOf, isNode } from "./bounded-cost.ts";
import { isContradictory, type Literal } from "./literals.ts";

/** Most alternatives that are looked at; an expression with more is not judged. */
const maxAlternatives = 2_000;

/**
 * Is `after` true, or not to be evaluated, wherever `before` is? True only when that is proven; false says nothing.
 *
 * Proven by contradiction: `before && !after` is written as alternatives of simple statements about single facts, and each
 * must contradict itself (`gross > 10000 && gross <= 5000`). Sound since all that is reasoned about is a plain comparison of a
 * fact with what is written out, which no facts can make fail, and since no fact is NaN. Anything else counts only as the same
 * text, standing among the alternatives of both.
 */
export function implies(before: ASTNode, after: ASTNode): boolean {
  if (widens(before, after)) return true;
  const [one, other] = [alternatives(before, true), alternatives(after, false)];
  if (!one || !other || one.length * other.length > maxAlternatives) return false;
  return one.every((left) => other.every((right) => isContradictory([...left, ...right])));
}

/** `a || b` → `a || b || c`: an alternative more, whatever the alternatives are and whether they can be evaluated. */
function widens(before: ASTNode, after: ASTNode): boolean {
  const now = new Set(disjunctsOf(after).map(serialize));
  return disjunctsOf(before).every((one) => now.has(serialize(one)));
}

const disjunctsOf = (node: ASTNode): ASTNode[] => (node.op === "||" ? node.args.flatMap(disjunctsOf) : [node]);

/** The expression, or its negation, as alternatives that are each a list of statements; null when it cannot be written so. */
function alternatives(node: ASTNode, wanted: boolean): Literal[][] | null {
  if (node.op === "!_") return alternatives(node.args, !wanted);
  if (node.op === "value" && typeof node.args === "boolean") return node.args === wanted ? [[]] : [];
  if (node.op !== "&&" && node.op !== "||") {
    const stated = literal(node, wanted);
    return stated && [[stated]];
  }
  const [left, right] = node.args.map((part) => alternatives(part, wanted));
  if (!left || !right) return null;
  if ((node.op === "||") === wanted) return bounded([...left, ...right]);
  return left.length * right.length > maxAlternatives
    ? null
    : left.flatMap((one) => right.map((other) => [...one, ...other]));
}

const bounded = (all: Literal[][]): Literal[][] | null => (all.length > maxAlternatives ? null : all);

const comparisons: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "==", "!="]);
const mirrored: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", ">": "<", ">=": "<=" };
const negated: Readonly<Record<string, string>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};

/** One comparison of a fact with what is written out; null for anything that could fail, or that is about several facts. */
function literal(node: ASTNode, wanted: boolean): Literal | null {
  const path = factOf(node);
  if (path) return { fact: path, operator: "in", values: [wanted] };
  if (!Array.isArray(node.args)) return null;
  const [left, right] = node.args;
  if (!isNode(left) || !isNode(right)) return null;
  const [onLeft, onRight] = [factOf(left), factOf(right)];
  if (node.op === "in") {
    const values = onLeft && right.op === "list" ? childrenOf(right).map(writtenOut) : [];
    if (!onLeft || right.op !== "list" || values.some((value) => value === undefined)) return null;
    return { fact: onLeft, operator: wanted ? "in" : "not in", values };
  }
  if (!comparisons.has(node.op)) return null;
  const fact = onLeft ?? onRight;
  const value = writtenOut(onLeft ? right : left);
  if (!fact || value === undefined) return null;
  const operator = onLeft ? node.op : (mirrored[node.op] ?? node.op);
  const stated = wanted ? operator : (negated[operator] ?? operator);
  if (stated === "==") return { fact, operator: "in", values: [value] };
  if (stated === "!=") return { fact, operator: "not in", values: [value] };
  // Only numbers are ordered here: texts are compared in an order of their own.
  if (typeof value !== "number") return null;
  if (stated === "<" || stated === "<=" || stated === ">" || stated === ">=") return { fact, operator: stated, value };
  return null;
}

const roots = new Set(["field", "signal", "unjudged", "observed", "document"]);

/** "field.gross.amount"; null for anything but a fact that every case has. */
function factOf(node: ASTNode): string | null {
  if (node.op === "id") return roots.has(node.args) ? node.args : null;
  if (node.op !== ".") return null;
  const [object, name] = node.args;
  const parent = factOf(object);
  return parent && `${parent}.${name}`;
}

/** Numbers of both kinds as one, as long as none loses a digit. */
function writtenOut(node: ASTNode): string | number | boolean | undefined {
  if (node.op === "-_") {
    const inner = writtenOut(node.args);
    return typeof inner === "number" ? -inner : undefined;
  }
  if (node.op !== "value") return undefined;
  const value = node.args;
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : undefined;
  return typeof value === "string" ||
    typeof value === "boolean" ||
    (typeof value === "number" && Number.isFinite(value))
    ? value
    : undefined;
}
