import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draws } from "../../../shared/contracts/disposition.ts";
import type { Policy } from "../../../shared/contracts/policy.ts";
import { judge } from "../../../shared/gate/gate.ts";
import { celEnvironment } from "../../../shared/policy/cel-environment.ts";
import { compilePolicy } from "../../../shared/policy/compile.ts";
import { differences, onlyTightens } from "../../../shared/policy/differences/differences.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import { aFinding, aProposal, noon, threeRungs } from "../case/builders.ts";
import { aPolicy, aTrigger, aVocabulary } from "./a-policy.ts";

const environment = celEnvironment(aVocabulary);
const between = (before: Partial<Policy>, after: Partial<Policy>) =>
  differences(aPolicy(before), aPolicy(after), environment);
const base = aPolicy();
const role = base.authority.owner;
const rule = { id: "look", label: "Look", kind: "open" as const, reasons: ["a-trigger"] };
const edgeCase = { id: "rare", label: "Rare", when: "field.gross.amount > 10.0" };
const eyes = { when: null, amountAbove: {}, correctedFields: [] };
const withAuthority = (changes: Partial<Policy["authority"]["owner"]>) => ({
  authority: { ...base.authority, expert: { ...role, ...changes } },
});
const withRouting = (routing: Policy["triggers"][number]["routing"]) => ({ triggers: [aTrigger({ routing })] });
const owners = [{ role: "owner" as const, dueSeconds: 60 }];

describe("tightens, and the other way round loosens:", () => {
  it.each<[string, Partial<Policy>, Partial<Policy>]>([
    ["/stopped", {}, { stopped: true }],
    ["/permissions/actions", {}, { permissions: { actions: [] } }],
    ["/autonomy/stage", {}, { autonomy: { ...base.autonomy, stage: "pilot" } }],
    ["/autonomy/pilotShare", {}, { autonomy: { ...base.autonomy, pilotShare: 0.4 } }],
    [
      "/autonomy/exit/pilot/minCases",
      {},
      { autonomy: { ...base.autonomy, exit: { ...base.autonomy.exit, pilot: { minCases: 31, maxErrorRate: 0.1 } } } },
    ],
    [
      "/autonomy/exit/live/maxErrorRate",
      {},
      { autonomy: { ...base.autonomy, exit: { ...base.autonomy.exit, live: { minCases: 30, maxErrorRate: 0.05 } } } },
    ],
    ["/confidenceLimits/gross", { confidenceLimits: { gross: 0.9 } }, { confidenceLimits: { gross: 0.95 } }],
    ["/confidenceLimits/gross", {}, { confidenceLimits: { gross: 0.1 } }],
    [
      "/triggers/0/when",
      { triggers: [aTrigger({ when: "field.gross.amount > 10000.0" })] },
      { triggers: [aTrigger({ when: "field.gross.amount > 5000.0" })] },
    ],
    ["/triggers/0/severity", { triggers: [aTrigger()] }, { triggers: [aTrigger({ severity: "high" })] }],
    ["/triggers/0/routing/priority", { triggers: [aTrigger()] }, withRouting({ priority: 2 })],
    [
      "/edgeCases/0/when",
      { edgeCases: [edgeCase] },
      { edgeCases: [{ ...edgeCase, when: `${edgeCase.when} || signal.totals` }] },
    ],
    ["/routing/priority", {}, { routing: { ...threeRungs, priority: 1 } }],
    ["/authority/expert/actions", {}, withAuthority({ actions: role.actions.filter((one) => one !== "approve") })],
    ["/authority/expert/maxAmounts", {}, withAuthority({ maxAmounts: { EUR: 1 } })],
    [
      "/authority/expert/maxAmounts/EUR",
      withAuthority({ maxAmounts: { EUR: 2 } }),
      withAuthority({ maxAmounts: { EUR: 1 } }),
    ],
    ["/authority/expert/maxAmounts/EUR", withAuthority({ maxAmounts: { EUR: 2 } }), withAuthority({ maxAmounts: {} })],
    ["/authority/expert/edgeCases", {}, withAuthority({ edgeCases: ["rare"] })],
    ["/authority/expert/edgeCases", withAuthority({ edgeCases: ["rare"] }), withAuthority({ edgeCases: [] })],
    ["/evidence/0/reasons", { evidence: [rule] }, { evidence: [{ ...rule, reasons: "*" }] }],
    ["/evidence/0/reasons", { evidence: [rule] }, { evidence: [{ ...rule, reasons: ["a-trigger", "other"] }] }],
    [
      "/audit/share",
      { audit: { share: 0.1, blindShare: 0, hold: false } },
      { audit: { share: 0.2, blindShare: 0, hold: false } },
    ],
    [
      "/audit/blindShare",
      { audit: { share: 0.1, hold: false } },
      { audit: { share: 0.1, blindShare: 0.2, hold: false } },
    ],
    ["/audit/hold", {}, { audit: { share: 0, hold: true } }],
    ["/fourEyes/when", {}, { fourEyes: { ...eyes, when: "signal.totals" } }],
    ["/fourEyes/when", { fourEyes: { ...eyes, when: "signal.totals" } }, { fourEyes: { ...eyes, when: "true" } }],
    ["/fourEyes/amountAbove/EUR", {}, { fourEyes: { ...eyes, amountAbove: { EUR: 1 } } }],
    [
      "/fourEyes/amountAbove/EUR",
      { fourEyes: { ...eyes, amountAbove: { EUR: 2 } } },
      { fourEyes: { ...eyes, amountAbove: { EUR: 1 } } },
    ],
    ["/fourEyes/correctedFields", {}, { fourEyes: { ...eyes, correctedFields: ["gross"] } }],
  ])("%s", (path, before, after) => {
    expect(between(before, after)).toMatchObject([{ path, effect: "tightens" }]);
    expect(between(after, before)).toMatchObject([{ path, effect: "loosens" }]);
  });

  it.each<[string, Partial<Policy>]>([
    ["a trigger", { triggers: [aTrigger()] }],
    ["a trigger that asks a higher role first and ends at the owner", withRouting({ ladder: owners })],
    ["an edge case", { edgeCases: [edgeCase] }],
    ["a rule on evidence", { evidence: [rule] }],
  ])("%s that is new", (_, after) => {
    expect(between({}, after)).toMatchObject([{ effect: "tightens" }]);
    expect(between(after, {})).toMatchObject([{ effect: "loosens" }]);
  });
});

