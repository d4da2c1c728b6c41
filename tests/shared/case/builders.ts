import type { CaseRecord, ReviewRecord } from "../../../shared/case/case-record.ts";
import type { DecisionRecord } from "../../../shared/contracts/decision.ts";
import type { Disposition, Reason, Routing } from "../../../shared/contracts/disposition.ts";
import type { OpenReviewInput } from "../../../shared/contracts/payloads.ts";
import type { Membership, Person } from "../../../shared/contracts/people.ts";
import type { Finding, Proposal } from "../../../shared/contracts/proposal.ts";
import { firstHash } from "../../../shared/ledger/chain.ts";

/** 26 letters that are a valid case id, different for each number below 26. */
export const caseIdNumber = (number: number): string => "abcdefghijklmnopqrstuvwxyz".charAt(number).repeat(26);
export const caseId = caseIdNumber(2);
export const reviewId = `${caseId}-1`;

export const noon = new Date("2026-03-02T12:00:00.000Z");
export const later = (seconds: number, from = noon): Date => new Date(from.getTime() + seconds * 1000);

export const threeRungs: Routing = {
  queue: "invoices",
  priority: 0,
  ladder: [
    { role: "reviewer", dueSeconds: 3_600 },
    { role: "expert", dueSeconds: 7_200 },
    { role: "owner", dueSeconds: 86_400 },
  ],
};

export const aReason = (changes: Partial<Reason> = {}): Reason => ({
  triggerId: "totals",
  kind: "data-quality",
  message: "The totals do not add up",
  observed: "100 + 19 is not 120",
  limit: "Net plus tax is gross",
  passesIf: "the total were 119.00 EUR",
  fields: ["gross"],
  ...changes,
});

export const aReviewDisposition = (
  changes: Partial<Extract<Disposition, { kind: "review" }>> = {},
): Extract<Disposition, { kind: "review" }> => ({
  kind: "review",
  policyVersion: 1,
  at: noon.toISOString(),
  reasons: [aReason()],
  passesIf: "the total were 119.00 EUR",
  routing: threeRungs,
  ...changes,
});

export const aPass = (): Disposition => ({ kind: "pass", policyVersion: 1, at: noon.toISOString() });

export const aCase = (changes: Partial<CaseRecord> = {}): CaseRecord => ({
  caseId,
  workflow: "invoices",
  status: "opened",
  openedAt: noon.toISOString(),
  dueAt: null,
  submitter: null,
  reference: null,
  fileName: "invoice.pdf",
  headline: { title: "Brandt GmbH", subtitle: "R-2026/1184", amountMinor: 12_000, currency: "EUR" },
  disposition: null,
  decision: null,
  outcomeId: null,
  pages: 1,
  source: { bucket: "intake", key: "invoices/invoice.pdf", versionId: "v1", fileName: "invoice.pdf", sizeBytes: 1_000 },
  documentHash: "d".repeat(64),
  obstacles: [],
  missingFields: [],
  executionName: caseId,
  recoveries: 0,
  recoveredAt: null,
  rounds: 0,
  ledgerSequence: 0,
  ledgerHash: firstHash,
  ...changes,
});

export const aReview = (changes: Partial<ReviewRecord> = {}): ReviewRecord => {
  const round = changes.round ?? 1;
  const ofCase = changes.caseId ?? caseId;
  return {
    reviewId: `${ofCase}-${round}`,
    caseId: ofCase,
    workflow: "invoices",
    queue: "invoices",
    role: "reviewer",
    status: "waiting",
    priority: 0,
    openedAt: noon.toISOString(),
    dueAt: later(3_600).toISOString(),
    headline: { title: "Brandt GmbH", subtitle: "R-2026/1184", amountMinor: 12_000, currency: "EUR" },
    reasons: [aReason()],
    claim: null,
    decision: null,
    taskToken: `token-of-round-${round}`,
    attempt: 0,
    routing: threeRungs,
    rung: 0,
    round,
    cause: "gate",
    revision: 0,
    ...changes,
  };
};

export const aDecision = (changes: Partial<DecisionRecord> = {}): DecisionRecord => ({
  reviewId,
  decision: { action: "approve" },
  decidedBy: "rita",
  decidedByName: "Rita",
  role: "reviewer",
  decidedAt: noon.toISOString(),
  ...changes,
});

export const aMembership = (changes: Partial<Membership> = {}): Membership => ({
  workflow: "invoices",
  role: "reviewer",
  queues: "*",
  limits: { EUR: 1_000_000 },
  unlimited: false,
  ...changes,
});

/** A person with one membership, or with those that are given. */
export const aPerson = (
  personId: string,
  membership: Partial<Membership> = {},
  changes: Partial<Person> = {},
): Person => ({
  personId,
  name: personId.charAt(0).toUpperCase() + personId.slice(1),
  memberships: [aMembership(membership)],
  ...changes,
});

export const aFinding = (field: string, value: string | null, confidence: number | null = 0.99): Finding => ({
  field,
  value,
  confidence,
  source: "text-layer",
  evidence: [],
});

export const aProposal = (changes: Partial<Proposal> = {}): Proposal => ({
  schemaVersion: 1,
  workflow: "invoices",
  action: "pay",
  failure: null,
  findings: [
    aFinding("supplier", "Brandt GmbH"),
    aFinding("number", "R-2026/1184"),
    aFinding("issueDate", "2026-02-27"),
    aFinding("currency", "EUR"),
    aFinding("gross", "120.00"),
  ],
  lines: [{ cells: { description: "Paper", amount: "120.00" }, confidence: 0.9, evidence: [] }],
  signals: [],
  pages: 1,
  documentHash: "d".repeat(64),
  headline: { title: "Brandt GmbH", subtitle: "R-2026/1184", amountMinor: 12_000, currency: "EUR" },
  departmentQueue: null,
  layout: null,
  producers: [{ name: "test", version: "1" }],
  ...changes,
});

export const anOpening = (changes: Partial<OpenReviewInput> = {}): OpenReviewInput => ({
  caseId,
  round: 1,
  attempt: 0,
  routing: threeRungs,
  rung: 0,
  cause: "gate",
  taskToken: "token-1",
  pages: 1,
  ...changes,
});
