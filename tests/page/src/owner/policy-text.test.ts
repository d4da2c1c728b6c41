import { describe, expect, it } from "vitest";
import { lineOfPointer, policyText, readPolicyText } from "../../../../page/src/owner/policy-text.ts";
import { samplePolicy } from "../../fake/sample-policy.ts";

const text = policyText(samplePolicy);

describe("a policy as text", () => {
  it("reads back as what was written", () => {
    expect(readPolicyText(text)).toEqual({ policy: samplePolicy });
  });

  it("says that it is not JSON", () => {
    expect(readPolicyText('{\n  "a": 1,\n}')).toMatchObject({ problem: expect.stringContaining("This is not JSON") });
  });

  it.each([
    ["/version", '"version": 1,'],
    ["/triggers/1/severity", '"severity": "medium",'],
    ["/confidenceLimits/gross", '"gross": 0.9'],
    ["/triggers/0/nothing", "{"],
  ])("finds the line of %s", (pointer, starts) => {
    const line = lineOfPointer(text, pointer);
    expect(text.split("\n")[(line ?? 0) - 1]?.trim()).toBe(starts);
  });

  it("finds no line where the first part is not there", () => {
    expect(lineOfPointer(text, "/nowhere/0")).toBeNull();
    expect(lineOfPointer("{", "/version")).toBeNull();
  });
});
