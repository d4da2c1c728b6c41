import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { counters } from "../../../shared/contracts/tally.ts";
import { histogramOf, mergeHistograms, percentilesIn, percentilesOf } from "../../../shared/learning/durations.ts";
import { combine, dayFigures, rollUp } from "../../../shared/learning/roll-up.ts";
import { caseIdNumber } from "../case/builders.ts";
import { aDelivered, aGated, aHarm, anAnswered } from "./entries.ts";

const label = (field: string, proposed: string | null, final: string | null) => ({
  field,
  proposed,
  final,
  confidence: 0.9,
});
const counted = (...entries: Parameters<typeof rollUp>[0]) => rollUp(entries).counters;

describe("a day's figures", () => {
  it("count what was judged, and under each trigger that fired", () => {
    const gated = [
      aGated(),
      aGated({ triggers: ["totals", "new-supplier"] }),
      aGated({ kind: "pass", sampled: null, triggers: [] }),
    ];
    expect(counted(...gated)).toMatchObject({
      gated: 3,
      passed: 1,
      escalated: 2,
      escalatedBy: { totals: 2, "new-supplier": 1 },
    });
  });

  it("grade the software by answers that settled a case for which it had proposed something", () => {
    const answers = [
      anAnswered(),
      anAnswered({ wrong: true }),
      anAnswered({ sampled: "shadow" }),
      anAnswered({ wrong: null }),
      anAnswered({ wrong: true, final: false }),
      anAnswered({ wrong: true, sampled: "triggered" }),
    ];
    expect(counted(...answers).graded).toEqual({
      audited: { cases: 2, wrong: 1 },
      shadow: { cases: 1, wrong: 0 },
      triggered: { cases: 1, wrong: 1 },
    });
  });

  it("count what people changed of what was proposed, field by field", () => {
    const labels = [label("gross", "1", "2"), label("iban", null, "DE"), label("action", "pay", "pay")];
    const same = [label("gross", "1", "1")];
    expect(
      counted(anAnswered({ labels }), anAnswered({ labels: same }), anAnswered({ labels, final: false }))
        .overriddenFields,
    ).toEqual({
      action: { proposed: 1, changed: 0 },
      gross: { proposed: 2, changed: 1 },
    });
  });

  it("count every answer of a review once, and marks wherever they were set", () => {
    const kept = { sampled: "triggered" as const, blind: true, final: false, action: "correct" as const };
    const answers = [
      anAnswered({ ...kept, marks: ["instruction-unclear"] }),
      anAnswered({ sampled: "triggered", action: "approve" }),
      anAnswered({ blind: true, action: "correct" }),
      anAnswered({ final: false, action: "escalate", marks: ["wrong-queue"] }),
    ];
    expect(counted(...answers)).toMatchObject({
      answers: { approve: 1, correct: 1, escalate: 1 },
      marks: { "wrong-queue": 1, "instruction-unclear": 1 },
    });
  });

  it("cost only what the software would have done by itself, and did wrong", () => {
    const wrong = { wrong: true, costMinor: 100 };
    const answers = [
      anAnswered(wrong),
      anAnswered({ ...wrong, sampled: "pilot", currency: "USD" }),
      anAnswered({ ...wrong, sampled: "triggered" }),
      anAnswered({ ...wrong, final: false }),
      anAnswered({ wrong: true, costMinor: null, currency: null }),
      anAnswered({ wrong: true, costMinor: 0 }),
    ];
    expect(counted(...answers).wouldHaveCost).toEqual({ EUR: 100, USD: 100 });
  });

  it("count outcomes, those that took another's place, and harm by currency", () => {
    const entries = [
      aDelivered(),
      aDelivered({ supersedes: "an-outcome" }),
      aHarm(),
      aHarm({ amountMinor: 7 }),
      aHarm({ currency: "USD" }),
    ];
    expect(counted(...entries)).toMatchObject({
      delivered: 2,
      superseded: 1,
      harm: { EUR: 507, USD: 500 },
      harmReports: 3,
    });
  });

  it("time a case once, when it is settled, by exact percentiles", () => {
    const times = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
    const answers = times.map((resolutionSeconds) => anAnswered({ resolutionSeconds, firstClaimSeconds: null }));
    expect(counted(...answers, anAnswered({ final: false, resolutionSeconds: 9_999 }))).toMatchObject({
      resolutionSeconds: { count: 10, p50: 50, p90: 90 },
      firstClaimSeconds: { count: 0, p50: null, p90: null },
    });
  });

  it("of a day on which nothing happened are nothing", () => {
    expect(dayFigures.parse(rollUp([]))).toEqual(rollUp([]));
    expect(counted()).toMatchObject({ gated: 0, escalatedBy: {}, resolutionSeconds: { count: 0, p50: null } });
  });

  const anything = fc.array(
    fc.oneof(
      fc
        .record({ kind: fc.constantFrom("pass" as const, "review" as const), triggers: fc.subarray(["a", "b"]) })
        .map(aGated),
      fc
        .record({
          final: fc.boolean(),
          wrong: fc.constantFrom(true, false, null),
          sampled: fc.constantFrom("triggered" as const, "audited" as const, "shadow" as const),
          costMinor: fc.option(fc.nat(1_000)),
          resolutionSeconds: fc.nat(100_000),
          labels: fc.array(
            fc.constantFrom(label("gross", "1", "1"), label("gross", "1", "2"), label("iban", null, null)),
          ),
        })
        .map(anAnswered),
      fc.constantFrom(aDelivered(), aHarm()),
    ),
    { maxLength: 40 },
  );

  it("are the same in whatever order they are counted, and fit their contract", () => {
    fc.assert(
      fc.property(anything, (entries) => {
        const figures = rollUp(entries);
        expect(counters.parse(figures.counters)).toEqual(figures.counters);
        expect(JSON.stringify(rollUp(entries.toReversed()))).toBe(JSON.stringify(figures));
      }),
    );
  });

  it("of several days together are those of one long day, but for percentiles within 2.5 %", () => {
    fc.assert(
      fc.property(fc.array(anything, { minLength: 2, maxLength: 4 }), (days) => {
        const together = combine(days.map(rollUp));
        const long = rollUp(days.flat());
        const { resolutionSeconds, firstClaimSeconds: _, ...exact } = long.counters;
        expect(together.counters).toMatchObject(exact);
        expect(together.durations).toEqual(long.durations);
        expect(together.counters.resolutionSeconds.count).toBe(resolutionSeconds.count);
        for (const p of ["p50", "p90"] as const) {
          const [near, truth] = [together.counters.resolutionSeconds[p], resolutionSeconds[p]];
          expect(near === null).toBe(truth === null);
          if (near !== null && truth !== null)
            expect(Math.abs(near - truth)).toBeLessThanOrEqual(Math.max(0.5, truth * 0.026));
        }
      }),
    );
  });
});

