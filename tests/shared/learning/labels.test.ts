import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decision } from "../../../shared/contracts/decision.ts";
import type { Proposal } from "../../../shared/contracts/proposal.ts";
import {
  type Answer,
  costOfProposal,
  isChanged,
  labelsOf,
  proposedMoney,
  wouldHaveBeenWrong,
} from "../../../shared/learning/labels.ts";
import { canonicalValue, sameValue } from "../../../shared/values/same-value.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import { aFinding, aProposal } from "../case/builders.ts";

const answer = (decision: Decision, changes: Partial<Answer> = {}): Answer => ({
  proposal: aProposal(),
  decision,
  blind: false,
  definition: invoices,
  ...changes,
});
const correct = (fields: Record<string, string | null>, lines?: Record<string, string | null>[]): Decision => ({
  action: "correct",
  fields,
  ...(lines && { lines }),
});
const headline = { amountMinor: 12_000, currency: "EUR" };
const changed = (given: Answer) =>
  labelsOf(given)
    .filter(isChanged)
    .map(({ field }) => field);
const isWrong = (given: Answer) => wouldHaveBeenWrong(given, labelsOf(given));
const cost = (given: Answer) => costOfProposal(given, proposedMoney(given.proposal, headline, invoices));

describe("labels", () => {
  it("say of each field of the workflow, of the lines and of the action what was proposed and what it came to", () => {
    const labels = labelsOf(answer(correct({ gross: "119.00" })));
    expect(labels.map(({ field }) => field)).toEqual([...invoices.fields.map(({ field }) => field), "lines", "action"]);
    expect(labels.find(({ field }) => field === "gross")).toEqual({
      field: "gross",
      proposed: "120.00",
      final: "119.00",
      confidence: 0.99,
    });
    expect(labels.find(({ field }) => field === "iban")).toEqual({
      field: "iban",
      proposed: null,
      final: null,
      confidence: null,
    });
    expect(labels.at(-1)).toEqual({ field: "action", proposed: "pay", final: "pay", confidence: null });
    expect(labels.filter(isChanged).map(({ field }) => field)).toEqual(["gross"]);
  });

  it.each<[string, Decision, string[]]>([
    ["an approval", { action: "approve" }, []],
    ["the same amount, written shorter", correct({ gross: "120" }), []],
    ["the same name in other letters and spaces", correct({ supplier: " BRANDT  GmbH" }), []],
    ["another name", correct({ supplier: "Brandt & Co" }), ["supplier"]],
    ["a value where none was found", correct({ iban: "DE89370400440532013000" }), ["iban"]],
    ["a value taken away", correct({ number: null }), ["number"]],
    ["the same lines, written another way", correct({}, [{ amount: "120", description: "PAPER", quantity: null }]), []],
    [
      "the same lines with an empty one",
      correct({}, [{ description: "Paper", amount: "120.00" }, { description: " " }]),
      [],
    ],
    ["one line changed", correct({}, [{ description: "Paper", amount: "119.00" }]), ["lines"]],
    ["no lines where there was one", correct({}, []), ["lines"]],
    ["a rejection", { action: "reject", note: "No" }, ["action"]],
  ])("of %s differ in meaning only", (_, decision, expected) => {
    expect(changed(answer(decision))).toEqual(expected);
    expect(isWrong(answer(decision))).toBe(expected.length > 0);
  });

  it("of a rejection judge the action alone: nobody vouched for the fields", () => {
    expect(labelsOf(answer({ action: "reject", note: "No" }))).toEqual([
      { field: "action", proposed: "pay", final: "reject", confidence: null },
    ]);
  });

  it("are none for what is no verdict", () => {
    for (const action of ["escalate", "ask", "answer"] as const) {
      const given = answer({ action, note: "Why?" });
      expect([labelsOf(given), isWrong(given), cost(given)]).toEqual([[], null, null]);
    }
  });

  it("of a blind answer say only what was stated", () => {
    const given = answer(correct({ gross: "120.00", number: "R-1" }), { blind: true });
    expect(labelsOf(given).map(({ field }) => field)).toEqual(["number", "gross", "action"]);
    expect(changed(given)).toEqual(["number"]);
    const lines = [{ description: "Paper", amount: "120.00" }];
    expect(labelsOf(answer(correct({ gross: "120.00" }, lines), { blind: true })).map(({ field }) => field)).toContain(
      "lines",
    );
  });

  it("of lines are as sure as the least sure line, and unscored as soon as one is", () => {
    const line = (confidence: number | null) => ({ cells: { amount: "1" }, confidence, evidence: [] });
    const confidence = (...confidences: (number | null)[]) =>
      labelsOf(answer({ action: "approve" }, { proposal: aProposal({ lines: confidences.map(line) }) })).find(
        ({ field }) => field === "lines",
      )?.confidence;
    expect([confidence(0.9, 0.5), confidence(0.9, null), confidence()]).toEqual([0.5, null, undefined]);
  });

  it("hold no text of lines", () => {
    expect(JSON.stringify(labelsOf(answer({ action: "approve" })))).not.toContain("Paper");
  });
});

