import type { CaseRecord } from "../case/case-record.ts";
import { type CaseStore, requireCase, retryOnChange } from "../case/case-store.ts";
import type { Disposition, Draws, Reason } from "../contracts/disposition.ts";
import type { GateOutput } from "../contracts/payloads.ts";
import type { Policy } from "../contracts/policy.ts";
import type { Proposal } from "../contracts/proposal.ts";
import { gatedEntry } from "../learning/tally-entries.ts";
import { hashOf } from "../ledger/chain.ts";
import { software } from "../ledger/event.ts";
import type { CompiledPolicy } from "../policy/compile.ts";
import type { PolicyKeeper } from "../policy/policy-store.ts";
import type { Vocabulary } from "../policy/vocabulary.ts";
import type { Proposals } from "../proposal/proposals.ts";
import { failureReason } from "./failure.ts";
import { judge } from "./gate.ts";

export interface GateCasePorts {
  readonly cases: Pick<CaseStore, "find" | "commit">;
  readonly proposals: Pick<Proposals, "find">;
  readonly policies: Pick<PolicyKeeper, "current" | "keep">;
  /** Once a version; the gate compiles nothing a second time. */
  readonly compile: (policy: Policy) => CompiledPolicy;
  /** Three unforeseeable numbers, drawn once a case. */
  readonly draw: () => Draws;
  readonly now: () => Date;
}

/**
 * Judges a case once by the policy in force and writes down why; asked again, it answers what it answered. The version is
 * stored before a case refers to it. A case that its sender took back goes on to delivery.
 */
export async function gateCase(
  caseId: string,
  failure: { error: string; cause: string } | null,
  { cases, proposals, policies, compile, draw, now }: GateCasePorts,
): Promise<GateOutput> {
  const draws = draw();
  return retryOnChange(async () => {
    const before = await requireCase(cases, caseId);
    if (before.withdrawal) return nothingToDo;
    if (before.disposition) return answer(before.disposition);
    // Its execution died and another one asks people: whoever still calls for the dead one judges nothing any more.
    if (before.status !== "opened") return nothingToDo;
    const compiled = compile(await policies.current(before.workflow));
    await policies.keep(compiled.policy);
    const proposal = failure ? null : await proposals.find(caseId);
    const at = now();
    const disposition = judge(
      {
        proposal,
        obstacles: obstaclesOf(before, failure, proposal),
        departmentQueue: proposal?.departmentQueue ?? null,
        now: at,
        draws,
      },
      compiled,
    );
    const after: CaseRecord = {
      ...before,
      disposition,
      status: disposition.kind === "pass" ? "decided" : before.status,
      headline: proposal?.headline ?? before.headline,
      documentHash: proposal?.documentHash ?? before.documentHash,
      missingFields: missingFrom(proposal, compiled.vocabulary),
    };
    const entry = ledgerEntry(disposition, proposal, after, compiled);
    await cases.commit({ before, after, entry, tally: [gatedEntry(after, disposition, at)] }, at);
    return answer(disposition);
  });
}

function ledgerEntry(
  disposition: Disposition,
  proposal: Proposal | null,
  { documentHash }: CaseRecord,
  { policy, hash }: CompiledPolicy,
) {
  const passed = disposition.kind === "pass";
  return {
    type: "ProposalGated" as const,
    actor: software,
    summary: passed
      ? "Passed every rule of the policy"
      : `Needs a person: ${disposition.reasons.map((reason) => reason.message).join("; ")}`,
    details: {
      policyVersion: policy.version,
      policyHash: hash,
      accountableOwner: policy.accountableOwner,
      draws: disposition.draws,
      sampled: passed ? (disposition.audited ? "audited" : null) : disposition.sampled,
      blind: passed ? disposition.audited : disposition.blind,
      fourEyes: disposition.fourEyes,
      documentHash,
      proposalHash: proposal && hashOf(proposal),
      producers: proposal?.producers ?? [],
      triggers: passed ? [] : disposition.reasons.map((reason) => reason.triggerId),
    },
  };
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

/** On to delivery, which finds what there is to deliver, or nothing. */
const nothingToDo: GateOutput = { disposition: "pass", routing: null, audited: false };

const answer = (disposition: Disposition): GateOutput =>
  disposition.kind === "review"
    ? { disposition: "review", routing: disposition.routing, audited: false }
    : { disposition: "pass", routing: null, audited: disposition.audited };
