import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passesIf } from "../../../shared/gate/counterfactual.ts";
import { compilePolicy, type Facts } from "../../../shared/policy/compile.ts";
import { aPolicy, aTrigger } from "../policy/a-policy.ts";

const count = 8;
const names = [...Array(count).keys()];
const vocabulary = {
  fields: Object.fromEntries(names.map((n) => [`f${n}`, { label: `F${n}`, format: "amount", required: true }])),
  signals: Object.fromEntries(names.map((n) => [`s${n}`, `s${n} holds`])),
  actions: ["pay"],
};

interface FieldFacts {
  text: string;
  amount: number;
  confidence: number;
  found: boolean;
}
interface Circumstances extends Facts {
  field: Record<string, FieldFacts>;
  signal: Record<string, boolean>;
}
const circumstances = (amounts: readonly number[], fired: readonly boolean[]): Circumstances => ({
  field: Object.fromEntries(
    names.map((n) => [
      `f${n}`,
      { text: "EUR", amount: amounts[n] ?? 0, confidence: (amounts[n] ?? 0) / 10, found: true },
    ]),
  ),
  signal: Object.fromEntries(names.map((n) => [`s${n}`, fired[n] ?? false])),
  unjudged: Object.fromEntries(names.map((n) => [`s${n}`, false])),
  observed: Object.fromEntries(names.map((n) => [`s${n}`, "seen"])),
  document: { pages: 1n, detected: false },
});

const explain = (when: string, facts: Circumstances, signals: Parameters<typeof passesIf>[1]["signals"] = []) => {
  const compiled = compilePolicy(aPolicy({ triggers: [aTrigger({ when })] }), vocabulary);
  const [trigger] = compiled.triggers;
  if (!trigger) throw new Error("The policy has a trigger.");
  const { environment } = compiled;
  const text = passesIf(trigger.condition, { environment, vocabulary, facts, signals, currency: "EUR" });
  return { text, fires: trigger.fires(facts), firesOn: (other: Facts) => trigger.fires(other) };
};

/** An expression in which every fact stands once, by number of its leaf. */
type Tree = { readonly leaf: string } | { readonly op: string; readonly parts: readonly Tree[] };

const leafShape = fc.record({
  kind: fc.constantFrom("signal", "amount", "confidence"),
  operator: fc.constantFrom(">", ">=", "<", "<=", "==", "!="),
  limit: fc.integer({ min: 0, max: 9 }),
});
const shape = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leafShape,
    fc.record({ op: fc.constantFrom("&&", "||"), parts: fc.array(tie("tree"), { minLength: 2, maxLength: 3 }) }),
    fc.record({ op: fc.constant("!"), parts: fc.tuple(tie("tree")) }),
  ),
}));

/** What a phrase of the answer asks for, by its words. */
type Change = (facts: Circumstances) => void;

/** Writes a generated shape as CEL with fresh facts, and notes what each phrase about them would mean. */
function written(value: unknown, next: { leaf: number }, changes: Map<string, Change>): Tree | null {
  if (typeof value !== "object" || value === null) throw new Error("A shape is an object.");
  if ("op" in value && "parts" in value && Array.isArray(value.parts)) {
    const parts = value.parts.map((part: unknown) => written(part, next, changes));
    return parts.some((part) => part === null)
      ? null
      : { op: String(value.op), parts: parts.filter((part) => part !== null) };
  }
  const { kind, operator, limit } = leafShapeOf(value);
  const n = next.leaf++;
  if (n >= count) return null;
  if (kind === "signal") {
    for (const wanted of [true, false]) {
      changes.set(`it were ${wanted ? "" : "not "}so that: s${n} holds`, ({ signal }) => {
        signal[`s${n}`] = wanted;
      });
    }
    return { leaf: `signal.s${n}` };
  }
  const bound = kind === "amount" ? limit : limit / 10;
  const step = kind === "amount" ? 1 : 0.1;
  const said = kind === "amount" ? `${limit}.00 EUR` : `${limit * 10} %`;
  const subject = kind === "amount" ? `f${n}` : `confidence in f${n}`;
  const witnesses = { "above ": bound + step, "at least ": bound, "below ": bound - step, "at most ": bound };
  for (const [words, witness] of Object.entries({ ...witnesses, "": bound, "other than ": bound + step })) {
    changes.set(`${subject} were ${words}${said}`, ({ field }) => {
      const facts = field[`f${n}`];
      if (facts) facts[kind] = witness;
    });
  }
  return { leaf: `field.f${n}.${kind} ${operator} ${bound.toFixed(1)}` };
}

