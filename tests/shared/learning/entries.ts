import type { TallyEntry } from "../../../shared/contracts/tally.ts";
import { caseId, noon } from "../case/builders.ts";

type EntryOf<T extends TallyEntry["type"]> = Extract<TallyEntry, { type: T }>;
const about = { caseId, workflow: "invoices" as const, at: noon.toISOString() };

export const aGated = (changes: Partial<EntryOf<"gated">> = {}): EntryOf<"gated"> => ({
  type: "gated",
  ...about,
  amountMinor: 12_000,
  currency: "EUR",
  kind: "review",
  sampled: "triggered",
  triggers: ["totals"],
  policyVersion: 1,
  ...changes,
});

/** Settles an audited case: the software was right. */
export const anAnswered = (changes: Partial<EntryOf<"answered">> = {}): EntryOf<"answered"> => ({
  type: "answered",
  ...about,
  amountMinor: 12_000,
  currency: "EUR",
  reviewId: `${changes.caseId ?? caseId}-1`,
  action: "approve",
  cause: "audit",
  role: "reviewer",
  blind: false,
  final: true,
  sampled: "audited",
  wrong: false,
  costMinor: 0,
  labels: [],
  marks: [],
  policyVersion: 1,
  firstClaimSeconds: 10,
  resolutionSeconds: 100,
  ...changes,
});

export const aDelivered = (changes: Partial<EntryOf<"delivered">> = {}): EntryOf<"delivered"> => ({
  type: "delivered",
  ...about,
  outcomeId: `${changes.caseId ?? caseId}-o1`,
  action: "pay",
  decidedBy: "software",
  supersedes: null,
  caseSeconds: 200,
  ...changes,
});

export const aHarm = (changes: Partial<EntryOf<"harm">> = {}): EntryOf<"harm"> => ({
  type: "harm",
  ...about,
  harmId: "h".repeat(26),
  amountMinor: 500,
  currency: "EUR",
  source: "A dunning letter",
  date: "2026-03-01",
  decidedBy: "software",
  ...changes,
});
