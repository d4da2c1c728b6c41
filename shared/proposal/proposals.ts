import type { Proposal } from "../contracts/proposal.ts";

/** What the first pass leaves behind for one case: kept beside the case, referred to by its id. */
export interface Proposals {
  find(caseId: string): Promise<Proposal | null>;
  save(caseId: string, proposal: Proposal): Promise<void>;
}