function leafShapeOf(value: object): { kind: "signal" | "amount" | "confidence"; operator: string; limit: number } {
  if (!("kind" in value && "operator" in value && "limit" in value)) throw new Error("A leaf has three members.");
  const { kind, operator, limit } = value;
  if (kind !== "signal" && kind !== "amount" && kind !== "confidence") throw new Error("Unknown kind.");
  return { kind, operator: String(operator), limit: Number(limit) };
}

const cel = (tree: Tree): string =>
  "leaf" in tree
    ? tree.leaf
    : tree.op === "!"
      ? `!(${tree.parts.map(cel).join("")})`
      : `(${tree.parts.map(cel).join(` ${tree.op} `)})`;

/** The alternatives that the words offer, each a set of phrases that must all come true. */
function alternatives(text: string): string[][] {
  const split = (joiner: string): string[] => {
    const parts: string[] = [];
    let depth = 0;
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      if (text[at] === "(") depth += 1;
      if (text[at] === ")") depth -= 1;
      if (depth === 0 && text.startsWith(joiner, at)) {
        parts.push(text.slice(start, at));
        start = at + joiner.length;
      }
    }
    return [...parts, text.slice(start)];
  };
  if (text.startsWith("(") && split(" or ").length === 1 && split(" and ").length === 1)
    return alternatives(text.slice(1, -1));
  const either = split(" or ");
  const both = split(" and ");
  if (either.length > 1 && both.length > 1) throw new Error(`This reads two ways: ${text}`);
  if (either.length > 1) return either.flatMap(alternatives);
  if (both.length > 1) {
    return both
      .map(alternatives)
      .reduce<string[][]>((all, options) => all.flatMap((one) => options.map((option) => [...one, ...option])), [[]]);
  }
  return [[text]];
}

