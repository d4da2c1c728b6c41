import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TaskFailure } from "../../local/states/states.ts";
import type { Policy } from "../../shared/contracts/policy.ts";
import type { Proposal } from "../../shared/contracts/proposal.ts";
import { judge } from "../../shared/gate/gate.ts";
import { gradesOfDays } from "../../shared/learning/grades-of-days.ts";
import { answeredEntry } from "../../shared/learning/tally-entries.ts";
import { compilePolicy } from "../../shared/policy/compile.ts";
import { requireAdvance } from "../../shared/policy/exit-criteria.ts";
import { ExitCriteriaUnmetError } from "../../shared/policy/exit-criteria-unmet-error.ts";
import { proposeChange } from "../../shared/policy/propose-change.ts";
import { fewestCases } from "../../shared/policy/weak-criteria.ts";
import { invoices } from "../../shared/workflows/invoices/workflow.ts";
import { auroc } from "../bench/extraction/auroc.ts";
import {
  aCase,
  aDecision,
  aFinding,
  aProposal,
  aReview,
  aReviewDisposition,
  caseIdNumber,
  later,
  noon,
} from "../shared/case/builders.ts";
import { inMemoryFigures } from "../shared/learning/in-memory-figures.ts";
import { aPolicy } from "../shared/policy/a-policy.ts";
import { aPolicyDesk } from "../shared/policy/a-policy-desk.ts";
import { aWholeCase } from "./a-whole-case.ts";

/** Drawn for nothing: no audit, no blindness, and outside any pilot's share. */
const draws = { pilot: 0.999, audit: 0.999, blind: 0.999 };
const compiled = compilePolicy(invoices.policy, invoices.vocabulary);
const judged = (proposal: Proposal) =>
  judge({ proposal, obstacles: [], departmentQueue: null, now: noon, draws }, compiled);

describe("a confidence that is not there", () => {
  it("pitfall 3: scoring is throttled for hours and the case waits for it, then goes on with its confidences", async () => {
    let throttled = 20;
    const slow = await aWholeCase({
      functions: {
        ProposeInvoice: () => {
          if (throttled-- > 0) throw new TaskFailure("ThrottlingException", "Rate exceeded");
          return null;
        },
      },
    });
    expect([await slow.execution(), slow.machines.calls("GateProposal").length]).toEqual(["RUNNING", 0]);
    await slow.machines.turnSlowly(4 * 3_600);
    expect([await slow.execution(), (await slow.record())?.disposition?.kind]).toEqual(["SUCCEEDED", "pass"]);
  });

  it("pitfall 3: scoring that fails for good is no success: a person is asked, with the reason", async () => {
    const failed = await aWholeCase({
      functions: {
        ProposeInvoice: () => {
          throw new TaskFailure("ModelGoneError", null);
        },
      },
    });
    expect(await failed.execution()).toBe("RUNNING");
    expect((await failed.waiting())?.reasons).toMatchObject([{ triggerId: "first-pass-failed" }]);
  });

  it("pitfall 3: one required field without confidence is enough for a person, whatever the policy asks of it", async () => {
    for (const field of ["supplier", "number", "issueDate", "currency", "gross"]) {
      const findings = aProposal().findings.map((one) => (one.field === field ? { ...one, confidence: null } : one));
      for (const confidenceLimits of [invoices.policy.confidenceLimits, {}]) {
        const policy: Policy = { ...invoices.policy, triggers: [], evidence: [], confidenceLimits };
        const given = { proposal: aProposal({ findings }), obstacles: [], departmentQueue: null, now: noon, draws };
        const disposition = judge(given, compilePolicy(policy, invoices.vocabulary));
        expect([field, disposition.kind]).toEqual([field, "review"]);
        if (disposition.kind === "review") expect(disposition.reasons.map(({ fields }) => fields)).toEqual([[field]]);
      }
    }
  });
});

describe("a confidence that says nothing", () => {
  /** Cases that pass the rules in shadow. Each is wrong the more often, the surer the software is. */
  const shadowed = Array.from({ length: 300 }, (_, index) => {
    const confidence = 0.9 + (index % 10) / 100;
    const isWrong = index % 10 > 6;
    const caseId = caseIdNumber(index % 26);
    const decision = isWrong
      ? { action: "correct" as const, fields: { gross: "99.00" } }
      : { action: "approve" as const };
    const review = aReview({ caseId });
    const findings = aProposal().findings.map((one) => (one.field === "gross" ? { ...one, confidence } : one));
    const entry = answeredEntry({
      record: aCase({ caseId, disposition: aReviewDisposition({ sampled: "shadow" }) }),
      review,
      reviews: [review],
      proposal: aProposal({ findings }),
      decision: aDecision({ decision }),
      final: true,
      definition: invoices,
      at: later(index),
    });
    return entry;
  });

  it("pitfall 13: is measured from the labels that every answer leaves: proposed, final and confidence, however the case was sampled", () => {
    const grades = shadowed.flatMap(({ labels, sampled }) =>
      labels
        .filter(({ field, confidence }) => field === "gross" && confidence !== null && sampled === "shadow")
        .map(({ proposed, final, confidence }) => ({ confidence: confidence ?? 0, correct: proposed === final })),
    );
    expect(grades).toHaveLength(300);
    expect(auroc(grades)).toBeLessThan(0.5);
  });

  it("pitfall 13: is refused: software does not begin to act alone while people find what it would have passed wrong", async () => {
    const figures = { ...inMemoryFigures(...shadowed), now: () => later(3_600) };
    const exit = invoices.policy.autonomy.exit;
    const inShadow: Policy = { ...invoices.policy, autonomy: { ...invoices.policy.autonomy, stage: "shadow" } };
    const standing = { current: inShadow, stageSince: noon, head: { sequence: 0, hash: "" } };
    const pilot: Policy = { ...inShadow, autonomy: { ...inShadow.autonomy, stage: "pilot" } };
    expect(shadowed.length).toBeGreaterThan(exit.shadow.minCases);
    await expect(requireAdvance(standing, pilot, gradesOfDays(figures))).rejects.toBeInstanceOf(ExitCriteriaUnmetError);
    const right = shadowed.filter(({ wrong }) => wrong === false);
    expect(right.length).toBeGreaterThan(exit.shadow.minCases);
    const good = { ...inMemoryFigures(...right), now: figures.now };
    await expect(requireAdvance(standing, pilot, gradesOfDays(good))).resolves.toBeUndefined();
  });
});

