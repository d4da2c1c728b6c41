import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseIdOfDrop, caseIdOfSubmission } from "../../../shared/case/case-id.ts";
import { caseId } from "../../../shared/contracts/identifiers.ts";

const text = fc.string({ unit: "grapheme", maxLength: 40 });

describe("a case's id", () => {
  it("fits its contract and is the same for the same drop, whatever the key holds", () => {
    fc.assert(
      fc.property(text, text, text, (bucket, key, versionId) => {
        const id = caseIdOfDrop(bucket, key, versionId);
        expect(caseId.safeParse(id).success).toBe(true);
        expect(caseIdOfDrop(bucket, key, versionId)).toBe(id);
      }),
    );
  });

  it("differs wherever bucket, key or version differ, also when they read the same in a row", () => {
    fc.assert(
      fc.property(fc.tuple(text, text, text), fc.tuple(text, text, text), (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(caseIdOfDrop(...one)).not.toBe(caseIdOfDrop(...other));
      }),
    );
    expect(caseIdOfDrop("b", "a/b", "1")).not.toBe(caseIdOfDrop("b", "a", "/b1"));
  });

  it("of a drop is never one of a submission", () => {
    expect(caseIdOfDrop("a", "b", "")).not.toBe(caseIdOfSubmission("a", "b"));
  });
});
