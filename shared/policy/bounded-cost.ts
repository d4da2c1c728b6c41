import type { ASTNode } from "@marcbachmann/cel-js";

/**
 * Functions an expression may call. Each takes time linear in its arguments. Left out: `matches`, since a regular
 * expression can take exponential time on a document's text; `map`, `filter`, `bind`, `split`, `join`, which build values.
 */
const functions = new Set(["size", "string", "double", "int", "percent", "money", "has"]);
const methods = new Set(["startsWith", "endsWith", "contains", "lowerAscii", "upperAscii", "trim", "size"]);
const quantifiers = new Set(["exists", "all", "exists_one"]);

const plain: ReadonlySet<string> = new Set(
  ["value", "id", ".", "[]", "list", "!_", "-_", "&&", "||", "?:", "==", "!=", "<", "<=", ">", ">=", "in"].concat([
    "+",
    "-",
    "*",
    "/",
    "%",
  ]),
);

/**
 * What makes an expression costlier than can be allowed; null when nothing does.
 *
 * The bound: the environment takes at most 500 nodes and 30 levels. Without a quantifier each node is evaluated at most once.
 * With one, over a list written out in the expression, its body is evaluated once an element: at most 250 × 250 steps, since
 * both share the 500 nodes. Quantifiers within quantifiers, which would multiply that, and everything that builds values
 * that grow, are refused.
 */
export function tooCostly(node: ASTNode, withinQuantifier = false): string | null {
  if (node.op === "call") {
    const [name, parts] = node.args;
    if (!functions.has(name)) return `${name}() is not offered. Use one of ${[...functions].join(", ")}`;
    return first(parts, withinQuantifier);
  }
  if (node.op === "rcall") {
    const [name, receiver, parts] = node.args;
    if (quantifiers.has(name)) {
      if (withinQuantifier) return `${name}() stands within another one. Write the list out`;
      if (receiver.op !== "list") return `${name}() is not over a list that is written out. Write the list out`;
      return first([receiver, ...parts], true);
    }
    if (!methods.has(name)) {
      return `${name}() is not offered. Use one of ${[...methods, ...quantifiers].join(", ")}, or in [...]`;
    }
    return first([receiver, ...parts], withinQuantifier);
  }
  if (!plain.has(node.op)) return `${node.op} is not offered. Use comparisons, &&, || and !`;
  return first(childrenOf(node), withinQuantifier);
}

function first(nodes: readonly ASTNode[], withinQuantifier: boolean): string | null {
  for (const node of nodes) {
    const problem = tooCostly(node, withinQuantifier);
    if (problem) return problem;
  }
  return null;
}

export const isNode = (value: unknown): value is ASTNode =>
  typeof value === "object" && value !== null && "op" in value && "args" in value;

/** The nodes right below, of any node but calls. */
export function childrenOf({ args }: ASTNode): ASTNode[] {
  if (isNode(args)) return [args];
  return Array.isArray(args) ? args.flat().filter(isNode) : [];
}