it("combines one day to itself, percentiles exact", () => {
  const day = rollUp([anAnswered({ resolutionSeconds: 123.456 })]);
  expect(combine([day])).toEqual(day);
});

it("does not average percentiles: one slow day of many is not half of all", () => {
  const quick = rollUp(Array.from({ length: 99 }, () => anAnswered({ resolutionSeconds: 10 })));
  const slow = rollUp([anAnswered({ resolutionSeconds: 10_000 })]);
  const { p50 } = combine([quick, slow]).counters.resolutionSeconds;
  expect(p50).toBeGreaterThan(9);
  expect(p50).toBeLessThan(11);
});

describe("durations", () => {
  const seconds = fc.array(fc.double({ min: 0, max: 400 * 24 * 3_600, noNaN: true }));
  it("are kept in a bounded number of buckets, none lost", () => {
    fc.assert(
      fc.property(seconds, (durations) => {
        const histogram = histogramOf(durations);
        expect(Object.keys(histogram).every((bucket) => Number(bucket) >= 0 && Number(bucket) <= 354)).toBe(true);
        expect(percentilesIn(histogram).count).toBe(durations.length);
      }),
    );
  });

  it("have percentiles that somebody really waited", () => {
    fc.assert(
      fc.property(seconds, (durations) => {
        const { p50, p90 } = percentilesOf(durations);
        expect(
          durations.length === 0
            ? p50 === null && p90 === null
            : durations.includes(p50 ?? -1) && durations.includes(p90 ?? -1),
        ).toBe(true);
      }),
    );
  });

  it("merge in any order", () => {
    const [a, b] = [histogramOf([0.2, 5, 5]), histogramOf([5, 1_000])];
    expect(mergeHistograms([a, b])).toEqual(mergeHistograms([b, a]));
    expect(mergeHistograms([a, b])).toEqual(histogramOf([0.2, 5, 5, 5, 1_000]));
  });
});

it("counts cases apart", () => {
  expect(counted(aGated(), aGated({ caseId: caseIdNumber(3) })).gated).toBe(2);
});
