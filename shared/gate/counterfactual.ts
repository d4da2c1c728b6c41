import { type ASTNode, serialize } from "@marcbachmann/cel-js";
import { type Change, comparisonOf, pathOf, WhatIf } from "./what-if.ts";
import { exact, leaf, type Setting, type Speech } from "./words.ts";

/**
 * What would have kept a trigger from firing, in plain words: the smallest changes to the comparisons that hold now.
 * Computed from the expression and tried out on it, so that it cannot contradict it: where a fact stands in it more than once,
 * changing one comparison may make another one hold. Completes "It would have passed if …".
 */
export function passesIf(condition: ASTNode, setting: Setting): string {
  const whatIf = new WhatIf(condition, setting.environment, setting.facts);
  const speech = { ...setting, whatIf };
  const whole = phrase(condition, false, speech);
  const ways = whole && alternatives(whole);
  const proven = (ways ?? []).filter(({ changes }) => whatIf.keepsFromFiring(changes));
  if (whole && ways && proven.length === ways.length) return whole.text;
  return proven[0]?.text ?? anyOtherFacts(speech) ?? "this rule did not apply";
}

interface Phrase {
  readonly text: string;
  /** Null for a single change. */
  readonly joiner: " and " | " or " | null;
  readonly parts: readonly Phrase[];
  readonly change: Change | null;
  /** Asks for a field to be missing, which no other rule would let pass. */
  readonly unfinds: boolean;
}

/** Words for "`node` becomes `wanted`"; null when it already is. */
function phrase(node: ASTNode, wanted: boolean, speech: Speech): Phrase | null {
  if (speech.whatIf.holds(node) === wanted) return null;
  if (node.op === "!_") return phrase(node.args, !wanted, speech);
  if (node.op === "&&" || node.op === "||") {
    // All parts must change when an `or` is to fail or an `and` is to hold; otherwise one of them is enough.
    const joiner = (node.op === "||") === wanted ? " or " : " and ";
    const all = node.args.map((part) => phrase(part, wanted, speech)).filter((part) => part !== null);
    const useful = joiner === " or " ? all.filter(({ unfinds }) => !unfinds) : all;
    return joined(useful.length > 0 ? useful : all, joiner);
  }
  const change = changeOf(node, wanted, speech);
  const unfinds = !wanted && pathOf(node)?.[2] === "found";
  return { text: leaf(node, wanted, speech), joiner: null, parts: [], change, unfinds };
}

function joined(parts: readonly Phrase[], joiner: " and " | " or "): Phrase {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const texts = parts.map((part) => (part.joiner && part.joiner !== joiner ? `(${part.text})` : part.text));
  return {
    text: [...new Set(texts)].join(joiner),
    joiner,
    parts,
    change: null,
    unfinds: parts.some(({ unfinds }) => unfinds),
  };
}

/** Most ways out that one sentence may offer; a longer one is not tried out, and therefore not said. */
const maxAlternatives = 64;

interface Alternative {
  readonly text: string;
  readonly changes: readonly Change[];
}

/** The ways out that a phrase offers, each a set of changes that must all be made; null when there are too many. */
function alternatives({ text, joiner, parts, change }: Phrase): Alternative[] | null {
  if (!joiner) return [{ text, changes: change ? [change] : [] }];
  let all: Alternative[] = joiner === " or " ? [] : [{ text: "", changes: [] }];
  for (const part of parts) {
    const options = alternatives(part);
    if (!options || all.length * options.length > maxAlternatives) return null;
    all = joiner === " or " ? [...all, ...options] : all.flatMap((one) => options.map((option) => both(one, option)));
  }
  return all;
}

const both = (one: Alternative, other: Alternative): Alternative => ({
  text: one.text ? `${one.text} and ${other.text}` : other.text,
  changes: [...one.changes, ...other.changes],
});

function changeOf(node: ASTNode, wanted: boolean, { whatIf }: Speech): Change {
  const about = { leaf: serialize(node), wanted };
  const path = pathOf(node);
  if (path) return { ...about, path, admits: (value) => value === wanted };
  const compared = comparisonOf(node);
  if (!compared) return { ...about, path: null, admits: () => true };
  const limit = whatIf.valueOf(compared.limit);
  return { ...about, path: compared.path, admits: (value) => compares(value, compared.operator, limit) === wanted };
}

function compares(value: unknown, operator: string, limit: unknown): boolean {
  if (operator === "in") return Array.isArray(limit) && limit.includes(value);
  const [left, right] = [typeof value, typeof limit].includes("string")
    ? [value, limit]
    : [Number(value), Number(limit)];
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  const [less, more] = [String(left) < String(right), String(left) > String(right)];
  const [below, above] =
    typeof left === "number" && typeof right === "number" ? [left < right, left > right] : [less, more];
  if (operator === "<") return below;
  if (operator === ">") return above;
  return operator === "<=" ? !above : !below;
}

/** Most other values that are tried in pairs: some 1,000 pairs, so that 200 hopeless conditions take the gate 3 seconds. */
const maxPaired = 32;

/** Where no single set of changes to the comparisons is proven: the first fact, or pair of facts, whose other value is. */
function anyOtherFacts(speech: Speech): string | null {
  const { whatIf } = speech;
  const singles = whatIf.facts.flatMap(([path, values]) =>
    values
      .filter((value) => value !== whatIf.at(path))
      .map((value): Alternative => {
        const exactly = { leaf: "", wanted: true, path, admits: (other: unknown) => other === value };
        return { text: exact(path, value, speech), changes: [exactly] };
      }),
  );
  const missing = ({ changes }: Alternative) =>
    changes.some(({ path, admits }) => path?.[2] === "found" && admits(false));
  const ordered = [...singles.filter((one) => !missing(one)), ...singles.filter(missing)];
  for (const { text, changes } of ordered) if (whatIf.keepsFromFiring(changes)) return text;
  for (const one of ordered.slice(0, maxPaired)) {
    for (const other of ordered.slice(0, maxPaired)) {
      if (one.changes[0]?.path === other.changes[0]?.path) continue;
      if (whatIf.keepsFromFiring([...one.changes, ...other.changes])) return both(one, other).text;
    }
  }
  return null;
}
