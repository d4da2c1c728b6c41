import type { CaseRecord, ReviewRecord } from "../../../shared/case/case-record.ts";
import type { Claim } from "../../../shared/contracts/case.ts";
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
  severity: "medium",
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
  draws: null,
  fourEyes: false,
  sampled: "triggered",
  blind: false,
  reasons: [aReason()],
  passesIf: "the total were 119.00 EUR",
  routing: threeRungs,
  ...changes,
});

export const aPass = (changes: Partial<Extract<Disposition, { kind: "pass" }>> = {}): Disposition => ({
  kind: "pass",
  policyVersion: 1,
  at: noon.toISOString(),
  draws: null,
  fourEyes: false,
  audited: false,
  routing: null,
  ...changes,
});

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
  withdrawal: null,
  outcomeId: null,
  messages: [],
  senderAsked: false,
  pages: 1,
  source: { bucket: "intake", key: "invoices/invoice.pdf", versionId: "v1", fileName: "invoice.pdf", sizeBytes: 1_000 },
  documentHash: "d".repeat(64),
  obstacles: [],
  missingFields: [],
  next: null,
  step: null,
  question: null,
  firstRound: 1,
  outcomes: 0,
  outcomeHash: null,
  audit: null,
  earlierVersions: [],
  executions: 0,
  keepUntil: null,
  executionName: caseId,
  executionStartedAt: noon.toISOString(),
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
    blind: false,
    blindAnswer: null,
    question: null,
    claim: null,
    firstClaimedAt: null,
    decision: null,
    tokenSince: null,
    keepUntil: null,
    sealed: false,
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
  onBehalfOf: null,
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
  covers: [],
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
  version: 2,
  enteredAt: null,
  caseExecution: null,
  pages: 1,
  ...changes,
});

export const aClaim = (by: string, until: Date, changes: Partial<Claim> = {}): Claim => ({
  by,
  byName: by.charAt(0).toUpperCase() + by.slice(1),
  until: until.toISOString(),
  assignedBy: null,
  ...changes,
});

/** What whoever looks at the document of these cases states. */
export const seen = {
  supplier: "Brandt GmbH",
  number: "R-2026/1184",
  issueDate: "2026-02-27",
  currency: "EUR",
  gross: "120.00",
};