describe("loosens either way, since nobody can tell:", () => {
  const [one, two] = [
    aTrigger({ id: "one", routing: { queue: "invoices/a" } }),
    aTrigger({ id: "two", routing: { queue: "invoices/b" } }),
  ];

  it.each<[string, Partial<Policy>, Partial<Policy>]>([
    ["who is accountable", {}, { accountableOwner: "Somebody else" }],
    ["what reviewers go by", {}, { criteria: ["Pay what the lines say."] }],
    ["how they are told to", {}, { instructions: "Approve quickly." }],
    ["the queue", {}, { routing: { ...threeRungs, queue: "invoices/it" } }],
    ["the ladder, also where it starts higher", {}, { routing: { ...threeRungs, ladder: owners } }],
    ["a trigger's ladder", withRouting({ ladder: owners }), withRouting({ ladder: threeRungs.ladder })],
    ["a trigger's queue", { triggers: [aTrigger()] }, withRouting({ queue: "invoices/it" })],
    ["a trigger's kind", { triggers: [aTrigger()] }, { triggers: [aTrigger({ kind: "impact" })] }],
    ["which of two triggers names its queue first", { triggers: [one, two] }, { triggers: [two, one] }],
    [
      "an unrelated condition",
      { triggers: [aTrigger({ when: "signal.twin" })] },
      { triggers: [aTrigger({ when: "signal.totals" })] },
    ],
    [
      "whether a reviewer may reject",
      {},
      withAuthority({ actions: role.actions.filter((action) => action !== "reject") }),
    ],
    ["what evidence is", { evidence: [rule] }, { evidence: [{ ...rule, kind: "attach" }] }],
    ["how long a claim lasts", {}, { claimSeconds: 60 }],
    ["how long a sender has", {}, { senderSeconds: 3_600 }],
    ["how long cases are kept", {}, { retention: { caseDays: 30 } }],
  ])("%s", (_, before, after) => {
    expect(between(before, after)).toMatchObject([{ effect: "loosens" }]);
    expect(between(after, before)).toMatchObject([{ effect: "loosens" }]);
  });

  it("a new trigger that takes cases into a queue of its own, or whose ladder ends below the owner", () => {
    expect(between({}, withRouting({ queue: "invoices/it" }))).toMatchObject([{ effect: "loosens" }]);
    expect(between({}, withRouting({ ladder: threeRungs.ladder.slice(1, 2) }))).toMatchObject([{ effect: "loosens" }]);
  });
});

describe("neutral:", () => {
  it.each<[string, Partial<Policy>, Partial<Policy>]>([
    ["a trigger's words", { triggers: [aTrigger()] }, { triggers: [aTrigger({ message: "Look here" })] }],
    ["an edge case's label", { edgeCases: [edgeCase] }, { edgeCases: [{ ...edgeCase, label: "Seldom" }] }],
    ["a condition's spaces", { triggers: [aTrigger({ when: "1==1" })] }, { triggers: [aTrigger({ when: "1 == 1" })] }],
  ])("%s", (_, before, after) => {
    expect(between(before, after)).toMatchObject([{ effect: "neutral" }]);
  });

  it("the version, which is no difference at all", () => {
    expect(between({ version: 3 }, { version: 4 })).toEqual([]);
  });
});

it("says in one sentence what was, and what is to be", () => {
  const after = { confidenceLimits: { gross: 0.95 }, stopped: true };
  expect(between({ confidenceLimits: { gross: 0.9 } }, after).map(({ summary }) => summary)).toEqual([
    "The workflow stops: every case goes to people.",
    "Gross: confidence limit from 0.9 to 0.95.",
  ]);
});

