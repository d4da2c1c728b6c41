import { describe, expect, it } from "vitest";
import { explain } from "../../../../page/src/api/problem.ts";
import { problems, problemTypePrefix } from "../../../../shared/contracts/problem.ts";

describe("explain", () => {
  it.each(Object.entries(problems))("makes a sentence of %s, whatever the server adds", (kind, { status, title }) => {
    const problem = { type: problemTypePrefix + kind, title, status, detail: `${title}.` };
    expect(explain(problem)).toMatch(/^[A-Z].*\.$/);
    expect(explain({ ...problem, detail: "Only 12 of 300 cases." })).toBe("Only 12 of 300 cases.");
  });

  it("falls back to the title of a problem it does not know", () => {
    expect(explain({ type: "urn:other", title: "Odd", status: 400, detail: "" })).toBe("Odd.");
  });
});
