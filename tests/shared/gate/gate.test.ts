import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Proposal, Signal } from "../../../shared/contracts/proposal.ts";
import { judge } from "../../../shared/gate/gate.ts";
import { strictest } from "../../../shared/gate/strictest.ts";
import { compilePolicy } from "../../../shared/policy/compile.ts";
import type { Policy } from "../../../shared/policy/policy.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import { aFinding, aProposal, aReason, noon, threeRungs } from "../case/builders.ts";
import { aPolicy, aTrigger, aVocabulary } from "../policy/a-policy.ts";

interface Given {
  readonly proposal?: Proposal | null;
  readonly policy?: Partial<Policy>;
  readonly obstacles?: ReturnType<typeof aReason>[];
  readonly departmentQueue?: string | null;
}
const judged = ({ proposal = aProposal(), policy = {}, obstacles = [], departmentQueue = null }: Given = {}) =>
  judge({ proposal, obstacles, departmentQueue, now: noon }, compilePolicy(aPolicy(policy), aVocabulary));
const reasonsOf = (given: Given) => {
  const disposition = judged(given);
  return disposition.kind === "review" ? disposition.reasons : [];
};
const aSignal = (id: string, fired: boolean | null): Signal => ({
  id,
  fired,
  observed: `${id} was looked at`,
  passesIf: `${id} were otherwise`,
  fields: [],
});

describe("the gate", () => {
  it("lets a proposal pass that breaks no rule, and notes policy and time", () => {
    expect(judged()).toEqual({ kind: "pass", policyVersion: 3, at: noon.toISOString() });
  });

  it("never lets pass what was not proposed: no proposal, or one without an action", () => {
    expect(reasonsOf({ proposal: null })).toMatchObject([{ triggerId: "no-answer" }]);
    expect(reasonsOf({ proposal: aProposal({ action: null }) })).toMatchObject([{ triggerId: "no-answer" }]);
  });

  it("never lets pass what meets an obstacle, and joins it with what the policy finds", () => {
    const reasons = reasonsOf({
      obstacles: [aReason({ triggerId: "workflow-unknown" })],
      policy: { triggers: [aTrigger()] },
    });
    expect(reasons.map(({ triggerId }) => triggerId)).toEqual(["workflow-unknown", "a-trigger"]);
  });

  it.each([
    ["missing", [], "data-quality", "Gross was not found"],
    ["found empty", [aFinding("gross", "")], "data-quality", "Gross was not found"],
    ["found blank", [aFinding("gross", "  ")], "data-quality", "Gross was not found"],
    ["found as nothing", [aFinding("gross", null)], "data-quality", "Gross was not found"],
    ["not scored", [aFinding("gross", "120.00", null)], "confidence", "Gross could not be scored"],
    ["scored too low", [aFinding("gross", "120.00", 0.71)], "confidence", "Gross read at 71 %"],
  ] as const)("hands over a required field that is %s", (_, findings, kind, message) => {
    const proposal = aProposal({ findings: [...findings] });
    expect(reasonsOf({ proposal, policy: { confidenceLimits: { gross: 0.9 } } })).toMatchObject([
      { triggerId: "confidence-gross", kind, message, limit: "Alone it may act from 90 %", fields: ["gross"] },
    ]);
  });

  it("lets a field pass at its limit, and not a hair below", () => {
    const at = (confidence: number) =>
      judged({
        proposal: aProposal({ findings: [aFinding("gross", "1", confidence)] }),
        policy: { confidenceLimits: { gross: 0.9 } },
      }).kind;
    expect([at(0.9), at(0.9 - Number.EPSILON), at(Number.NaN)]).toEqual(["pass", "review", "review"]);
  });

  it("records every trigger that fires, in the policy's order, with what was seen", () => {
    const proposal = aProposal({ signals: [aSignal("totals", true), aSignal("twin", false)] });
    const triggers = [
      aTrigger({ id: "one", when: "signal.totals", observed: "{observed.totals}" }),
      aTrigger({ id: "two", when: "signal.twin" }),
      aTrigger({
        id: "three",
        when: "field.gross.amount > 100.0",
        observed: "{money(field.gross.amount, field.currency.text)}",
        limit: "{money(100.0, field.currency.text)}",
      }),
    ];
    expect(reasonsOf({ proposal, policy: { triggers } })).toMatchObject([
      { triggerId: "one", observed: "totals was looked at", passesIf: "totals were otherwise" },
      { triggerId: "three", observed: "120.00 EUR", limit: "100.00 EUR", passesIf: "gross were at most 100.00 EUR" },
    ]);
  });

  it("tells a signal that could not be judged from one that did not fire, also when it is not even listed", () => {
    const triggers = [aTrigger({ when: "unjudged.totals" })];
    const signals = (...all: Signal[]) => judged({ proposal: aProposal({ signals: all }), policy: { triggers } }).kind;
    expect(signals(aSignal("totals", null))).toBe("review");
    expect(signals()).toBe("review");
    expect(signals(aSignal("totals", false))).toBe("pass");
  });

  it("sends the case to its department's queue", () => {
    const disposition = judged({ policy: { triggers: [aTrigger()] }, departmentQueue: "invoices/it" });
    expect(disposition).toMatchObject({ routing: { queue: "invoices/it", ladder: threeRungs.ladder } });
  });

  it("takes nothing a document says for an expression or a placeholder", () => {
    const proposal = aProposal({ findings: [aFinding("currency", "{signal.totals} {1} true")] });
    const triggers = [aTrigger({ when: "field.currency.text != 'EUR'", observed: "{field.currency.text}" })];
    expect(reasonsOf({ proposal, policy: { triggers } })).toMatchObject([{ observed: "{signal.totals} {1} true" }]);
  });

  it("passes a plain invoice under the policy that ships, and none that lacks a required field", () => {
    const signals = Object.keys(invoices.vocabulary.signals).map((id) => aSignal(id, false));
    const shipped = compilePolicy(invoices.policy, invoices.vocabulary);
    const whole = aProposal({ signals });
    const under = (proposal: Proposal) =>
      judge({ proposal, obstacles: [], departmentQueue: null, now: noon }, shipped).kind;
    expect(under(whole)).toBe("pass");
    for (const field of Object.keys(invoices.policy.confidenceLimits)) {
      const findings = whole.findings.filter((finding) => finding.field !== field);
      expect(under({ ...whole, findings }), `without ${field}`).toBe("review");
    }
    for (const { id } of signals) {
      const fired = signals.map((signal) => (signal.id === id ? { ...signal, fired: true } : signal));
      expect(under({ ...whole, signals: fired }), `with ${id}`).toBe("review");
    }
  });
});

