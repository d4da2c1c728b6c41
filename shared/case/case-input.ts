import type { ReviewCause } from "../contracts/decision.ts";
import type { Routing } from "../contracts/disposition.ts";
import type { CaseInput } from "../contracts/payloads.ts";
import type { CaseRecord } from "./case-record.ts";

/** Where a case goes that died before the gate could route it: to its workflow's owner, soon. */
export const recoveryRouting = (workflow: string): Routing => ({
  queue: workflow,
  priority: 5,
  ladder: [{ role: "owner", dueSeconds: 24 * 60 * 60 }],
});

/** The next execution of a case, under a name that was never used: names can be used again, but not to the same effect. */
export function newExecution({ caseId, executions }: CaseRecord, at: Date) {
  const number = executions + 1;
  return { executions: number, executionName: `${caseId}-e${number}`, executionStartedAt: at.toISOString() };
}

/**
 * What an execution of this case is started with: the whole of where it goes on. A case that was never tried is automated; one
 * whose answer is stored is delivered; any other is put in front of people, at the step where it was.
 */
export function caseInputOf(record: CaseRecord): CaseInput {
  const { caseId, workflow, firstRound, rounds } = record;
  const enterAt = entryOf(record);
  if (enterAt !== "review")
    return {
      caseId,
      workflow,
      enterAt,
      round: enterAt === "automate" ? firstRound : 1,
      routing: null,
      rung: 0,
      cause: "gate",
    };
  const step = record.next ?? record.step;
  const routing = step?.routing ?? record.disposition?.routing ?? recoveryRouting(workflow);
  return {
    caseId,
    workflow,
    enterAt,
    round: rounds + 1,
    routing,
    rung: step?.rung ?? 0,
    cause: record.next?.cause ?? continued(step?.cause),
  };
}

function entryOf(record: CaseRecord): CaseInput["enterAt"] {
  const { status, decision, withdrawal, disposition, recoveries } = record;
  if (status === "decided" && (decision !== null || withdrawal !== null || disposition?.kind === "pass"))
    return "deliver";
  return status === "opened" && recoveries === 0 ? "automate" : "review";
}

/** A step that is opened once more keeps its meaning where it has one; else it says that the case was continued. */
function continued(cause: ReviewCause | undefined): ReviewCause {
  const plain: readonly (ReviewCause | undefined)[] = [undefined, "gate", "time-out", "escalation", "recovery"];
  return cause === undefined || plain.includes(cause) ? "recovery" : cause;
}
