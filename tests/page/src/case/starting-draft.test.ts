import { describe, expect, it } from "vitest";
import { emptyDraft, typeField } from "../../../../page/src/case/draft.ts";
import { startingDraft, takeAnswer } from "../../../../page/src/case/starting-draft.ts";
import { readEdits } from "../../../../page/src/decision/changes.ts";
import { aRecord } from "../../a-record.ts";
import { aReview, aSubject } from "../sample.ts";

const subject = aSubject();
const stated = aRecord({ action: "correct", fields: { gross: "1482.40", currency: "EUR", number: "R-2026-1184" } });

describe("startingDraft", () => {
  it("is empty where nothing was stated blind", () => {
    expect(startingDraft(subject, aReview())).toEqual(emptyDraft);
  });

  it("holds what was stated blind, and only what differs is a change", () => {
    const draft = startingDraft(subject, { blindAnswer: stated });
    expect(readEdits(subject, draft).changes).toEqual([{ label: "Gross", from: "1\u00a0842.40", to: "1\u00a0482.40" }]);
    expect(Object.keys(draft.fields)).toEqual(["gross"]);
  });

  it("is empty while the case is still masked", () => {
    expect(startingDraft({ ...subject, masked: true }, { blindAnswer: stated })).toEqual(emptyDraft);
  });
});

describe("takeAnswer", () => {
  it("puts an answer's values in the place of what was typed, and keeps the note", () => {
    const typed = { ...typeField(emptyDraft, "iban", "nonsense"), note: "Look" };
    const draft = takeAnswer(subject, typed, stated.decision);
    expect(draft.note).toBe("Look");
    expect(draft.fields).toEqual({ gross: "1\u00a0482.40" });
  });
});