const anyFinding = fc.record({
  field: fc.constantFrom("gross", "currency"),
  value: fc.option(fc.constantFrom("", "120.00", "EUR", "-5", "x")),
  confidence: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
});
const anyProposal = fc
  .record({
    findings: fc.array(anyFinding, { maxLength: 4 }),
    fired: fc.array(fc.option(fc.boolean()), { maxLength: 2 }),
  })
  .map(({ findings, fired }) =>
    aProposal({
      findings: findings.map(({ field, value, confidence }) => aFinding(field, value, confidence)),
      signals: fired.map((value, index) => aSignal(index === 0 ? "totals" : "twin", value)),
    }),
  );
const anyRouting = fc.record(
  {
    queue: fc.constantFrom("invoices/it", "invoices/legal"),
    priority: fc.integer({ min: 0, max: 9 }),
    ladder: fc.array(
      fc.record({
        role: fc.constantFrom("reviewer" as const, "expert" as const, "owner" as const),
        dueSeconds: fc.integer({ min: 1, max: 100_000 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);

describe("whatever is proposed", () => {
  const policy = {
    confidenceLimits: { gross: 0.9, currency: 0.8 },
    triggers: [
      aTrigger({ id: "totals", when: "signal.totals" }),
      aTrigger({ id: "amount", when: "field.gross.amount > 100.0" }),
      aTrigger({ id: "credit", when: "field.gross.found && field.gross.amount <= 0.0" }),
    ],
  };

  it("the same proposal and policy give the same disposition", () => {
    fc.assert(
      fc.property(anyProposal, (proposal) => {
        expect(judged({ proposal, policy })).toEqual(judged({ proposal: structuredClone(proposal), policy }));
      }),
    );
  });

  it("a required field without value or confidence never passes, and a review never lacks its reason", () => {
    fc.assert(
      fc.property(anyProposal, (proposal) => {
        const disposition = judged({ proposal, policy });
        const isSure = (field: "gross" | "currency") => {
          const first = proposal.findings.find((finding) => finding.field === field);
          return !!first?.value?.trim() && (first.confidence ?? -1) >= policy.confidenceLimits[field];
        };
        if (!isSure("gross") || !isSure("currency")) expect(disposition.kind).toBe("review");
        if (disposition.kind === "review") {
          expect(disposition.reasons.length).toBeGreaterThan(0);
          for (const reason of disposition.reasons) {
            expect(reason.passesIf).not.toBe("");
            expect(disposition.passesIf).toContain(reason.passesIf);
          }
        }
      }),
    );
  });

  it("a further trigger never makes the routing milder", () => {
    const authority = { reviewer: 0, expert: 1, owner: 2 };
    fc.assert(
      fc.property(fc.array(anyRouting, { maxLength: 4 }), anyRouting, (wanted, further) => {
        const before = strictest(threeRungs, wanted);
        const after = strictest(threeRungs, [...wanted, further]);
        expect(after.priority).toBeGreaterThanOrEqual(before.priority);
        expect(authority[after.ladder[0]?.role ?? "reviewer"]).toBeGreaterThanOrEqual(
          authority[before.ladder[0]?.role ?? "owner"],
        );
        if (after.ladder[0]?.role === before.ladder[0]?.role) {
          expect(after.ladder[0]?.dueSeconds ?? 0).toBeLessThanOrEqual(before.ladder[0]?.dueSeconds ?? 0);
        }
        if (before.queue !== threeRungs.queue) expect(after.queue).toBe(before.queue);
      }),
    );
  });
});