describe("a sample that is too small", () => {
  it("pitfall 14: is known by its power: 299 cases without an error bound the rate at 1 %, 30 do not even at 2 %", () => {
    expect(fewestCases(0.01)).toBe(299);
    expect(1 - 0.98 ** 30).toBeCloseTo(0.45, 2);
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 0.9, noNaN: true }), (rate) => {
        const cases = fewestCases(rate);
        expect((1 - rate) ** cases).toBeLessThanOrEqual(0.05 + 1e-12);
        expect((1 - rate) ** (cases - 1)).toBeGreaterThan(0.05 - 1e-12);
      }),
    );
  });

  it("pitfall 14: is not what the policy that ships advances on", () => {
    for (const { minCases, maxErrorRate } of Object.values(invoices.policy.autonomy.exit))
      expect(minCases).toBeGreaterThanOrEqual(fewestCases(maxErrorRate));
  });

  it.each([
    ["30 cases for 2 %", { minCases: 30, maxErrorRate: 0.02 }, "Ask for at least 149"],
    ["298 cases for 1 %", { minCases: 298, maxErrorRate: 0.01 }, "Ask for at least 299"],
    ["any number for no error at all", { minCases: 1_000_000, maxErrorRate: 0 }, "Raise maxErrorRate."],
  ])("pitfall 14: is refused as an exit criterion, with how many are needed: %s", async (_, criteria, remedy) => {
    const desk = aPolicyDesk();
    const { autonomy } = aPolicy();
    const document = aPolicy({ autonomy: { ...autonomy, exit: { ...autonomy.exit, live: criteria } } });
    const change = { workflow: "invoices" as const, because: "Sooner", personId: "olga", idempotencyKey: "key-00001" };
    await expect(proposeChange({ ...change, document }, desk)).rejects.toMatchObject({
      name: "PolicyInvalidError",
      errors: [{ pointer: "/autonomy/exit/live/minCases", detail: expect.stringContaining(remedy) }],
    });
    expect(desk.changes.events).toEqual([]);
  });

  it("pitfall 14: that is in force already stays in nobody's way: the rest of the policy can be tightened", async () => {
    const { autonomy } = aPolicy();
    const weak = aPolicy({
      autonomy: { ...autonomy, exit: { ...autonomy.exit, live: { minCases: 1, maxErrorRate: 0.01 } } },
    });
    const desk = aPolicyDesk(weak);
    const tighter = { ...weak, confidenceLimits: { gross: 0.99 } };
    const change = { workflow: "invoices" as const, because: "Safer", personId: "olga", idempotencyKey: "key-00001" };
    expect(await proposeChange({ ...change, document: tighter }, desk)).toMatchObject({ status: "applied" });
  });
});

describe("a document that steers the software", () => {
  const signals = Object.keys(invoices.vocabulary.signals);
  const anyProposal = fc
    .record({
      gross: fc.constantFrom("120.00", "0.00", "-5.00", "9999999.00"),
      fired: fc.subarray(signals),
      unjudged: fc.subarray(signals),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ gross, fired, unjudged, confidence }) =>
      aProposal({
        findings: aProposal().findings.map((one) =>
          aFinding(one.field, one.field === "gross" ? gross : one.value, confidence),
        ),
        signals: signals.map((id) => ({
          id,
          fired: unjudged.includes(id) ? null : fired.includes(id),
          observed: "looked at",
          passesIf: "it were otherwise",
          fields: [],
        })),
      }),
    );
  const scored = (proposal: Proposal, confidence: number): Proposal => ({
    ...proposal,
    findings: proposal.findings.map((one) => ({ ...one, confidence })),
  });
  const rules = (proposal: Proposal) => {
    const disposition = judged(proposal);
    const reasons = disposition.kind === "review" ? disposition.reasons : [];
    return reasons.filter(({ kind }) => kind !== "confidence").map(({ triggerId }) => triggerId);
  };

  it("pitfall 15: waives no rule by being sure: whatever the scores, the same policy, impact and data triggers fire", () => {
    let fired = 0;
    fc.assert(
      fc.property(anyProposal, (proposal) => {
        const without = rules(scored(proposal, 0));
        expect(rules(scored(proposal, 1))).toEqual(without);
        expect(rules(proposal)).toEqual(without);
        if (without.length > 0) expect(judged(scored(proposal, 1)).kind).toBe("review");
        fired += without.length;
      }),
    );
    expect(fired).toBeGreaterThan(100);
  });
});
