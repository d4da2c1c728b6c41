import { describe, expect, it } from "vitest";
import { compareAnswers, disputed } from "../../../../page/src/case/compare-answers.ts";
import { aDisputedCase } from "../../fake/sample-handoffs.ts";
import { aSubject } from "../sample.ts";

const subject = aSubject();

describe("compareAnswers", () => {
  it("lists what an answer changed, beside the software's value and the other answer's", () => {
    const { differences, same } = compareAnswers(subject, [
      { action: "correct", fields: { gross: "1482.40", buyer: null } },
      { action: "approve" },
    ]);
    expect(differences).toEqual([
      { label: "Buyer", software: "Muster Verlag KG", answers: [null, "Muster Verlag KG"] },
      { label: "Gross", software: "1\u00a0842.40", answers: ["1\u00a0482.40", "1\u00a0842.40"] },
    ]);
    expect(same).toBe(subject.fields.length - 2);
  });

  it("makes no difference of an answer that states no values, or the software's own", () => {
    expect(compareAnswers(subject, [{ action: "reject", note: "No." }]).differences).toEqual([]);
    expect(compareAnswers(subject, [{ action: "correct", fields: { gross: "1842.40" } }]).differences).toEqual([]);
  });

  it("says that the lines differ, by their number", () => {
    const lines = [{ description: "Palette", quantity: null, unitPrice: null, amount: "497.50" }];
    expect(compareAnswers(subject, [{ action: "correct", fields: {}, lines }]).differences).toEqual([
      { label: "Lines", software: "3 lines", answers: ["1 line, changed"] },
    ]);
  });
});

describe("disputed", () => {
  it("finds the two verdicts in the order they were given", () => {
    const { subject: open } = aDisputedCase({ action: "approve" }, { action: "reject", note: "No." });
    const reviewId = `${open.case.caseId}-3`;
    expect(disputed(open, reviewId).map(({ decision }) => decision.action)).toEqual(["approve", "reject"]);
  });
});
