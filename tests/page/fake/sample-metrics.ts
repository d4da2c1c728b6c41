import type { Counters } from "../../../shared/contracts/tally.ts";

const quiet: Counters = {
  gated: 0,
  passed: 0,
  escalated: 0,
  escalatedBy: {},
  graded: {},
  overriddenFields: {},
  answers: {},
  marks: {},
  firstClaimSeconds: { count: 0, p50: null, p90: null },
  resolutionSeconds: { count: 0, p50: null, p90: null },
  delivered: 0,
  superseded: 0,
  wouldHaveCost: {},
  harm: {},
  harmReports: 0,
};

const total: Counters = {
  gated: 400,
  passed: 312,
  escalated: 88,
  escalatedBy: { totals: 41, duplicate: 20, "confidence-gross": 27 },
  graded: { triggered: { cases: 80, wrong: 31 }, audited: { cases: 16, wrong: 1 } },
  overriddenFields: { gross: { proposed: 88, changed: 22 }, iban: { proposed: 88, changed: 3 } },
  answers: { approve: 50, correct: 30, reject: 8 },
  marks: { "wrong-queue": 3 },
  firstClaimSeconds: { count: 88, p50: 240, p90: 3_300 },
  resolutionSeconds: { count: 88, p50: 412, p90: 7_900 },
  delivered: 396,
  superseded: 1,
  wouldHaveCost: { EUR: 36_000 },
  harm: { EUR: 12_050 },
  harmReports: 1,
};

/** Figures of the days asked for: invented, and the same every time. */
export function sampleMetrics(query: URLSearchParams) {
  const from = query.get("from") ?? "2026-11-01";
  const to = query.get("to") ?? "2026-11-24";
  const count = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
  const days = Array.from({ length: count }, (_, at) => ({
    day: new Date(Date.parse(from) + at * 86_400_000).toISOString().slice(0, 10),
    counters: {
      ...quiet,
      gated: 12 + (at % 5),
      escalated: at % 4,
      resolutionSeconds: { count: 3, p50: 300 + (at % 7) * 60, p90: 3_000 },
    },
  }));
  const hour = 3_600_000;
  const backlog = {
    waiting: 9,
    overdue: 1,
    oldestOpenedAt: new Date(Date.now() - 5 * hour).toISOString(),
    nextDueAt: new Date(Date.now() + hour / 2).toISOString(),
  };
  return { from, to, total, days, backlog };
}
