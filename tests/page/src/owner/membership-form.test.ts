import { describe, expect, it } from "vitest";
import { emptyMembership, membershipText, readMembership } from "../../../../page/src/owner/membership-form.ts";
import { putPersonRequest } from "../../../../shared/contracts/people.ts";

describe("a membership as it is typed", () => {
  it.each([
    ["EUR 5000, USD 6000.50", { EUR: 500_000, USD: 600_050 }],
    ["eur 1.234.567,89", { EUR: 123_456_789 }],
    ["JPY 300", { JPY: 300 }],
    ["", {}],
  ])("reads the limits %j", (limits, read) => {
    const reading = readMembership({ ...emptyMembership, limits });
    expect(reading).toMatchObject({ membership: { limits: read } });
    if ("membership" in reading)
      expect(putPersonRequest.safeParse({ name: "A", membership: reading.membership }).success).toBe(true);
  });

  it.each([
    [{ limits: "5000" }, "is not a limit"],
    [{ limits: "EUR -1" }, "is not a limit"],
    [{ limits: "EUR 1.005" }, "is not a limit"],
    [{ queues: "Invoices!" }, "is not a queue"],
    [{ queues: " " }, "Name at least one queue"],
  ])("refuses %j with a sentence", (odd, words) => {
    const reading = readMembership({ ...emptyMembership, ...odd });
    expect("problem" in reading ? reading.problem : "").toContain(words);
  });

  it("comes back as it is stored", () => {
    const membership = {
      workflow: "invoices" as const,
      role: "expert" as const,
      queues: ["invoices", "invoices/print"],
      limits: { EUR: 12_050 },
      unlimited: false,
    };
    const text = membershipText({ personId: "p", name: "P", membership, absentUntil: null, coveredBy: null });
    const { workflow: _, ...stored } = membership;
    expect(readMembership(text)).toEqual({ membership: stored });
  });
});
