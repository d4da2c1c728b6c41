import { describe, expect, it } from "vitest";
import { rowErrors } from "../../../../page/src/lists/reference-list.ts";

describe("rowErrors", () => {
  const problem = { type: "", title: "", status: 422, detail: "Wrong." };
  it("names the row a pointer ends in, with or without a column", () => {
    const errors = [
      { pointer: "/csv/12", detail: "a" },
      { pointer: "/csv/13/iban", detail: "b" },
      { pointer: "/csv", detail: "c" },
    ];
    expect(rowErrors({ ...problem, errors }).map(({ row }) => row)).toEqual([12, 13, null]);
  });
  it("falls back to the problem's own sentence", () => {
    expect(rowErrors(problem)).toEqual([{ row: null, message: "Wrong." }]);
  });
});
