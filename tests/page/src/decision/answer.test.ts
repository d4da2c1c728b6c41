import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../../../page/src/case/draft.ts";
import {
  addLine,
  emptyDraft,
  removeLine,
  settleField,
  toggleSuggestion,
  typeCell,
  typeField,
} from "../../../../page/src/case/draft.ts";
import { hideAnswer } from "../../../../page/src/case/masking.ts";
import { answerFrom as answerOf, type Verdict } from "../../../../page/src/decision/answer.ts";
import type { GetCaseResponse } from "../../../../shared/contracts/api.ts";
import { type DecisionRecord, decision } from "../../../../shared/contracts/decision.ts";
import { maxNoteCharacters } from "../../../../shared/contracts/limits.ts";
import { aReview, aSubject } from "../sample.ts";

const subject = aSubject();
const review = aReview();
const answerFrom = (verdict: Verdict, of: GetCaseResponse, draft: Draft) => answerOf(verdict, of, draft, review);

describe("answerFrom", () => {
  it("approves when nothing was changed", () => {
    expect(answerFrom("approve", subject, emptyDraft)).toEqual({
      kind: "ready",
      decision: { action: "approve" },
      changes: [],
    });
  });

  it("corrects by itself when a field was changed, and says from what to what", () => {
    const answer = answerFrom("approve", subject, typeField(emptyDraft, "gross", "1482,40"));
    expect(answer).toEqual({
      kind: "ready",
      decision: { action: "correct", fields: { gross: "1482.40" } },
      changes: [{ label: "Gross", from: "1\u00a0842.40", to: "1\u00a0482.40" }],
    });
  });

  it("approves when the proposal was typed again in other words", () => {
    const draft = typeField(typeField(emptyDraft, "gross", "1.842,40"), "issueDate", "14.11.2026");
    expect(answerFrom("approve", subject, draft)).toMatchObject({ decision: { action: "approve" } });
    expect(settleField(subject, settleField(subject, draft, "gross"), "issueDate").fields).toEqual({});
  });

  it("sends null for a value that was emptied, and refuses where one is needed", () => {
    expect(answerFrom("approve", subject, typeField(emptyDraft, "buyer", " "))).toMatchObject({
      decision: { action: "correct", fields: { buyer: null } },
    });
    expect(answerFrom("approve", subject, typeField(emptyDraft, "gross", ""))).toEqual({
      kind: "faulty",
      faults: [{ at: "gross", message: "Gross is needed." }],
    });
  });

  it("takes the suggestion once, and puts the page's value back the second time", () => {
    const taken = toggleSuggestion(subject, emptyDraft, "gross");
    expect(answerFrom("approve", subject, taken)).toMatchObject({ decision: { fields: { gross: "1482.40" } } });
    expect(toggleSuggestion(subject, taken, "gross").fields).toEqual({});
  });

  it("sends all lines when one was changed, and none when a change was undone", () => {
    const changed = typeCell(subject, emptyDraft, "proposed-1", "amount", "500");
    const answer = answerFrom("approve", subject, changed);
    expect(answer).toMatchObject({
      decision: {
        action: "correct",
        fields: {},
        lines: [{ amount: "728.00" }, { amount: "500" }, { amount: "20.22" }],
      },
      changes: [{ label: "Line 2, amount", from: "497.50", to: "500" }],
    });
    const back = typeCell(subject, changed, "proposed-1", "amount", "497,50");
    expect(answerFrom("approve", subject, back)).toMatchObject({ decision: { action: "approve" } });
  });

  it("names added and removed lines, and forgets one that was added and left empty", () => {
    const removed = removeLine(subject, emptyDraft, "proposed-2");
    expect(answerFrom("approve", subject, removed)).toMatchObject({
      changes: [{ label: "Line removed", from: "Lieferung", to: null }],
    });
    expect(answerFrom("approve", subject, addLine(subject, emptyDraft, "new"))).toMatchObject({
      decision: { action: "approve" },
    });
  });

  it("does not judge values that nobody touched", () => {
    const odd = aSubject({ values: { iban: "DE00 not an account", net: "1.482" } });
    expect(answerFrom("approve", odd, emptyDraft)).toMatchObject({ decision: { action: "approve" } });
  });

  it("asks for a note before it rejects or escalates, and then sends nothing else", () => {
    const edited = typeField(emptyDraft, "gross", "1");
    expect(answerFrom("reject", subject, edited)).toEqual({ kind: "unexplained" });
    expect(answerFrom("escalate", subject, { ...edited, note: " Why? " })).toMatchObject({
      decision: { action: "escalate", note: "Why?" },
    });
  });

  it("keeps to the contract's length of a note", () => {
    expect(answerFrom("reject", subject, { ...emptyDraft, note: "x".repeat(maxNoteCharacters + 1) })).toEqual({
      kind: "too-long",
    });
  });

  it("only ever sends what the contract takes, whatever is typed", () => {
    const texts = fc.string({ unit: "binary", maxLength: 60 });
    const fields = fc.dictionary(fc.constantFrom(...subject.fields.map(({ field }) => field)), texts);
    fc.assert(
      fc.property(
        fields,
        texts,
        texts,
        fc.constantFrom<Verdict>("approve", "reject", "escalate", "ask", "answer"),
        (typed, cell, note, verdict) => {
          const lines = typeCell(subject, emptyDraft, "proposed-0", "description", cell).lines;
          const answer = answerFrom(verdict, subject, { ...emptyDraft, fields: typed, lines, note });
          if (answer.kind === "ready") expect(decision.safeParse(answer.decision).success).toBe(true);
        },
      ),
    );
  });

  it("sends marks and attachments with whatever is answered", () => {
    const draft: Draft = {
      ...emptyDraft,
      marks: ["wrong-queue"],
      attachments: [{ attachmentId: "a".repeat(26), fileName: "proof.pdf" }],
      note: "Not ours.",
    };
    const besides = { marks: ["wrong-queue"], attachments: ["a".repeat(26)] };
    expect(answerFrom("approve", subject, draft)).toMatchObject({ decision: { action: "approve", ...besides } });
    expect(answerFrom("reject", subject, draft)).toMatchObject({ decision: { action: "reject", ...besides } });
  });

  describe("in a blind review", () => {
    const hidden = hideAnswer({ ...subject, masked: true });
    const blind = { ...review, blind: true };
    const needed = { supplier: "Elbe", number: "R-1", issueDate: "14.11.2026", currency: "eur", gross: "1482,40" };

    it("states what was seen as a correction, with nothing of what was left empty", () => {
      expect(answerOf("approve", hidden, { ...emptyDraft, fields: needed }, blind)).toMatchObject({
        decision: {
          action: "correct",
          fields: { supplier: "Elbe", number: "R-1", issueDate: "2026-11-14", currency: "EUR", gross: "1482.40" },
        },
      });
    });

    it("names every needed field that is still empty", () => {
      const answer = answerOf("approve", hidden, { ...emptyDraft, fields: { gross: "1" } }, blind);
      expect(answer.kind === "faulty" && answer.faults.map(({ at }) => at)).toEqual([
        "supplier",
        "number",
        "issueDate",
        "currency",
      ]);
    });

    it("says of the second answer that it was given knowing everything", () => {
      const record: DecisionRecord = {
        reviewId: review.reviewId,
        decision: { action: "correct", fields: needed },
        decidedBy: "p",
        decidedByName: "P",
        role: "reviewer",
        decidedAt: "2026-11-24T12:00:00Z",
        onBehalfOf: null,
      };
      expect(answerOf("approve", subject, emptyDraft, { ...blind, blindAnswer: record })).toMatchObject({
        decision: { action: "approve", knowing: true },
      });
    });
  });
});
