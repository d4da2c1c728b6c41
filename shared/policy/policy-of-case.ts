import type { CaseRecord } from "../case/case-record.ts";
import type { Policy } from "../contracts/policy.ts";
import type { Policies } from "./policy-store.ts";

/** The policy a case is handled by: the version it was gated with, or, where it died before the gate, the one in force. */
export async function policyOfCase(
  { workflow, disposition }: Pick<CaseRecord, "workflow" | "disposition">,
  policies: Policies,
): Promise<Policy> {
  const gated = disposition && (await policies.version(workflow, disposition.policyVersion));
  return gated ?? policies.current(workflow);
}
