import type { Policy } from "../../../shared/contracts/policy.ts";

/** What reasons are called that no rule of the policy words (shared/gate, shared/case/drop.ts, shared/review/reasons.ts). */
const standing: readonly (readonly [string, string])[] = [
  ["no-answer", "The software had no answer"],
  ["first-pass-failed", "The first pass failed"],
  ["action-not-permitted", "The action needs a person"],
  ["workflow-stopped", "The workflow was stopped"],
  ["autonomy-shadow", "Shadow: people decide everything"],
  ["autonomy-pilot", "Held back by the pilot"],
  ["audit", "Drawn for an audit"],
  ["workflow-unknown", "No such workflow"],
  ["metadata-unreadable", "The metadata could not be read"],
  ["workflow-died", "Continued after a failure"],
];

/** Triggers by id, as people call them: the policy's own words, and those of the gate. */
export const reasonNames = (
  policy: Pick<Policy, "triggers" | "edgeCases" | "confidenceLimits">,
  fieldNames: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> =>
  new Map([
    ...standing,
    ...Object.keys(policy.confidenceLimits).map(
      (field) => [`confidence-${field}`, `${fieldNames.get(field) ?? field}: not sure enough`] as const,
    ),
    ...policy.edgeCases.map(({ id, label }) => [`edge-${id}`, label] as const),
    ...policy.triggers.map(({ id, message }) => [id, message] as const),
  ]);
