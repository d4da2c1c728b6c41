import type { Reason } from "../contracts/disposition.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { percent } from "../policy/cel-environment.ts";
import type { CompiledPolicy } from "../policy/compile.ts";
import { confidenceReason } from "../policy/contradictions.ts";

/**
 * Fields that were not found, not scored, or scored below their limit: those with a limit, and every required one, whatever
 * the policy says. No confidence means review.
 */
export function confidenceReasons(
  { findings }: Proposal,
  { policy, vocabulary }: Pick<CompiledPolicy, "policy" | "vocabulary">,
): Reason[] {
  const required = Object.keys(vocabulary.fields).filter((field) => vocabulary.fields[field]?.required);
  const asked = new Set([...Object.keys(policy.confidenceLimits), ...required]);
  return [...asked].flatMap((field): Reason[] => {
    const limit = policy.confidenceLimits[field] ?? 0;
    // Where a field was found twice the first counts.
    const finding = findings.find((candidate) => candidate.field === field);
    const missing = !finding?.value?.trim();
    const confidence = finding?.confidence ?? null;
    if (!missing && confidence !== null && confidence >= limit) return [];
    const label = vocabulary.fields[field]?.label ?? field;
    const rule = {
      triggerId: confidenceReason(field),
      severity: "medium",
      limit: `Alone it may act from ${percent(limit)}`,
      fields: [field],
    } as const;
    if (missing) return [{ ...rule, fields: [field], ...notFound(label, limit) }];
    return [{ ...rule, fields: [field], ...unsure(label, limit, confidence) }];
  });
}

const notFound = (label: string, limit: number) => ({
  kind: "data-quality" as const,
  message: `${label} was not found`,
  observed: "Nothing on the document was recognised as this field",
  passesIf: `${label.toLowerCase()} were found with at least ${percent(limit)}`,
});

const unsure = (label: string, limit: number, confidence: number | null) => ({
  kind: "confidence" as const,
  message: confidence === null ? `${label} could not be scored` : `${label} read at ${percent(confidence)}`,
  observed: confidence === null ? "No confidence" : percent(confidence),
  passesIf: `confidence in ${label.toLowerCase()} were at least ${percent(limit)}`,
});