/** Every place of a document that holds a plain value, with a value that it could hold instead. */
function* otherValues(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<[(string | number)[], unknown]> {
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) yield* otherValues(inner, [...path, key]);
  } else if (typeof value === "boolean") yield [[...path], !value];
  else if (typeof value === "number") yield [[...path], value === 1 ? 2 : value < 1 ? value * 0.7 + 0.01 : value + 1];
  else if (typeof value === "string") yield [[...path], path.at(-1) === "when" ? `!(${value})` : `${value}x`];
}

function replaced<T extends object>(document: T, path: readonly (string | number)[], value: unknown): T {
  const copy = structuredClone(document);
  const parent = path.slice(0, -1).reduce<object>((place, key) => {
    const inner: unknown = Reflect.get(place, key);
    if (typeof inner !== "object" || inner === null) throw new Error("The path leads nowhere.");
    return inner;
  }, copy);
  Reflect.set(parent, path.at(-1) ?? "", value);
  return copy;
}

it("no value of the policy that ships can change without a difference that says so", () => {
  const shipped = celEnvironment(invoices.vocabulary);
  const places = [...otherValues(invoices.policy)].filter(([[first]]) => first !== "version" && first !== "workflow");
  expect(places.length).toBeGreaterThan(150);
  for (const [path, value] of places) {
    const after = replaced(invoices.policy, path, value);
    expect(differences(invoices.policy, after, shipped).length, path.join("/")).toBeGreaterThan(0);
  }
});

const anyWhen = fc.constantFrom(
  "signal.totals",
  "signal.totals || signal.twin",
  "field.gross.amount > 100.0",
  "field.gross.amount > 50.0",
  "field.gross.amount > 50.0 && signal.twin",
  "!(field.currency.text in ['EUR', 'USD'])",
  "field.currency.text != 'EUR'",
  "double(field.currency.text) > 1.0",
);
const anyPolicy = fc
  .record({
    stopped: fc.boolean(),
    permissions: fc.subarray(["pay"]).map((actions) => ({ actions })),
    confidenceLimits: fc.constantFrom<Record<string, number>>(
      {},
      { gross: 0.5 },
      { gross: 0.9 },
      { currency: 0.7, gross: 0.5 },
    ),
    triggers: fc.uniqueArray(fc.record({ id: fc.constantFrom("a", "b"), when: anyWhen }), { selector: ({ id }) => id }),
    edgeCases: fc.uniqueArray(fc.record({ id: fc.constantFrom("c", "d"), when: anyWhen, label: fc.constant("Rare") }), {
      selector: ({ id }) => id,
    }),
    stage: fc.constantFrom("shadow" as const, "pilot" as const, "live" as const),
    pilotShare: fc.constantFrom(0.2, 0.5, 0.8),
    audit: fc.record({ share: fc.constantFrom(0, 0.3, 0.6), hold: fc.boolean() }),
  })
  .map(({ stage, pilotShare, triggers, ...rest }) =>
    aPolicy({
      ...rest,
      triggers: triggers.map((one) => aTrigger(one)),
      autonomy: { ...base.autonomy, stage, pilotShare },
    }),
  );

const grid = [0, 60, 120].flatMap((amount) =>
  ["EUR", "JPY"].flatMap((currency) =>
    [0.6, 0.95].flatMap((confidence) =>
      [true, false].map((fired) =>
        aProposal({
          findings: [aFinding("gross", `${amount}`, confidence), aFinding("currency", currency, confidence)],
          signals: ["totals", "twin"].map((id) => ({
            id,
            fired: fired && id === "twin",
            observed: "",
            passesIf: null,
            fields: [],
          })),
        }),
      ),
    ),
  ),
);
const allDraws: Draws[] = [0.1, 0.7].flatMap((pilot) => [0.1, 0.4].map((audit) => ({ pilot, audit, blind: 0.5 })));

it("whenever a change only tightens, nothing passes that did not pass before", () => {
  let tightened = 0;
  const passes = (policy: Policy) => {
    const compiled = compilePolicy(policy, aVocabulary);
    return grid.flatMap((proposal) =>
      allDraws.map(
        (draws) =>
          judge({ proposal, obstacles: [], departmentQueue: null, now: noon, draws }, compiled).kind === "pass",
      ),
    );
  };
  fc.assert(
    fc.property(anyPolicy, anyPolicy, fc.integer({ min: 0, max: 127 }), (one, other, taken) => {
      // Most of the two is the same, so that a change is small enough to tighten only.
      const members = [
        "stopped",
        "permissions",
        "confidenceLimits",
        "triggers",
        "edgeCases",
        "autonomy",
        "audit",
      ] as const;
      const changed = members.filter((_, at) => (taken & (1 << at)) !== 0 && at % 3 === taken % 3);
      const after = { ...one, ...Object.fromEntries(changed.map((member) => [member, other[member]])) };
      if (!onlyTightens(differences(one, after, environment))) return;
      if (changed.length > 0) tightened += 1;
      const before = passes(one);
      expect(passes(after).filter((pass, at) => pass && !before[at])).toEqual([]);
    }),
    { numRuns: 60 },
  );
  expect(tightened).toBeGreaterThan(6);
});
