import type { Decision, DecisionRecord } from "../../shared/contracts/decision.ts";

/** An answer that was recorded. */
export const aRecord = (decision: Decision, more: Partial<DecisionRecord> = {}): DecisionRecord => ({
  reviewId: `${"a".repeat(26)}-1`,
  decision,
  decidedBy: "person-1",
  decidedByName: "Robin Vale",
  role: "reviewer",
  decidedAt: "2026-11-24T12:00:00Z",
  onBehalfOf: null,
  ...more,
});
