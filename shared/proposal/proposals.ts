import type { CaseRecord } from "../case/case-record.ts";
import type { Proposal } from "../contracts/proposal.ts";

/** What the first pass leaves behind for one case: kept beside the case, referred to by its id. */
export interface Proposals {
  find(caseId: string): Promise<Proposal | null>;
  save(caseId: string, proposal: Proposal): Promise<void>;
}

/**
 * The proposal for the document that the case is about now. Where the sender sent it again and that version could not be read, the
 * one for the version before lies there still: nobody is shown it, and nothing of it is paid.
 */
export async function proposalOf(
  { caseId, earlierVersions, documentHash }: Pick<CaseRecord, "caseId" | "earlierVersions" | "documentHash">,
  proposals: Pick<Proposals, "find">,
): Promise<Proposal | null> {
  const found = await proposals.find(caseId);
  return earlierVersions.length > 0 && found?.documentHash !== documentHash ? null : found;
}