describe("the counterfactual", () => {
  it("is true: changing what any of its alternatives names keeps the trigger from firing", () => {
    fc.assert(
      fc.property(
        shape.tree,
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: count, maxLength: count }),
        fc.array(fc.boolean(), { minLength: count, maxLength: count }),
        (value, amounts, fired) => {
          const changes = new Map<string, Change>();
          const tree = written(value, { leaf: 0 }, changes);
          fc.pre(tree !== null);
          const facts = circumstances(amounts, fired);
          const { text, fires, firesOn } = explain(cel(tree), facts);
          fc.pre(fires);
          for (const phrases of alternatives(text)) {
            const changed = structuredClone(facts);
            for (const phrase of phrases) {
              const change = changes.get(phrase);
              if (!change) throw new Error(`Nobody knows what this asks for: ${phrase}`);
              change(changed);
            }
            expect(firesOn(changed), `${cel(tree)} still fires after: ${phrases.join(" + ")}`).toBe(false);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  const seven = circumstances([7, 7, 7, 7, 7, 7, 7, 7], Array(count).fill(true));

  it.each([
    ["field.f0.amount > 5.0", "f0 were at most 5.00 EUR"],
    ["field.f0.confidence < 0.75", "confidence in f0 were at least 75 %"],
    ["signal.s0 && field.f1.amount >= 7.0", "it were not so that: s0 holds or f1 were below 7.00 EUR"],
    ["signal.s0 || signal.s1", "it were not so that: s0 holds and it were not so that: s1 holds"],
    [
      "(signal.s0 || signal.s1) && field.f0.amount > 5.0",
      "(it were not so that: s0 holds and it were not so that: s1 holds) or f0 were at most 5.00 EUR",
    ],
    ["field.f0.found", "f0 were not found"],
    ["field.f0.found && field.f0.amount > 5.0", "f0 were at most 5.00 EUR"],
    ["!(!field.f0.found || field.f0.amount <= 5.0)", "f0 were at most 5.00 EUR"],
    ["!(field.f0.text in ['USD'])", "f0 were USD"],
    ["field.f0.text != 'USD'", "f0 were USD"],
    ["document.pages < 2", "document pages were at least 2"],
  ])("of %s is: %s", (when, expected) => {
    const { text, fires } = explain(when, seven);
    expect(fires).toBe(true);
    expect(text.replaceAll("'", '"')).toBe(expected);
  });

  it("uses the signal's own words for what would have cleared it", () => {
    const told = [{ id: "s0", fired: true, observed: "100 + 19", passesIf: "the total were 119.00 EUR", fields: [] }];
    expect(explain("signal.s0", seven, told).text).toBe("the total were 119.00 EUR");
  });

  describe("where a fact stands more than once", () => {
    const amountIs = (amount: number) => circumstances(Array(count).fill(amount), Array(count).fill(false));

    it.each([
      ["field.f0.amount > 9.0 || field.f0.amount < 8.0", 7, "f0 were at least 8.00 EUR", 8.5],
      ["(field.f0.amount > 5.0 && field.f0.amount < 8.0) || field.f0.amount >= 8.0", 7, "f0 were at most 5.00 EUR", 5],
      ["field.f0.amount < 8.0 || field.f0.amount > 7.5 || signal.s0", 7, "this rule did not apply", null],
    ])("%s says what really keeps it from firing", (when, amount, said, witness) => {
      const { text, firesOn } = explain(when, amountIs(amount));
      if (witness !== null) expect(firesOn(amountIs(witness))).toBe(false);
      if (witness === null) expect(text).toBe(said);
    });

    const atom = fc.record({
      kind: fc.constantFrom("signal" as const, "amount" as const),
      n: fc.constantFrom(0, 1),
      operator: fc.constantFrom(">", ">=", "<", "<=", "==", "!="),
      limit: fc.integer({ min: 0, max: 4 }),
    });
    const expression = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        atom.map(({ kind, n, operator, limit }) =>
          kind === "signal" ? `signal.s${n}` : `field.f${n}.amount ${operator} ${limit}.0`,
        ),
        fc.tuple(tie("tree"), fc.constantFrom("&&", "||"), tie("tree")).map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie("tree").map((inner) => `!(${inner})`),
      ),
    })).tree;

    /** Facts on which a phrase's words hold, of a grid that tells every limit of these expressions from its neighbours. */
    const grid = Array.from({ length: 13 }, (_, n) => n / 2 - 1);
    const holdsOn: Readonly<Record<string, (a: number, b: number) => boolean>> = {
      "above ": (a, b) => a > b,
      "at least ": (a, b) => a >= b,
      "below ": (a, b) => a < b,
      "at most ": (a, b) => a <= b,
      "other than ": (a, b) => a !== b,
      "": (a, b) => a === b,
    };
    const isSo = (phrase: string, facts: Circumstances): boolean => {
      const signal = /^it were (not )?so that: (s\d) holds$/.exec(phrase);
      if (signal) return (facts.signal[signal[2] ?? ""] ?? false) === (signal[1] === undefined);
      const amount = /^(f\d) were (above |at least |below |at most |other than |)(-?[\d.]+) EUR$/.exec(phrase);
      if (!amount) throw new Error(`Nobody knows what this asks for: ${phrase}`);
      return holdsOn[amount[2] ?? ""]?.(facts.field[amount[1] ?? ""]?.amount ?? 0, Number(amount[3])) ?? false;
    };

    it("it is still true, for all facts that its words leave open, and silent only where nothing helps", () => {
      fc.assert(
        fc.property(
          expression,
          fc.constantFrom(...grid),
          fc.constantFrom(...grid),
          fc.boolean(),
          fc.boolean(),
          (when, a, b, s0, s1) => {
            const { text, fires, firesOn } = explain(when, circumstances([a, b], [s0, s1]));
            fc.pre(fires);
            const all = grid.flatMap((x) =>
              grid.flatMap((y) => [true, false].flatMap((p) => [true, false].map((q) => ({ x, y, p, q })))),
            );
            const rests = all.filter(({ x, y, p, q }) => !firesOn(circumstances([x, y], [p, q])));
            if (text === "this rule did not apply") {
              const changed = ({ x, y, p, q }: (typeof all)[number]) =>
                [x !== a, y !== b, p !== s0, q !== s1].filter(Boolean).length;
              expect(rests.filter((one) => changed(one) <= 2)).toEqual([]);
              return;
            }
            for (const phrases of alternatives(text)) {
              const named = (fact: string) => phrases.some((phrase) => phrase.includes(fact));
              for (const { x, y, p, q } of all) {
                // What the words do not name stays as it is.
                if ((!named("f0") && x !== a) || (!named("f1") && y !== b)) continue;
                if ((!named("s0") && p !== s0) || (!named("s1") && q !== s1)) continue;
                const facts = circumstances([x, y], [p, q]);
                if (phrases.every((phrase) => isSo(phrase, facts)))
                  expect(firesOn(facts), `${when} still fires though ${phrases.join(" + ")}`).toBe(false);
              }
            }
          },
        ),
        { numRuns: 100 },
      );
    });
  });
});
