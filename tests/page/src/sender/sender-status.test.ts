import { describe, expect, it } from "vitest";
import { canReport, canWithdraw, senderStatus } from "../../../../page/src/sender/sender-status.ts";
import type { GetCaseResponse } from "../../../../shared/contracts/api.ts";
import { aRecord } from "../../a-record.ts";
import { aCaseThatAsksItsSender } from "../../fake/sample-handoffs.ts";
import { aSubject, noon } from "../sample.ts";

const subject = aSubject();
const withCase = (more: Partial<GetCaseResponse["case"]>): GetCaseResponse => ({
  ...subject,
  case: { ...subject.case, ...more },
});

describe("senderStatus", () => {
  it("says until when a question waits", () => {
    expect(senderStatus(aCaseThatAsksItsSender().subject, Date.now())).toMatch(
      /A question waits for your answer until .*\d\d:\d\d/,
    );
  });
  it.each<[Partial<GetCaseResponse["case"]>, string]>([
    [{ status: "opened" }, "It has arrived, and the software is reading it."],
    [{ status: "waiting" }, "A person is looking at it."],
    [{ status: "closed" }, "It was decided by the software. The outcome is delivered."],
    [
      { status: "decided", decision: aRecord({ action: "reject", note: "Paid already." }) },
      "Rejected by a person. “Paid already.” The outcome is on its way.",
    ],
    [
      { status: "closed", decision: aRecord({ action: "correct", fields: {}, note: "Inside words" }) },
      "Corrected by a person. The outcome is delivered.",
    ],
  ])("of %j is a sentence without what is inside the house", (more, says) => {
    expect(senderStatus(withCase(more), noon)).toBe(says);
  });
});

describe("what a sender can do", () => {
  it("is to take back what is undecided, and to report on what is decided", () => {
    expect([canWithdraw(withCase({ status: "waiting" })), canReport(withCase({ status: "waiting" }))]).toEqual([
      true,
      false,
    ]);
    expect([canWithdraw(withCase({ status: "closed" })), canReport(withCase({ status: "closed" }))]).toEqual([
      false,
      true,
    ]);
  });
});
