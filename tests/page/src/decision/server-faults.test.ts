import { describe, expect, it } from "vitest";
import { addLine, emptyDraft, removeLine, typeCell } from "../../../../page/src/case/draft.ts";
import { serverFaults } from "../../../../page/src/decision/server-faults.ts";
import { aSubject } from "../sample.ts";

describe("serverFaults", () => {
  const subject = aSubject();
  const refused = (pointer: string) => ({
    type: "urn:signoff:problem:value-invalid",
    title: "",
    status: 422,
    detail: "",
    errors: [{ pointer, detail: "No." }],
  });

  it("finds the field that a pointer names", () => {
    expect(serverFaults(refused("/fields/taxId"), subject, emptyDraft)).toEqual([{ at: "taxId", message: "No." }]);
  });

  it("finds the line that was sent at that place, not the one that was proposed there", () => {
    const removed = removeLine(subject, emptyDraft, "proposed-0");
    const blank = addLine(subject, removed, "blank");
    const draft = typeCell(subject, addLine(subject, blank, "new"), "new", "amount", "1");
    expect(serverFaults(refused("/lines/0/amount"), subject, draft)).toEqual([
      { at: "proposed-1/amount", message: "No." },
    ]);
    expect(serverFaults(refused("/lines/2/amount"), subject, draft)).toEqual([{ at: "new/amount", message: "No." }]);
  });

  it("leaves out what points nowhere", () => {
    expect(serverFaults(refused("/note"), subject, emptyDraft)).toEqual([]);
  });
});
