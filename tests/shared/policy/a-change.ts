import type { PolicyChange } from "../../../shared/contracts/policy.ts";
import { later, noon } from "../case/builders.ts";
import { aPolicy } from "./a-policy.ts";

/** A change that Olga proposed on version 3, and that waits for another owner. */
export const aChange = (changes: Partial<PolicyChange> = {}): PolicyChange => ({
  changeId: "invoices-3-aaaaaaaa",
  workflow: "invoices",
  status: "waiting",
  baseVersion: 3,
  version: null,
  differences: [{ path: "/claimSeconds", effect: "loosens", summary: "Seconds that a claim lasts from 900 to 600." }],
  because: "Claims are forgotten",
  proposedBy: "olga",
  proposedByName: "Olga",
  proposedAt: noon.toISOString(),
  expiresAt: later(14 * 24 * 60 * 60).toISOString(),
  answeredBy: null,
  answeredByName: null,
  answeredAt: null,
  note: null,
  policy: aPolicy({ claimSeconds: 600 }),
  ...changes,
});
