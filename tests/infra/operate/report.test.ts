import { describe, expect, it } from "vitest";
import { reportLines } from "../../../infra/operate/redrive/report.ts";
import { caseId } from "../../shared/case/builders.ts";

const nothing = { casesContinued: [], dropsReopened: 0, webhooksRetried: 0, failed: [] };

describe("redrive's report", () => {
  it("says what was done and what is left", () => {
    expect(
      reportLines({
        casesContinued: [caseId],
        dropsReopened: 2,
        webhooksRetried: 3,
        failed: [{ what: "drop of message m", because: "ThrottlingException" }],
      }),
    ).toEqual([
      `Case ${caseId}: continued`,
      "Drops handed to open-case again: 2",
      "Outcomes that go to the webhook again: 3",
      "Still failing: drop of message m (ThrottlingException)",
    ]);
  });

  it("says so when there was nothing", () => {
    expect(reportLines(nothing)).toEqual(["Nothing had failed"]);
  });
});
