import type { CaseRecord, ReviewRecord } from "../../../shared/case/case-record.ts";
import type { Person } from "../../../shared/contracts/people.ts";
import type { Policy } from "../../../shared/contracts/policy.ts";
import { createResumer } from "../../../shared/review/resume.ts";
import { invoices } from "../../../shared/workflows/invoices/workflow.ts";
import { aCase, aPerson, aProposal, aReview, aReviewDisposition, caseId, noon } from "../case/builders.ts";
import { inMemoryCases } from "../case/in-memory-cases.ts";
import {
  inMemoryAnnouncer,
  inMemoryAttachments,
  inMemoryOpenings,
  inMemoryPeople,
  inMemoryProposals,
  inMemoryTokens,
} from "../case/in-memory-ports.ts";
import { inMemoryPolicies } from "../policy/in-memory-policies.ts";

interface Given {
  readonly record?: Partial<CaseRecord>;
  readonly reviews?: readonly ReviewRecord[];
  readonly people?: readonly Person[];
  /** Changes to the policy that ships for invoices. */
  readonly policy?: Partial<Policy>;
}

/** A case that waits for Rita, Ron or anybody above them, a clock that stands still, and a workflow that sleeps. */
export function aDesk({ record = {}, reviews = [aReview()], people = staff, policy = {} }: Given = {}) {
  const cases = inMemoryCases();
  cases.given(aCase({ status: "waiting", rounds: 1, disposition: aReviewDisposition(), ...record }), ...reviews);
  const tokens = inMemoryTokens(...reviews.map(({ taskToken }) => taskToken));
  const clock = { now: noon };
  const failures: unknown[] = [];
  return {
    cases,
    tokens,
    clock,
    failures,
    people: inMemoryPeople(...people),
    announcer: inMemoryAnnouncer(),
    policies: inMemoryPolicies({ ...invoices.policy, ...policy }),
    proposals: inMemoryProposals({ [caseId]: aProposal() }),
    openings: inMemoryOpenings(),
    attachments: inMemoryAttachments(),
    workflows: { invoices },
    resumer: createResumer({ tokens, outbox: cases }),
    wakeFailed: (error: unknown) => void failures.push(error),
    now: () => clock.now,
  };
}

export const staff = [
  aPerson("rita"),
  aPerson("ron"),
  aPerson("eva", { role: "expert" }),
  aPerson("olga", { role: "owner", unlimited: true, limits: {} }),
];
