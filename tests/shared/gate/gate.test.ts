import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draws } from "../../../shared/contracts/disposition.ts";
import type { Policy } from "../../../shared/contracts/policy.ts";
import type { Proposal, Signal } from "../../../shared/contracts/proposal.ts";
import { judge } from "../../../shared/gate/gate.ts";
import { strictest } from "../../../shared/gate/strictest.ts";
import { compilePolicy } from "../../../shared/policy/compile.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import { aFinding, aProposal, aReason, noon, threeRungs } from "../case/builders.ts";
import { aPolicy, aTrigger, aVocabulary } from "../policy/a-policy.ts";

interface Given {
  readonly proposal?: Proposal | null;
  readonly policy?: Partial<Policy>;
  readonly obstacles?: ReturnType<typeof aReason>[];
  readonly departmentQueue?: string | null;
  readonly draws?: Partial<Draws>;
}
/** Drawn for nothing: no audit, no blindness, and outside any pilot's share. */
const last: Draws = { pilot: 0.999, audit: 0.999, blind: 0.999 };
const judged = ({
  proposal = aProposal(),
  policy = {},
  obstacles = [],
  departmentQueue = null,
  draws = {},
}: Given = {}) =>
  judge(
    { proposal, obstacles, departmentQueue, now: noon, draws: { ...last, ...draws } },
    compilePolicy(aPolicy(policy), aVocabulary),
  );
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
    expect(judged()).toEqual({
      kind: "pass",
      policyVersion: 3,
      at: noon.toISOString(),
      draws: last,
      fourEyes: false,
      audited: false,
      routing: null,
    });
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
    const ofGross = reasonsOf({ proposal, policy: { confidenceLimits: { gross: 0.9 } } }).filter(
      ({ fields }) => fields[0] === "gross",
    );
    expect(ofGross).toMatchObject([
      { triggerId: "confidence-gross", kind, message, limit: "Alone it may act from 90 %", fields: ["gross"] },
    ]);
  });

  it("lets a field pass at its limit, and not a hair below", () => {
    const at = (confidence: number) =>
      judged({
        proposal: aProposal({ findings: [aFinding("gross", "1", confidence), aFinding("currency", "EUR")] }),
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
    const findings = [aFinding("currency", "{signal.totals} {1} true"), aFinding("gross", "1")];
    const proposal = aProposal({ findings });
    const triggers = [aTrigger({ when: "field.currency.text != 'EUR'", observed: "{field.currency.text}" })];
    expect(reasonsOf({ proposal, policy: { triggers } })).toMatchObject([{ observed: "{signal.totals} {1} true" }]);
  });

  it("passes a plain invoice under the policy that ships, and none that lacks a required field", () => {
    const signals = Object.keys(invoices.vocabulary.signals).map((id) => aSignal(id, false));
    const shipped = compilePolicy(invoices.policy, invoices.vocabulary);
    const whole = aProposal({ signals });
    const under = (proposal: Proposal) =>
      judge({ proposal, obstacles: [], departmentQueue: null, now: noon, draws: last }, shipped).kind;
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

describe("what keeps a flawless case from passing", () => {
  const staged = (stage: Policy["autonomy"]["stage"]) => ({ autonomy: { ...aPolicy().autonomy, stage } });

  it.each([
    ["a stop", { stopped: true }, {}, "stopped", "its owner had not stopped the workflow"],
    ["the shadow stage", staged("shadow"), {}, "shadow", "the workflow had left the shadow stage"],
    ["a pilot's draw", staged("pilot"), { pilot: 0.5 }, "pilot", "it had been drawn for the share that passes alone"],
    [
      "an audit that holds",
      { audit: { share: 0.1, hold: true } },
      { audit: 0.09 },
      "audited",
      "it had not been drawn for an audit",
    ],
  ] as const)("%s: people decide, and are told so", (_, policy, draws, sampled, passesIf) => {
    expect(judged({ policy, draws })).toMatchObject({ kind: "review", sampled, passesIf, routing: threeRungs });
  });

  it("nothing, inside the pilot's share", () => {
    expect(judged({ policy: staged("pilot"), draws: { pilot: 0.4999 } }).kind).toBe("pass");
  });

  it("is told last where a rule fired, which then is why people look", () => {
    const disposition = judged({ policy: { stopped: true, triggers: [aTrigger({ when: "signal.totals || true" })] } });
    expect(disposition).toMatchObject({
      sampled: "triggered",
      reasons: [{ triggerId: "a-trigger" }, { triggerId: "workflow-stopped" }],
    });
  });

  it("an action that is not permitted alone", () => {
    const [reason] = reasonsOf({ policy: { permissions: { actions: [] } } });
    expect(reason).toMatchObject({
      triggerId: "action-not-permitted",
      observed: "pay",
      limit: "Nothing is permitted alone",
      passesIf: "the policy permitted “pay” alone",
    });
  });

  it("a required field without confidence, though no limit is set for it", () => {
    const proposal = aProposal({ findings: [aFinding("gross", "1", null), aFinding("currency", "EUR")] });
    expect(reasonsOf({ proposal })).toMatchObject([
      { triggerId: "confidence-gross", message: "Gross could not be scored" },
    ]);
  });
});

describe("an audit", () => {
  const policy = { audit: { share: 0.1, hold: false } };

  it("lets the outcome go out, and says where the blind review goes", () => {
    expect(judged({ policy, draws: { audit: 0.0999 }, departmentQueue: "invoices/it" })).toMatchObject({
      kind: "pass",
      audited: true,
      routing: { ...threeRungs, queue: "invoices/it" },
    });
    expect(judged({ policy, draws: { audit: 0.1 } })).toMatchObject({ kind: "pass", audited: false, routing: null });
  });

  it("gives nothing away: an equal share of triggered cases is blind, or the policy's own share", () => {
    const blind = (at: number, audit: Policy["audit"] = policy.audit) =>
      judged({ policy: { audit, triggers: [aTrigger()] }, draws: { blind: at } });
    expect([blind(0.0999), blind(0.1)]).toMatchObject([{ blind: true }, { blind: false }]);
    expect(blind(0.3, { ...policy.audit, blindShare: 0.4 })).toMatchObject({ blind: true });
  });

  it("is never blind about a case that the software has no answer to", () => {
    const withoutAnswer = { proposal: null, obstacles: [aReason()] };
    expect(judged({ ...withoutAnswer, policy, draws: { blind: 0 } })).toMatchObject({ blind: false });
  });
});

describe("an edge case", () => {
  const edgeCases = [{ id: "rare", label: "A rare case", when: "field.gross.amount > 100.0" }];

  it("always pauses, before all that is less severe, and says what would have let it pass", () => {
    const reasons = reasonsOf({
      policy: { edgeCases, triggers: [aTrigger(), aTrigger({ id: "bad", severity: "high" })] },
    });
    expect(reasons.map(({ triggerId }) => triggerId)).toEqual(["bad", "edge-rare", "a-trigger"]);
    expect(reasons[1]).toMatchObject({ message: "A rare case", passesIf: "gross were at most 100.00 EUR" });
  });

  it("asks no role in vain that may not decide it", () => {
    const { authority } = aPolicy();
    const reviewer = { ...authority.reviewer, edgeCases: [] };
    const expert = { ...authority.expert, edgeCases: [] };
    const ladderUnder = (roles: Partial<Policy["authority"]>) => {
      const disposition = judged({ policy: { edgeCases, authority: { ...authority, ...roles } } });
      return disposition.kind === "review" ? disposition.routing.ladder.map(({ role }) => role) : [];
    };
    expect(ladderUnder({})).toEqual(["reviewer", "expert", "owner"]);
    expect(ladderUnder({ reviewer })).toEqual(["expert", "owner"]);
    expect(ladderUnder({ reviewer, expert })).toEqual(["owner"]);
  });
});

describe("a rule that cannot be evaluated", () => {
  const when = "double(field.currency.text) > 1.0";

  it("fires as a trigger and as an edge case, says so, and routes as it would have", () => {
    const triggers = [aTrigger({ when, routing: { priority: 7 } })];
    const edgeCases = [{ id: "rare", label: "Rare", when }];
    expect(judged({ policy: { triggers, edgeCases } })).toMatchObject({
      kind: "review",
      routing: { priority: 7 },
      reasons: [
        { triggerId: "edge-rare", message: "The rule “rare” could not be evaluated" },
        { triggerId: "a-trigger", passesIf: "the rule “a-trigger” could be evaluated" },
      ],
    });
  });

  it("counts for four eyes, too", () => {
    const fourEyes = { when, amountAbove: {}, correctedFields: [] };
    expect(judged({ policy: { fourEyes } })).toMatchObject({ kind: "pass", fourEyes: true });
  });

  it("leaves the rest of a text whole when a placeholder fails", () => {
    const triggers = [aTrigger({ observed: "Saw {percent(double(field.currency.text))} of it" })];
    expect(reasonsOf({ policy: { triggers } })).toMatchObject([{ observed: "Saw unknown of it" }]);
  });
});

it("a trigger's own queue wins over the department's, though it is the workflow's", () => {
  const queueOf = (queue?: string) =>
    judged({ policy: { triggers: [aTrigger({ routing: { queue } })] }, departmentQueue: "invoices/it" });
  expect(queueOf("invoices")).toMatchObject({ routing: { queue: "invoices" } });
  expect(queueOf("invoices/legal")).toMatchObject({ routing: { queue: "invoices/legal" } });
  expect(queueOf()).toMatchObject({ routing: { queue: "invoices/it" } });
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

  it("pitfall 3: a required field without value or confidence never passes, and a review never lacks its reason", () => {
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

  it("each rule that fires is recorded as if it were the only one, whatever else fires beside it", () => {
    fc.assert(
      fc.property(anyProposal, (proposal) => {
        const all = reasonsOf({ proposal, policy });
        for (const trigger of policy.triggers) {
          const its = ({ triggerId }: { triggerId: string }) => triggerId === trigger.id;
          const alone = reasonsOf({ proposal, policy: { ...policy, triggers: [trigger] } });
          expect(all.filter(its)).toEqual(alone.filter(its));
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
        if (wanted.some(({ queue }) => queue !== undefined)) expect(after.queue).toBe(before.queue);
      }),
    );
  });

  it("neither the order of the triggers nor a repeated one changes priority and ladder", () => {
    fc.assert(
      fc.property(fc.array(anyRouting, { maxLength: 5 }), (wanted) => {
        const { priority, ladder } = strictest(threeRungs, wanted);
        expect(strictest(threeRungs, wanted.toReversed())).toMatchObject({ priority, ladder });
        expect(strictest(threeRungs, [...wanted, ...wanted])).toEqual(strictest(threeRungs, wanted));
        expect(strictest(strictest(threeRungs, wanted), wanted)).toEqual(strictest(threeRungs, wanted));
      }),
    );
  });

  const anyShare = fc.double({ min: 0, max: 1, noNaN: true });
  const anyDraws = fc.record({ pilot: anyDraw(), audit: anyDraw(), blind: anyDraw() });
  const anyStanding = fc.record({
    stopped: fc.boolean(),
    permissions: fc.subarray(["pay"]).map((actions) => ({ actions })),
    autonomy: fc.record({
      stage: fc.constantFrom("shadow" as const, "pilot" as const, "live" as const),
      pilotShare: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      exit: fc.constant(aPolicy().autonomy.exit),
    }),
    audit: fc.record({ share: anyShare, hold: fc.boolean() }),
  });

  it("the same draws give the same disposition, and a pass keeps every promise of the policy", () => {
    fc.assert(
      fc.property(anyProposal, anyStanding, anyDraws, (proposal, standing, draws) => {
        const given = { proposal, policy: { ...policy, ...standing }, draws };
        const disposition = judged(given);
        expect(judged(structuredClone(given))).toEqual(disposition);
        if (disposition.kind !== "pass") return;
        const { autonomy, audit, stopped, permissions } = standing;
        expect(stopped).toBe(false);
        expect(permissions.actions).toContain(proposal.action);
        expect(autonomy.stage === "live" || (autonomy.stage === "pilot" && draws.pilot < autonomy.pilotShare)).toBe(
          true,
        );
        expect(disposition.audited).toBe(draws.audit < audit.share);
        expect(disposition.audited && audit.hold).toBe(false);
        for (const field of ["gross", "currency"] as const) {
          const first = proposal.findings.find((finding) => finding.field === field);
          expect(first?.confidence ?? -1).toBeGreaterThanOrEqual(policy.confidenceLimits[field]);
        }
        const amount = Number(proposal.findings.find(({ field }) => field === "gross")?.value);
        expect(amount > 100 || amount <= 0).toBe(false);
        expect(proposal.signals.find(({ id }) => id === "totals")?.fired ?? false).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

/** In [0, 1), with the ends that matter. */
function anyDraw() {
  return fc.oneof(fc.constantFrom(0, 0.5, 1 - 2 ** -47), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));
}
