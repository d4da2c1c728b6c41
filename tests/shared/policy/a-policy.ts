import type { Policy, Trigger } from "../../../shared/contracts/policy.ts";
import type { Vocabulary } from "../../../shared/policy/vocabulary.ts";
import { threeRungs } from "../case/builders.ts";

export const aTrigger = (changes: Partial<Trigger> = {}): Trigger => ({
  id: "a-trigger",
  kind: "policy",
  severity: "medium",
  when: "true",
  message: "It fired",
  observed: "Something",
  limit: "Nothing",
  fields: [],
  ...changes,
});

const everything = {
  actions: [
    "approve" as const,
    "correct" as const,
    "reject" as const,
    "escalate" as const,
    "ask" as const,
    "answer" as const,
  ],
  maxAmounts: null,
  edgeCases: "*" as const,
};
const criteria = { minCases: 30, maxErrorRate: 0.1 };

/** Nothing is required, and nothing fires; all that passes the rules passes alone. */
export const aPolicy = (changes: Partial<Policy> = {}): Policy => ({
  workflow: "invoices",
  version: 3,
  accountableOwner: "Head of accounts payable",
  stopped: false,
  permissions: { actions: ["pay"] },
  autonomy: { stage: "live", pilotShare: 0.5, exit: { shadow: criteria, pilot: criteria, live: criteria } },
  confidenceLimits: {},
  triggers: [],
  edgeCases: [],
  routing: threeRungs,
  authority: { reviewer: everything, expert: everything, owner: everything },
  criteria: [],
  instructions: "",
  evidence: [],
  audit: { share: 0, hold: false },
  fourEyes: { when: null, amountAbove: {}, correctedFields: [] },
  claimSeconds: 900,
  senderSeconds: 604_800,
  retention: { caseDays: 365 },
  ...changes,
});

/** Two fields and two signals are enough to say everything. */
export const aVocabulary: Vocabulary = {
  fields: {
    gross: { label: "Gross", format: "amount", required: true },
    currency: { label: "Currency", format: "currency", required: true },
  },
  signals: { totals: "The totals do not add up", twin: "It looks like an earlier one" },
  actions: ["pay"],
};
