import type { CaseRecord } from "../case/case-record.ts";
import type { Reason } from "../contracts/disposition.ts";

/** Why a case is in front of a person. There is always a reason: a case that died before the gate says that. */
export function reasonsOf({ disposition, obstacles }: CaseRecord): Reason[] {
  if (disposition?.kind === "review") return disposition.reasons;
  // An audit, or a case that was let through and is looked at again: no rule fired.
  if (disposition?.kind === "pass") return [];
  if (obstacles.length > 0) return obstacles;
  return [
    {
      triggerId: "workflow-died",
      kind: "data-quality",
      severity: "high",
      message: "The workflow stopped before it had an answer",
      observed: "The execution ended without a decision",
      limit: "Only what was judged by the policy can pass alone",
      passesIf: "the workflow had run to its end",
      fields: [],
    },
  ];
}
