import { describe, expect, it } from "vitest";
import { endOfDay } from "../../../../page/src/me/absence.ts";
import { noon } from "../sample.ts";

describe("endOfDay", () => {
  it("is the last second of that day here", () => {
    const end = new Date(endOfDay("2026-11-30", noon) ?? "");
    expect([end.getDate(), end.getHours(), end.getSeconds()]).toEqual([30, 23, 59]);
    expect(endOfDay("2026-11-24", noon)).not.toBeNull(); // today still has an afternoon
  });
  it.each(["2026-11-23", "", "tomorrow"])("refuses %j", (day) => {
    expect(endOfDay(day, noon)).toBeNull();
  });
});
