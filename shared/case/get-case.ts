import type * as z from "zod";
import type { getCaseResponse } from "../contracts/api.ts";
import type { Membership, Person } from "../contracts/people.ts";
import type { LedgerEvent } from "../ledger/event.ts";
import { maySeeCase, membershipIn } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import type { Proposals } from "../proposal/proposals.ts";
import { sayAmount } from "../values/amount.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import { type CaseRecord, summaryOfCase, summaryOfReview } from "./case-record.ts";
import { CaseNotFoundError, type CaseStore } from "./case-store.ts";

export interface GetCasePorts {
  readonly cases: Pick<CaseStore, "find" | "reviewsOf" | "history">;
  readonly people: People;
  readonly proposals: Pick<Proposals, "find">;
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
}

/** A case that is not there and one that is not yours look the same. @throws {CaseNotFoundError} */
export async function visibleCase(
  caseId: string,
  personId: string,
  { cases, people }: Pick<GetCasePorts, "people"> & { cases: Pick<CaseStore, "find"> },
): Promise<{ record: CaseRecord; person: Person }> {
  const [record, person] = await Promise.all([cases.find(caseId), people.find(personId)]);
  if (!record || !person || !maySeeCase(person, record)) throw new CaseNotFoundError(caseId);
  return { record, person };
}

/** Everything a reviewer needs to answer, and everything that was done before. */
export async function getCase(
  caseId: string,
  personId: string,
  ports: GetCasePorts,
): Promise<z.infer<typeof getCaseResponse>> {
  const { record, person } = await visibleCase(caseId, personId, ports);
  const [reviews, events, proposal] = await Promise.all([
    ports.cases.reviewsOf(caseId),
    ports.cases.history(caseId),
    ports.proposals.find(caseId),
  ]);
  const definition = ports.workflows[record.workflow];
  return {
    case: summaryOfCase(record),
    proposal: proposal && {
      action: proposal.action,
      failure: proposal.failure,
      findings: proposal.findings,
      lines: proposal.lines,
      signals: proposal.signals,
    },
    confidenceLimits: definition?.policy.confidenceLimits ?? {},
    fields: [...(definition?.fields ?? [])],
    lineCells: [...(definition?.lineCells ?? [])],
    reviews: reviews.map(summaryOfReview),
    timeline: events.map(timelineEvent),
    guidance: {
      criteria: [...(definition?.policy.criteria ?? [])],
      authority: authorityOf(membershipIn(person, record.workflow)),
    },
  };
}

const timelineEvent = ({ sequence, at, type, actor, summary }: LedgerEvent) => ({
  sequence,
  at,
  type,
  actor: actor.name,
  summary,
});

/** What this person may let through, in plain words. */
function authorityOf(membership: Membership | undefined): string[] {
  if (!membership || membership.role === "submitter") return ["You may follow this case, not decide it."];
  if (membership.unlimited) return ["You may approve any amount."];
  const limits = Object.entries(membership.limits).map(([currency, limitMinor]) => sayAmount(limitMinor, currency));
  if (limits.length === 0) return ["You may reject and escalate, not approve."];
  return [`You may approve up to ${limits.join(", ")}; above that, escalate.`];
}
