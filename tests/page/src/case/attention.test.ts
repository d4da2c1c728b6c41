import { describe, expect, it } from "vitest";
import { fieldsToLookAt, orderFields } from "../../../../page/src/case/attention.ts";
import { aReview, aSubject } from "../sample.ts";

describe("fieldsToLookAt", () => {
  it("names what a reason or a fired signal names, what is unsure, and what is needed and missing", () => {
    const subject = aSubject({
      values: { gross: "1842.40", issueDate: null },
      confidence: { number: 0.62, gross: 0.71 },
    });
    expect([...fieldsToLookAt(subject, aReview().reasons)].sort()).toEqual(["gross", "issueDate", "number"]);
  });
  it("puts these first and keeps the workflow's order otherwise", () => {
    const { fields } = aSubject();
    const order = orderFields(fields, new Set(["gross"])).map(({ field }) => field);
    expect(order.slice(0, 3)).toEqual(["gross", "supplier", "buyer"]);
    expect(order).toHaveLength(fields.length);
  });
});
