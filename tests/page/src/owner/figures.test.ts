import { describe, expect, it } from "vitest";
import {
  amounts,
  duration,
  lastDays,
  overrideRows,
  percent,
  rate,
  reasonRows,
} from "../../../../page/src/owner/figures.ts";
import { reasonNames } from "../../../../page/src/owner/reason-names.ts";
import { sampleMetrics } from "../../fake/sample-metrics.ts";
import { samplePolicy } from "../../fake/sample-policy.ts";

const { total } = sampleMetrics(new URLSearchParams());

describe("figures", () => {
  it("tell no rate at all from a rate of zero", () => {
    expect(percent(rate(0, 0))).toBe("–");
    expect(percent(rate(0, 5))).toBe("0.0 %");
  });

  it("rank reasons and fields by their share", () => {
    const names = reasonNames(samplePolicy, new Map([["gross", "Gross"]]));
    expect(reasonRows(total, (id) => names.get(id) ?? id).map(({ name, count }) => [name, count])).toEqual([
      ["The totals do not add up", "41 of 400"],
      ["Gross: not sure enough", "27 of 400"],
      ["This invoice was seen before", "20 of 400"],
    ]);
    expect(overrideRows(total, (field) => field).map(({ name, share }) => [name, share])).toEqual([
      ["gross", 0.25],
      ["iban", 3 / 88],
    ]);
  });

  it("names what is judged besides the fields", () => {
    const overriddenFields = { lines: { proposed: 2, changed: 1 }, action: { proposed: 4, changed: 1 } };
    const names = overrideRows({ ...total, overriddenFields }, (field) => field).map(({ name }) => name);
    expect(names).toEqual(["Lines", "What is done"]);
  });

  it.each([
    [null, "–"],
    [44.6, "45 s"],
    [720, "12 min"],
    [3_599, "1 h"],
    [12_000, "3 h 20 min"],
    [187_200, "2 d 4 h"],
  ])("say %s seconds as %s", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  it("never add currencies up", () => {
    expect(amounts({ EUR: 12_050, JPY: 300, USD: 0 })).toBe("120.50\u00a0€ and ¥300");
    expect(amounts({})).toBe("nothing");
  });

  it("count the days of a span with today", () => {
    expect(lastDays(7, Date.parse("2026-11-24T23:00:00Z"))).toEqual({ from: "2026-11-18", to: "2026-11-24" });
  });
});
