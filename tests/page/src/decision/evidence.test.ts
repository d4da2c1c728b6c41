import { describe, expect, it } from "vitest";
import { emptyDraft } from "../../../../page/src/case/draft.ts";
import { evidenceOf } from "../../../../page/src/decision/evidence.ts";
import { aCaseThatNeedsEvidence } from "../../fake/sample-handoffs.ts";

const { subject } = aCaseThatNeedsEvidence();

describe("evidenceOf", () => {
  it("counts pages opened before and now together", () => {
    const half = { ...subject, guidance: { ...subject.guidance, openedPages: [2] } };
    expect(evidenceOf(half, emptyDraft, [], null)[0]).toMatchObject({ isMet: false, left: [1] });
    expect(evidenceOf(half, emptyDraft, [1], null)[0]).toMatchObject({ isMet: true, left: [] });
  });

  it("is met by a file where one is to be attached", () => {
    const file = { attachmentId: "a".repeat(26), fileName: "call.pdf" };
    expect(evidenceOf(subject, emptyDraft, [], null)[1]?.isMet).toBe(false);
    expect(evidenceOf(subject, { attachments: [file] }, [], null)[1]?.isMet).toBe(true);
  });

  it("says at the rule what the server missed", () => {
    const problem = { type: "urn:signoff:problem:evidence-missing", title: "", status: 422, detail: "" };
    const refused = { ...problem, errors: [{ pointer: "/evidence/call-back", detail: "Attach a file." }] };
    expect(evidenceOf(subject, emptyDraft, [], refused).map(({ lack }) => lack)).toEqual([null, "Attach a file."]);
  });
});
