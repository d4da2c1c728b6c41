import type * as z from "zod";
import type { getCaseResponse } from "../contracts/api.ts";
import type { Person } from "../contracts/people.ts";
import { maySeeCase } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import { policyOfCase } from "../policy/policy-of-case.ts";
import type { Policies } from "../policy/policy-store.ts";
import { type Proposals, proposalOf } from "../proposal/proposals.ts";
import { isBlind } from "../review/blindness.ts";
import type { WorkflowDefinition } from "../workflows/workflow.ts";
import { type CaseRecord, maskedHeadline, type ReviewRecord, summaryOfCase, summaryOfReview } from "./case-record.ts";
import { CaseNotFoundError, type CaseStore, type Openings } from "./case-store.ts";
import { guidanceFor } from "./guidance.ts";
import { timelineOf } from "./timeline.ts";

export interface GetCasePorts {
  readonly cases: Pick<CaseStore, "find" | "reviewsOf" | "history">;
  readonly people: People;
  readonly proposals: Pick<Proposals, "find">;
  readonly openings: Pick<Openings, "of">;
  readonly policies: Policies;
  readonly workflows: Readonly<Record<string, WorkflowDefinition>>;
  readonly now: () => Date;
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

/** Everything a reviewer needs to answer, and everything that was done before; of a blind review, nothing the software found. */
export async function getCase(
  caseId: string,
  personId: string,
  ports: GetCasePorts,
): Promise<z.infer<typeof getCaseResponse>> {
  const { record, person } = await visibleCase(caseId, personId, ports);
  const [reviews, events, proposal, policy, openedPages] = await Promise.all([
    ports.cases.reviewsOf(record.caseId),
    ports.cases.history(record.caseId),
    proposalOf(record, ports.proposals),
    policyOfCase(record, ports.policies),
    ports.openings.of(record.caseId, record.rounds, personId),
  ]);
  const definition = ports.workflows[record.workflow];
  const masked = reviews.some((review) => review.status === "waiting" && isBlind(review));
  return {
    case: masked ? maskedCase(record) : summaryOfCase(record),
    proposal: masked ? null : shownProposal(proposal),
    confidenceLimits: masked ? {} : policy.confidenceLimits,
    fields: [...(definition?.fields ?? [])],
    lineCells: [...(definition?.lineCells ?? [])],
    reviews: reviews
      .map((review) => summaryOfReview(review))
      .map((summary) => (masked ? { ...summary, ...hidden } : summary)),
    timeline: timelineOf(events, { masked, sealed: sealedIds(reviews) }),
    masked,
    guidance: guidanceFor({ record, reviews, person, policy, openedPages, now: ports.now() }),
  };
}

const hidden = { headline: maskedHeadline, reasons: [] };

const sealedIds = (reviews: readonly ReviewRecord[]): string[] =>
  reviews.filter(({ sealed }) => sealed).map(({ reviewId }) => reviewId);

function shownProposal(proposal: Awaited<ReturnType<GetCasePorts["proposals"]["find"]>>) {
  if (!proposal) return null;
  const { action, failure, findings, lines, signals } = proposal;
  return { action, failure, findings, lines, signals };
}

/** Neither what was found, nor whether it passed: an audit looks like any other blind review. */
function maskedCase(record: CaseRecord) {
  return summaryOfCase({
    ...record,
    status: "waiting",
    headline: maskedHeadline,
    disposition: null,
    decision: null,
    outcomeId: null,
  });
}
