import type { FieldDescriptor, GetCaseResponse } from "../../../shared/contracts/api.ts";
import type { Reason } from "../../../shared/contracts/disposition.ts";

/** Fields somebody should look at: named by a reason or a fired signal, below the confidence that may act alone, missing, or with a better value at hand. */
export function fieldsToLookAt(subject: GetCaseResponse, reasons: readonly Reason[]): ReadonlySet<string> {
  if (subject.masked) return new Set();
  const named = [...reasons, ...(subject.proposal?.signals ?? []).filter((signal) => signal.fired === true)];
  const fields = new Set(named.flatMap(({ fields }) => fields));
  for (const { field, required } of subject.fields) {
    const finding = subject.proposal?.findings.find((candidate) => candidate.field === field);
    const limit = subject.confidenceLimits[field];
    const unsure =
      finding?.value != null && (finding.confidence === null || (limit !== undefined && finding.confidence < limit));
    if (unsure || finding?.suggestion !== undefined || (required && finding?.value == null)) fields.add(field);
  }
  return fields;
}

/** The form's order: what to look at first, then the rest as the workflow orders it. It does not change while somebody types. */
export function orderFields(fields: readonly FieldDescriptor[], look: ReadonlySet<string>): readonly FieldDescriptor[] {
  return [...fields.filter(({ field }) => look.has(field)), ...fields.filter(({ field }) => !look.has(field))];
}
