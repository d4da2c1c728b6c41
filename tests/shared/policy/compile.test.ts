import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DecisionAction } from "../../../shared/contracts/decision.ts";
import type { Routing } from "../../../shared/contracts/disposition.ts";
import type { Policy } from "../../../shared/contracts/policy.ts";
import { money, percent } from "../../../shared/policy/cel-environment.ts";
import { compilePolicy } from "../../../shared/policy/compile.ts";
import { createCompiler } from "../../../shared/policy/compile-once.ts";
import { PolicyInvalidError } from "../../../shared/policy/policy-invalid-error.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import { threeRungs } from "../case/builders.ts";
import { aPolicy, aTrigger, aVocabulary } from "./a-policy.ts";

const problemsOf = (document: unknown): readonly string[] => {
  try {
    compilePolicy(document, aVocabulary);
  } catch (error) {
    if (error instanceof PolicyInvalidError) return error.errors.map(({ pointer, detail }) => `${pointer}: ${detail}`);
    throw error;
  }
  return [];
};
const withTrigger = (changes: Parameters<typeof aTrigger>[0]) => problemsOf(aPolicy({ triggers: [aTrigger(changes)] }));

describe("a policy that is refused names path, value and remedy", () => {
  it.each([
    ["an unknown field", { when: "field.colour.found" }, ["/triggers/0/when", "colour", "Use known fields"]],
    ["an unknown signal", { when: "signal.rain" }, ["/triggers/0/when", "signal.rain", "Use known fields"]],
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
      expect.stringContaining(
        '/confidenceLimits/colour: "colour": no proposal of this workflow has this field. Choose one of',
      ),
      expect.stringContaining("/confidenceLimits/toString"),
    ]);
  });

  it("for an id that stands twice", () => {
    const triggers = [aTrigger(), aTrigger({ when: "false" })];
    expect(problemsOf(aPolicy({ triggers }))).toEqual(["/triggers/1/id: a-trigger: this id stands twice. Rename one."]);
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

describe("a policy that contradicts itself is refused with the remedy", () => {
  const rung = (role: "reviewer" | "expert" | "owner") => ({ role, dueSeconds: 60 });
  const routed = (routing: Partial<Routing>) => ({ triggers: [aTrigger({ routing })] });
  const may = (actions: DecisionAction[], edgeCases: "*" | string[] = "*") => ({
    actions,
    maxAmounts: null,
    edgeCases,
  });
  const edgeCase = { id: "rare", label: "Rare", when: "true" };
  const authority = aPolicy().authority;

  it.each<[string, Partial<Policy>, string, string]>([
    [
      "an action that the workflow does not have",
      { permissions: { actions: ["publish"] } },
      "/permissions/actions/0",
      "Choose one of pay.",
    ],
    [
      "four eyes on a field that does not exist",
      { fourEyes: { when: null, amountAbove: {}, correctedFields: ["colour"] } },
      "/fourEyes/correctedFields/0",
      "Choose one of gross, currency.",
    ],
    [
      "four eyes on an expression of nothing",
      { fourEyes: { when: "signal.rain", amountAbove: {}, correctedFields: [] } },
      "/fourEyes/when",
      "Use known fields and signals.",
    ],
    [
      "evidence for a reason that nothing gives",
      { evidence: [{ id: "look", label: "Look", kind: "open", reasons: ["rain"] }] },
      "/evidence/0/reasons/0",
      "nothing can give this reason",
    ],
    [
      "authority over an edge case that does not exist",
      { authority: { ...authority, expert: may(["approve"], ["rare"]) } },
      "/authority/expert/edgeCases/0",
      "there is no such edge case",
    ],
    [
      "an edge case that nobody may let through",
      {
        edgeCases: [edgeCase],
        authority: { reviewer: may(["approve"], []), expert: may(["reject"]), owner: may(["approve"], []) },
      },
      "/edgeCases/0",
      "Name it in /authority/owner/edgeCases.",
    ],
    [
      "an edge case named like a trigger",
      { edgeCases: [edgeCase], triggers: [aTrigger({ id: "rare" })] },
      "/triggers/0/id",
      "Rename one.",
    ],
    [
      "a trigger named like the gate's own reasons",
      { triggers: [aTrigger({ id: "edge-x" })] },
      "/triggers/0/id",
      "Rename it.",
    ],
    [
      "an edge case whose expression yields no yes or no",
      { edgeCases: [{ ...edgeCase, when: "1" }] },
      "/edgeCases/0/when",
      "yields int, not bool",
    ],
    [
      "a ladder that goes down",
      { routing: { ...threeRungs, ladder: [rung("owner"), rung("expert")] } },
      "/routing/ladder/1/role",
      "Order it reviewer, expert, owner.",
    ],
    ["a queue of another workflow", routed({ queue: "research/it" }), "/triggers/0/routing/queue", "Use invoices, or"],
    [
      "a queue whose name only begins alike",
      routed({ queue: "invoices2" }),
      "/triggers/0/routing/queue",
      "Use invoices",
    ],
    [
      "a trigger's ladder that starts below the base's",
      {
        routing: { ...threeRungs, ladder: [rung("expert")] },
        triggers: [aTrigger({ routing: { ladder: [rung("reviewer"), rung("owner")] } })],
      },
      "/triggers/0/routing/ladder/0/role",
      "Start at expert or above.",
    ],
    [
      "a role that is asked and may do nothing",
      { authority: { ...authority, expert: may([]) } },
      "/routing/ladder/1/role",
      "expert has no authority to do anything",
    ],
    [
      "a last rung that can let nothing through",
      { authority: { ...authority, owner: may(["reject"]) } },
      "/routing/ladder/2/role",
      "Add approve or correct",
    ],
    [
      "a pilot that is a shadow",
      { autonomy: { ...aPolicy().autonomy, stage: "pilot", pilotShare: 0 } },
      "/autonomy/pilotShare",
      "Raise the share",
    ],
    [
      "a pilot that is live",
      { autonomy: { ...aPolicy().autonomy, stage: "pilot", pilotShare: 1 } },
      "/autonomy/pilotShare",
      "Lower the share",
    ],
  ])("for %s", (_, changes, pointer, remedy) => {
    const problem = problemsOf(aPolicy(changes)).find((one) => one.startsWith(`${pointer}: `));
    expect(problem, problemsOf(aPolicy(changes)).join("\n")).toContain(remedy);
  });

  it("for a member that no policy has, so that a misspelt rule is not silently left out", () => {
    expect(problemsOf({ ...aPolicy(), trigers: [] })).toEqual([expect.stringContaining("trigers")]);
  });

  it("for more bytes than are taken", () => {
    const triggers = Array.from({ length: 200 }, (_, n) =>
      aTrigger({ id: `t${n}`, message: "x".repeat(500), observed: "x".repeat(500) }),
    );
    expect(problemsOf(aPolicy({ triggers }))).toEqual([expect.stringContaining("at most 131072 are taken")]);
  });
});

describe("an expression that may take too long is refused before it is ever evaluated", () => {
  const list = (count: number) => `[${Array.from({ length: count }, (_, n) => n).join(",")}]`;
  const nested = (depth: number): string => (depth === 0 ? "true" : `${list(12)}.all(x${depth}, ${nested(depth - 1)})`);
  const bound = (depth: number): string =>
    depth === 0 ? "a" : `cel.bind(a, ${depth === 1 ? "'xx'" : "a + a"}, ${bound(depth - 1)})`;

  it.each([
    ["loops within loops: 12 to the power of 7 steps", nested(7), "may take too long: all() stands within another one"],
    ["a text that doubles at each step", `size(cel.bind(a, "xx", ${bound(8)})) > 1`, "may take too long: bind()"],
    ["a regular expression, which can take exponential time", "field.currency.text.matches('(a+)+$')", "matches()"],
    ["a loop over what is not written out", "field.currency.text.split('').all(c, c != 'x')", "may take too long"],
    ["a list that is built", "size([1, 2].map(x, x)) > 1", "map() is not offered"],
    ["more nodes than are read", Array.from({ length: 251 }, () => "true").join("||"), "/when"],
    ["deeper nesting than is read", `${"!(".repeat(40)}true${")".repeat(40)}`, "/when"],
    ["more text than is read", `"${"x".repeat(1_000)}" == ""`, "/when"],
  ])("for %s", (_, when, told) => {
    expect(withTrigger({ when }).join("\n")).toContain(told);
  });

  it("and a loop over a list that is written out is taken", () => {
    expect(withTrigger({ when: `${list(50)}.exists(x, double(x) > field.gross.amount)` })).toEqual([]);
  });
});

it("is compiled once for each content: the same version edited is another policy", () => {
  const compile = createCompiler({ invoices: aVocabulary });
  const compiled = compile(aPolicy());
  expect(compile(structuredClone(aPolicy()))).toBe(compiled);
  expect(compile(aPolicy({ accountableOwner: "Other" }))).not.toBe(compiled);
  expect(() => compile(aPolicy({ triggers: [aTrigger({ when: "signal.rain" })] }))).toThrow(PolicyInvalidError);
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
