import { describe, expect, it } from "vitest";
import { changeSays } from "../../../../page/src/owner/change-says.ts";
import type { PolicyChange } from "../../../../shared/contracts/policy.ts";
import { samplePolicy } from "../../fake/sample-policy.ts";
import { noon } from "../sample.ts";

const at = (minutes: number) => new Date(noon + minutes * 60_000).toISOString();
const change: PolicyChange = {
  changeId: "invoices-1-aaaaaaaa",
  workflow: "invoices",
  status: "waiting",
  baseVersion: 1,
  version: null,
  differences: [],
  because: "x",
  proposedBy: "owner-1",
  proposedByName: "Olu Meyer",
  proposedAt: at(-10),
  expiresAt: at(60),
  answeredBy: null,
  answeredByName: null,
  answeredAt: null,
  note: null,
  policy: samplePolicy,
};
const signed = { answeredBy: "owner-2", answeredByName: "Pia Ruiz", answeredAt: at(-5) };

describe("changeSays", () => {
  it.each<[Partial<PolicyChange>, string]>([
    [{}, "Waits for a second owner until 13:00."],
    [{ status: "applied", version: 2 }, "Applied at once as version 2."],
    [{ status: "applied", version: 2, ...signed }, "Signed by Pia Ruiz, 11:55; applied as version 2."],
    [{ status: "refused", ...signed, note: "Too soon" }, "Refused by Pia Ruiz, 11:55. “Too soon”"],
    [{ status: "expired" }, "Nobody signed it in time."],
    [{ status: "superseded" }, "Another change came first."],
  ])("of %j is a sentence", (more, says) => {
    expect(changeSays({ ...change, ...more }, noon)).toBe(says);
  });
});
