import type { Policy, Trigger } from "../../../shared/policy/policy.ts";
import type { Vocabulary } from "../../../shared/policy/vocabulary.ts";
import { threeRungs } from "../case/builders.ts";

export const aTrigger = (changes: Partial<Trigger> = {}): Trigger => ({
  id: "a-trigger",
  kind: "policy",
  when: "true",
  message: "It fired",
  observed: "Something",
  limit: "Nothing",
  fields: [],
  ...changes,
});

/** Nothing is required, and nothing fires. */
export const aPolicy = (changes: Partial<Policy> = {}): Policy => ({
  workflow: "invoices",
  version: 3,
  accountableOwner: "Head of accounts payable",
  confidenceLimits: {},
  triggers: [],
  routing: threeRungs,
  criteria: [],
  ...changes,
});

/** Two fields and two signals are enough to say everything. */
export const aVocabulary: Vocabulary = {
  fields: {
    gross: { label: "Gross", format: "amount", required: true },
    currency: { label: "Currency", format: "currency", required: true },
  },
  signals: { totals: "The totals do not add up", twin: "It looks like an earlier one" },
};
