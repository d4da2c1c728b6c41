import type { CaseRecord } from "../case/case-record.ts";
import { type CaseStore, requireCase, retryOnChange } from "../case/case-store.ts";
import type { Reason } from "../contracts/disposition.ts";
import type { Workflow } from "../contracts/identifiers.ts";
import type { GateOutput } from "../contracts/payloads.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { hashOf } from "../ledger/chain.ts";
import { software } from "../ledger/event.ts";
import type { CompiledPolicy } from "../policy/compile.ts";
import type { Vocabulary } from "../policy/vocabulary.ts";
import type { Proposals } from "../proposal/proposals.ts";
import { failureReason } from "./failure.ts";
import { judge } from "./gate.ts";

export interface GateCasePorts {
  readonly cases: Pick<CaseStore, "find" | "commit">;
  readonly proposals: Pick<Proposals, "find">;
  readonly policies: Readonly<Record<Workflow, CompiledPolicy>>;
  readonly now: () => Date;
}

/** Judges a case once and writes down why; asked again, it answers what it answered. */
export async function gateCase(
  caseId: string,
  failure: { error: string; cause: string } | null,
  { cases, proposals, policies, now }: GateCasePorts,
): Promise<GateOutput> {
  return retryOnChange(async () => {
    const before = await requireCase(cases, caseId);
    if (before.disposition) return answer(before);
    const compiled = policies[before.workflow];
    const proposal = failure ? null : await proposals.find(caseId);
    const at = now();
    const disposition = judge(
      {
        proposal,
        obstacles: obstaclesOf(before, failure, proposal),
        departmentQueue: proposal?.departmentQueue ?? null,
        now: at,
      },
      compiled,
    );
    const passed = disposition.kind === "pass";
    const after: CaseRecord = {
      ...before,
      disposition,
      status: passed ? "decided" : before.status,
      headline: proposal?.headline ?? before.headline,
      documentHash: proposal?.documentHash ?? before.documentHash,
      missingFields: missingFrom(proposal, compiled.vocabulary),
    };
    const entry = {
      type: "ProposalGated" as const,
      actor: software,
      summary: passed
        ? "Passed every rule of the policy"
        : `Needs a person: ${disposition.reasons.map((reason) => reason.message).join("; ")}`,
      details: {
        policyVersion: disposition.policyVersion,
        documentHash: after.documentHash,
        proposalHash: proposal && hashOf(proposal),
        producers: proposal?.producers ?? [],
        triggers: passed ? [] : disposition.reasons.map((reason) => reason.triggerId),
      },
    };
    return answer(await cases.commit({ before, after, entry }, at));
  });
}

/** Fields that whoever lets the case through has to fill in. */
const missingFrom = (proposal: Proposal | null, { fields }: Vocabulary): string[] =>
  Object.keys(fields).filter(
    (name) => fields[name]?.required && !proposal?.findings.find(({ field }) => field === name)?.value,
  );

function obstaclesOf(
  record: CaseRecord,
  failure: { error: string; cause: string } | null,
  proposal: Proposal | null,
): Reason[] {
  const failed = failure ?? proposal?.failure;
  if (failed)
    return [...record.obstacles, failureReason(failed.error, "cause" in failed ? failed.cause : failed.message)];
  if (!proposal)
    return [...record.obstacles, failureReason("ProposalMissingError", "The first pass ended without a proposal.")];
  return record.obstacles;
}

const answer = ({ disposition }: CaseRecord): GateOutput =>
  disposition?.kind === "review"
    ? { disposition: "review", routing: disposition.routing }
    : { disposition: "pass", routing: null };
