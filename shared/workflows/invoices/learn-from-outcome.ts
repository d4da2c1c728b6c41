import { retryOnChange } from "../../case/case-store.ts";
import type { Outcome } from "../../contracts/outcome.ts";
import type { Proposal } from "../../contracts/proposal.ts";
import { type ListStore, vendorList } from "./reference-list.ts";
import type { SupplierProfile } from "./signals/history.ts";
import { learnInvoice } from "./signals/supplier-profile.ts";
import { historyKey } from "./signals/vendor-match.ts";

export interface LearningPorts {
  readonly history: {
    /** Changes a supplier's profile once for each case. */
    learn(
      supplierKey: string,
      caseId: string,
      change: (profile: SupplierProfile | null) => SupplierProfile,
    ): Promise<void>;
  };
  readonly lists: Pick<ListStore, "find">;
}

/** What an invoice that is paid teaches of its supplier: accounts, layout, cost centre, items. A rejected one teaches nothing. */
export async function learnFromOutcome(
  outcome: Outcome,
  proposal: Proposal | null,
  ports: LearningPorts,
): Promise<void> {
  if (outcome.action !== "pay") return;
  const vendors = await vendorList(ports.lists);
  const { fields, lines, caseId } = outcome;
  const key = historyKey(fields.supplier ?? null, fields.taxId ?? null, vendors);
  if (key === null) return;
  const learned = { fields, lines, layout: proposal?.layout ?? null };
  await retryOnChange(() => ports.history.learn(key, caseId, (profile) => learnInvoice(profile, learned)));
}
