import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { money, percent } from "../../../shared/policy/cel-environment.ts";
import { compilePolicy, PolicyInvalidError } from "../../../shared/policy/compile.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import { aPolicy, aTrigger, aVocabulary } from "./a-policy.ts";

const problemsOf = (document: unknown): readonly string[] => {
  try {
    compilePolicy(document, aVocabulary);
  } catch (error) {
    if (error instanceof PolicyInvalidError) return error.problems;
    throw error;
  }
  return [];
};
const withTrigger = (changes: Parameters<typeof aTrigger>[0]) => problemsOf(aPolicy({ triggers: [aTrigger(changes)] }));

describe("a policy that is refused names path, value and remedy", () => {
  it.each([
    [
      "an unknown field",
      { when: "field.colour.found" },
      ["/triggers/0 (a-trigger)/when", "colour", "Use known fields"],
    ],
    ["an unknown signal", { when: "signal.rain" }, ["/triggers/0 (a-trigger)/when", "signal.rain", "Use known fields"]],
    ["an unknown variable", { when: "weather == 'rain'" }, ["/when", "weather", "Use known fields"]],
    [
      "a condition that is no yes or no",
      { when: "field.gross.amount" },
      ["/when", "yields double, not bool", "Compare it"],
    ],
    ["a comparison of unlike things", { when: "field.gross.amount > 'much'" }, ["/when", "much", "Use known"]],
    ["what is not an expression", { when: "signal.totals &&" }, ["/when", "signal.totals &&", "Use known"]],
    ["an unknown placeholder", { message: "{signal.rain}" }, ["/message", "{signal.rain}", "Use known fields"]],
    [
      "a placeholder that is no text",
      { observed: "{field.gross.amount}" },
      ["/observed", "yields double", "Wrap it in"],
    ],
    ["a placeholder that is empty", { limit: "{}" }, ["/limit", "{}", "Use known"]],
    [
      "an unknown field to look at",
      { fields: ["colour"] },
      ["/triggers/0/fields", "colour", "Choose one of gross, currency"],
    ],
    [
      "a field that every object has",
      { fields: ["constructor"] },
      ["/triggers/0/fields", "constructor", "Choose one of"],
    ],
    ["an id of other characters", { id: "A Trigger" }, ["/triggers/0/id", "Mend this value"]],
  ])("for %s", (_, changes, told) => {
    const problems = withTrigger(changes).join("\n");
    for (const words of told) expect(problems).toContain(words);
  });

  it("for an unknown field among the limits", () => {
    expect(problemsOf(aPolicy({ confidenceLimits: { colour: 0.9, toString: 0.9 } }))).toMatchObject([
      expect.stringContaining("/confidenceLimits: colour: no proposal of this workflow has this field. Choose one of"),
      expect.stringContaining("/confidenceLimits: toString"),
    ]);
  });

  it("for an id that stands twice", () => {
    const triggers = [aTrigger(), aTrigger({ when: "false" })];
    expect(problemsOf(aPolicy({ triggers }))).toEqual(["/triggers: a-trigger: this id stands twice. Rename one."]);
  });

  it.each([
    ["no owner", { accountableOwner: "" }, "/accountableOwner"],
    ["a limit above one", { confidenceLimits: { gross: 1.5 } }, "/confidenceLimits/gross"],
    ["a ladder without rungs", { routing: { queue: "invoices", priority: 0, ladder: [] } }, "/routing/ladder"],
    ["a version of nothing", { version: 0 }, "/version"],
  ])("for %s", (_, changes, path) => {
    expect(problemsOf(aPolicy(changes)).join("\n")).toContain(path);
  });

  it.each([null, "text", 7, [], {}])("for %j, which is no policy", (document) => {
    expect(problemsOf(document).length).toBeGreaterThan(0);
  });

  it("with all problems, not only the first", () => {
    const triggers = [aTrigger({ when: "signal.rain" }), aTrigger({ id: "other", when: "1", message: "{1}" })];
    expect(problemsOf(aPolicy({ triggers, confidenceLimits: { colour: 1 } })).length).toBe(4);
  });
});

it("is never compiled into something else than it says: any text is compiled or refused, nothing else", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 60 }), (when) => {
      expect(() => problemsOf(aPolicy({ triggers: [aTrigger({ when })] }))).not.toThrow();
    }),
  );
});

it("that ships for invoices names an owner, and every trigger says what it saw", () => {
  const { policy, triggers } = compilePolicy(invoices.policy, invoices.vocabulary);
  expect(policy.accountableOwner).not.toBe("");
  expect(triggers.length).toBeGreaterThan(10);
});

describe("figures in words", () => {
  it.each([
    [0, "0 %"],
    [0.57, "57 %"],
    [0.29, "29 %"],
    [0.714, "71 %"],
    [0.8999, "89 %"],
    [1, "100 %"],
  ])("%s reads %s", (share, words) => {
    expect(percent(share)).toBe(words);
  });

  it("every whole percent reads as itself, and nothing below it does", () => {
    for (let whole = 1; whole <= 100; whole++) {
      expect(percent(whole / 100)).toBe(`${whole} %`);
      expect(percent(whole / 100 - 0.0001)).toBe(`${whole - 1} %`);
    }
  });

  it("amounts are grouped, with two digits and their currency", () => {
    expect(money(10_000, "EUR")).toBe("10\u202f000.00 EUR");
    expect(money(5, "")).toBe("5.00");
  });
});
