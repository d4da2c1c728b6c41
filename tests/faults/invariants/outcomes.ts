import type { CaseRecord, ReviewRecord } from "../../../shared/case/case-record.ts";
import { type Outcome, outcome as outcomeShape } from "../../../shared/contracts/outcome.ts";
import { finalDecisions } from "./decisions.ts";
import type { Settled } from "./settled.ts";

export function outcomesMatchDecisions({ state, world }: Settled): string[] {
  const written = new Map<string, Set<string>>();
  for (const { key, body } of world.outcomesWritten) written.set(key, (written.get(key) ?? new Set()).add(body));
  const known = new Set(state.cases.map(({ caseId, workflow }) => `${workflow}/${caseId}.json`));
  return [
    ...[...written.keys()].filter((key) => !known.has(key)).map((key) => `the outcome ${key} belongs to no case`),
    ...state.cases.flatMap((found) => {
      const bodies = [...(written.get(`${found.workflow}/${found.caseId}.json`) ?? [])];
      if (bodies.length > 1) return [`the outcome of ${found.caseId} was written with ${bodies.length} contents`];
      if (bodies[0] === undefined)
        return found.status === "closed" ? [`${found.caseId} is closed without an outcome`] : [];
      return mismatch(outcomeShape.parse(JSON.parse(bodies[0])), found, finalDecisions(state, found.caseId)[0]);
    }),
  ];
}

function mismatch(
  told: Outcome,
  { caseId, disposition, outcomeId, status }: CaseRecord,
  review: ReviewRecord | undefined,
): string[] {
  const decision = review?.decision;
  if (status === "closed" && told.outcomeId !== outcomeId) return [`${caseId} names another outcome than was written`];
  if (!decision)
    return disposition?.kind === "pass" && told.decidedBy.kind === "software"
      ? []
      : [`${caseId} has an outcome, and nobody decided it`];
  const { decidedBy } = told;
  const same =
    decidedBy.kind === "person" &&
    decidedBy.reviewId === decision.reviewId &&
    decidedBy.personId === decision.decidedBy &&
    decidedBy.action === decision.decision.action;
  const corrected = decision.decision.action === "correct" ? Object.entries(decision.decision.fields) : [];
  const fields = corrected.every(([field, value]) => told.fields[field] === value);
  const action = (decision.decision.action === "reject") === (told.action === "reject");
  return same && fields && action ? [] : [`the outcome of ${caseId} says something else than its decision`];
}