describe("whether the software was wrong", () => {
  it.each<[string, Proposal | null]>([
    ["there was no proposal", null],
    ["it had no answer", aProposal({ action: null })],
  ])("cannot be said when %s", (_, proposal) => {
    const given = answer(correct({ gross: "1.00" }), { proposal });
    expect([isWrong(given), cost(given)]).toEqual([null, null]);
  });
});

describe("what acting on the proposal would have cost", () => {
  it.each<[string, Decision, number | null]>([
    ["nothing, where it was right", { action: "approve" }, 0],
    ["nothing in money, where another field was wrong", correct({ number: "R-1" }), 0],
    ["the difference, too much", correct({ gross: "100.00" }), 2_000],
    ["the difference, too little", correct({ gross: "150.00" }), 3_000],
    ["all of it, where nothing should have been done", { action: "reject", note: "No" }, 12_000],
    ["all of it, in another currency", correct({ currency: "USD" }), 12_000],
    ["the difference, where the currency was stated again", correct({ currency: "EUR", gross: "119.00" }), 100],
    ["all of it, where there is no amount", correct({ gross: null }), 12_000],
  ])("is %s", (_, decision, expected) => {
    expect(cost(answer(decision))).toBe(expected);
  });

  it("is unknown without an amount, and counts a credit note as what it is worth", () => {
    const without = aProposal({ findings: [aFinding("currency", "EUR")] });
    expect(
      costOfProposal(answer({ action: "reject", note: "No" }, { proposal: without }), {
        amountMinor: null,
        currency: null,
      }),
    ).toBeNull();
    const credit = aProposal({ findings: [aFinding("currency", "EUR"), aFinding("gross", "-50.00")] });
    expect(cost(answer({ action: "reject", note: "No" }, { proposal: credit }))).toBe(5_000);
  });

  it("is counted in the currency's own minor units", () => {
    const yen = aProposal({ findings: [aFinding("currency", "JPY"), aFinding("gross", "1000")] });
    expect(cost(answer(correct({ gross: "900" }), { proposal: yen }))).toBe(100);
  });

  it("takes the headline's amount where no field can be read as one", () => {
    const unread = aProposal({ findings: [aFinding("gross", "about 120")] });
    expect(proposedMoney(unread, headline, invoices)).toEqual(headline);
  });
});

describe("the same value", () => {
  const formats = ["text", "date", "amount", "currency", "iban", "number"] as const;
  it("is an equivalence, and writing it canonically changes nothing about it", () => {
    const value = fc.option(
      fc.oneof(
        fc.string(),
        fc.constantFrom("1.482,40", "1482.4", "1482.40", " ", "-0.00", "DE89 3704 0044 0532 0130 00"),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...formats), value, value, (format, one, other) => {
        expect(sameValue(format, one, one)).toBe(true);
        expect(sameValue(format, one, other)).toBe(sameValue(format, other, one));
        expect(sameValue(format, one, canonicalValue(format, one))).toBe(true);
      }),
    );
  });

  it.each([
    ["amount", "1.482,40", "1482.4"],
    ["amount", "-0.00", "0"],
    ["number", "2.50", "2.5"],
    ["iban", "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"],
    ["currency", "eur", "EUR"],
    ["text", "Ｂrandt\u200b", "brandt"],
  ] as const)("as %s: %s and %s", (format, one, other) => {
    expect(sameValue(format, one, other)).toBe(true);
  });

  it.each([
    ["amount", "100", "1000"],
    ["amount", "100", "-100"],
    ["text", "R-1", "R-10"],
    ["text", "R-100", "R-1"],
    ["number", "100", "1"],
  ] as const)("is not, as %s: %s and %s", (format, one, other) => {
    expect(sameValue(format, one, other)).toBe(false);
  });
});
