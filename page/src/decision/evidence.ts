import type { GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Problem } from "../../../shared/contracts/problem.ts";
import type { Draft } from "../case/draft.ts";

/** One thing that has to be looked at or attached before the case is let through, and how far it is. */
export interface EvidenceItem {
  readonly id: string;
  readonly label: string;
  readonly kind: "open" | "attach";
  readonly isMet: boolean;
  /** Pages that were not looked at yet. */
  readonly left: readonly number[];
  /** What the server said it lacks, when it refused an answer for it. */
  readonly lack: string | null;
}

/**
 * What the policy asks for here. @param opened - pages looked at since the case was read; the server counts images that were fetched,
 * and judges by its own count.
 */
export function evidenceOf(
  { guidance, case: { pages } }: Pick<GetCaseResponse, "guidance" | "case">,
  draft: Pick<Draft, "attachments">,
  opened: readonly number[],
  refused: Problem | null,
): readonly EvidenceItem[] {
  const seen = new Set([...guidance.openedPages, ...opened]);
  const left = Array.from({ length: pages }, (_, at) => at + 1).filter((page) => !seen.has(page));
  return guidance.evidence.map(({ id, label, kind }) => ({
    id,
    label,
    kind,
    isMet: kind === "open" ? left.length === 0 : draft.attachments.length > 0,
    left: kind === "open" ? left : [],
    lack: refused?.errors?.find(({ pointer }) => pointer === `/evidence/${id}`)?.detail ?? null,
  }));
}
