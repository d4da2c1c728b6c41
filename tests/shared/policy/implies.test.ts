import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { celEnvironment } from "../../../shared/policy/cel-environment.ts";
import { implies } from "../../../shared/policy/implies.ts";
import { aVocabulary } from "./a-policy.ts";

const environment = celEnvironment(aVocabulary);
const proves = (before: string, after: string) => implies(environment.parse(before).ast, environment.parse(after).ast);

describe("a condition that fires wherever the one before did", () => {
  it.each([
    ["field.gross.amount > 10000.0", "field.gross.amount > 5000.0"],
    ["field.gross.amount > 10000.0", "field.gross.amount >= 10000.0"],
    ["field.gross.amount > 10000.0", "10000.0 < field.gross.amount"],
    ["field.gross.amount > 10000.0", "field.gross.amount > 10000"],
    ["field.gross.amount == 7.0", "field.gross.amount > 5.0"],
    ["field.gross.amount > 10000.0", "field.gross.amount > 10000.0 || signal.totals"],
    ["signal.totals && signal.twin", "signal.totals"],
    ["signal.totals && field.gross.amount > 5.0", "signal.totals && field.gross.amount > 1.0"],
    ["!(signal.totals || signal.twin)", "!signal.totals"],
    ["signal.totals", "!(!signal.totals)"],
    ["signal.totals == true", "signal.totals"],
    ["field.currency.text == 'EUR'", "field.currency.text in ['EUR', 'USD']"],
    ["!(field.currency.text in ['EUR', 'USD'])", "!(field.currency.text in ['EUR'])"],
    ["!(field.currency.text in ['EUR', 'USD'])", "field.currency.text != 'EUR'"],
    ["field.gross.amount >= 1.0 && field.gross.amount <= 1.0", "field.gross.amount == 1.0"],
    ["document.pages > 3", "document.pages > 2"],
    ["false", "signal.totals"],
    ["signal.totals", "true"],
    ["signal.totals", "signal.totals && signal.twin || signal.totals && !signal.twin"],
    // What can fail counts by its text only.
    ["double(field.currency.text) > 1.0", "signal.twin || double(field.currency.text) > 1.0"],
    ["field.currency.text.contains('x')", "field.currency.text.contains('x') || signal.twin"],
  ])("is seen: %s → %s", (before, after) => {
    expect(proves(before, after)).toBe(true);
  });

  it.each([
    ["field.gross.amount > 5000.0", "field.gross.amount > 10000.0"],
    ["field.gross.amount >= 5000.0", "field.gross.amount > 5000.0"],
    ["signal.totals", "signal.totals && signal.twin"],
    ["signal.totals || signal.twin", "signal.totals"],
    ["field.currency.text in ['EUR', 'USD']", "field.currency.text == 'EUR'"],
    ["field.currency.text < 'b'", "field.currency.text < 'c'"],
    ["true", "signal.totals"],
    ["unjudged.totals", "signal.totals"],
    // True of truth values, but where the expression fails the first fires and the second does not.
    ["double(field.currency.text) > 1.0 && !(double(field.currency.text) > 1.0)", "false"],
    ["double(field.currency.text) > 2.0", "double(field.currency.text) > 1.0"],
  ])("is not claimed: %s → %s", (before, after) => {
    expect(proves(before, after)).toBe(false);
  });

  it("is not searched for without end", () => {
    const pairs = Array.from({ length: 14 }, (_, n) => `(field.gross.amount > ${n}.0 || field.gross.amount < -${n}.0)`);
    expect(proves(pairs.join(" && "), "signal.totals")).toBe(false);
  });
});

it("an alternative that fails makes the whole fail, unless another one is true: what widening relies on", () => {
  const failing = "1 / (document.pages - document.pages) > 0";
  for (const when of [`${failing} || false`, `false || ${failing}`])
    expect(() => environment.parse(when)({ document: { pages: 1n } })).toThrow();
  for (const when of [`${failing} || true`, `true || ${failing}`])
    expect(environment.parse(when)({ document: { pages: 1n } })).toBe(true);
});

const limit = fc.integer({ min: 0, max: 3 });
const atom = fc.oneof(
  fc.constantFrom("signal.totals", "signal.twin", "signal.totals == false", "true", "false"),
  fc
    .tuple(fc.constantFrom("<", "<=", ">", ">=", "==", "!="), limit, fc.boolean())
    .map(([operator, n, flipped]) =>
      flipped ? `${n}.0 ${operator} field.gross.amount` : `field.gross.amount ${operator} ${n}.0`,
    ),
  fc
    .subarray(["'EUR'", "'USD'", "'GBP'"], { minLength: 1 })
    .map((list) => `field.currency.text in [${list.join(", ")}]`),
  fc.constantFrom("'EUR'", "'USD'").map((text) => `field.currency.text != ${text}`),
  limit.map((n) => `document.pages > ${n}`),
  limit.map((n) => `double(field.currency.text) > ${n}.0`),
);
const condition = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    atom,
    fc.tuple(tie("tree"), fc.constantFrom("&&", "||"), tie("tree")).map(([a, op, b]) => `(${a} ${op} ${b})`),
    tie("tree").map((inner) => `!(${inner})`),
  ),
})).tree;

const allFacts = [-1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 4].flatMap((amount) =>
  ["EUR", "USD", "GBP", "JPY", "", "2.5"].flatMap((text) =>
    [0n, 1n, 2n, 4n].flatMap((pages) =>
      [true, false].flatMap((totals) =>
        [true, false].map((twin) => ({
          field: {
            gross: { text: String(amount), amount, confidence: 1, found: true },
            currency: { text, amount: 0, confidence: 1, found: text !== "" },
          },
          signal: { totals, twin },
          unjudged: { totals: false, twin: false },
          observed: { totals: "", twin: "" },
          document: { pages, detected: false },
        })),
      ),
    ),
  ),
);

/** As the gate takes it: what cannot be evaluated fires. */
function firesOn(when: string): (facts: (typeof allFacts)[number]) => boolean {
  const compiled = environment.parse(when);
  return (facts) => {
    try {
      return compiled(facts) === true;
    } catch {
      return true;
    }
  };
}

it("whenever it says that a condition tightens, there are no facts on which the old one fires and the new one does not", () => {
  let proven = 0;
  fc.assert(
    fc.property(condition, condition, fc.constantFrom("alone", "and", "or"), (one, other, joined) => {
      // Unrelated conditions are rarely proven: half of the pairs have a part in common.
      const after = joined === "alone" ? other : `(${one} ${joined === "and" ? "&&" : "||"} ${other})`;
      if (!proves(one, after)) return;
      proven += 1;
      const [before, now] = [firesOn(one), firesOn(after)];
      expect(
        allFacts.filter((facts) => before(facts) && !now(facts)),
        `${one} → ${after}`,
      ).toEqual([]);
    }),
    { numRuns: 300 },
  );
  expect(proven).toBeGreaterThan(50);
});
