import { describe, expect, it } from "vitest";
import { numberKey, numberTwin } from "../../../shared/values/invoice-number.ts";

describe("invoice numbers", () => {
  it("are the same in every spelling", () => {
    expect(numberKey("R-2026/1184")).toBe(numberKey("r 2026 1184"));
  });

  it.each([
    ["R-1184", "R-11B4", "alike"],
    ["INV-1O4", "INV-104", "alike"],
    ["R-1184", "R-1184A", "alike"],
    ["R-1184", "R-1185", "near"],
    ["R-1184", "R-1148", "near"],
    ["R-1184", "R-11840", "near"],
    ["R-1184", "r 1184", null],
    ["R-1184", "R-2295", null],
    ["R-1184", "R-118455", null],
    ["1", "2", null],
  ])("%j and %j are %j", (first, second, twin) => {
    expect(numberTwin(first, second)).toBe(twin);
    expect(numberTwin(second, first)).toBe(twin);
  });
});
