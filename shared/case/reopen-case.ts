import { requireRole } from "../people/authority.ts";
import type { People } from "../people/people.ts";
import { policyOfCase } from "../policy/policy-of-case.ts";
import type { Policies } from "../policy/policy-store.ts";
import { CaseNotWaitingError } from "../review/review-errors.ts";
import { caseInputOf, newExecution } from "./case-input.ts";
import type { CaseRecord } from "./case-record.ts";
import { CaseNotFoundError, type CaseStore, retryOnChange } from "./case-store.ts";
import type { Executions } from "./executions.ts";

export interface ReopenCasePorts {
  readonly cases: Pick<CaseStore, "find" | "commit">;
  readonly people: People;
  readonly policies: Policies;
  readonly executions: Pick<Executions, "start">;
  readonly now: () => Date;
}

/**
 * An owner puts a closed case in front of people again, in an execution of its own. The outcome that is out stays until another
 * answer supersedes it; an equal one upholds it.
 * @throws {CaseNotWaitingError} for a case that is not closed, or that its sender took back
 */
export function reopenCase(caseId: string, personId: string, because: string, ports: ReopenCasePorts): Promise<void> {
  return retryOnChange(async () => {
    const record = await ports.cases.find(caseId);
    if (!record) throw new CaseNotFoundError(caseId);
    const at = ports.now();
    const owner = requireRole(await ports.people.find(personId), record.workflow, "owner");
    if (record.status !== "closed")
      throw new CaseNotWaitingError(`The case is ${record.status}; only a closed one can be reopened.`);
    if (record.withdrawal)
      throw new CaseNotWaitingError(
        "Its sender took this case back, and nobody decides it for them. They send it again.",
      );
    const { routing } = await policyOfCase(record, ports.policies);
    const after: CaseRecord = {
      ...record,
      status: "waiting",
      decision: null,
      keepUntil: null,
      firstRound: record.rounds + 1,
      next: { cause: "reopen", routing: record.disposition?.routing ?? routing, rung: 0 },
      question: { by: owner.personId, byName: owner.name, text: because },
      ...newExecution(record, at),
    };
    const entry = {
      type: "CaseReopened" as const,
      actor: { kind: "person" as const, id: owner.personId, name: owner.name },
      summary: "Reopened it",
      details: { outcomeId: record.outcomeId, characters: because.length },
    };
    const stored = await ports.cases.commit({ before: record, after, entry }, at);
    // A crash before the start leaves an open case without execution: the reconciler starts it.
    await ports.executions.start(stored.executionName, caseInputOf(stored));
  });
}
