import type { Routing } from "../contracts/disposition.ts";
import type { CaseInput } from "../contracts/payloads.ts";
import { software } from "../ledger/event.ts";
import type { CaseRecord } from "./case-record.ts";
import { CaseChangedError, type CaseStore, type OpenCases } from "./case-store.ts";
import type { Executions } from "./executions.ts";

/** A case younger than this may still be on its way into its first execution. */
export const graceSeconds = 5 * 60;
/** Cases looked at together: at some 20 ms each, 5 minutes are enough for 240,000 open cases. */
const casesAtOnce = 16;
/** Longest pause between two recoveries of one case, in seconds; each failed one doubles it from the grace. */
const maxPauseSeconds = 24 * 60 * 60;

/** Where a case goes that died before the gate could route it: to its workflow's owner, soon. */
export const recoveryRouting = (workflow: string): Routing => ({
  queue: workflow,
  priority: 5,
  ladder: [{ role: "owner", dueSeconds: 24 * 60 * 60 }],
});

export interface ReconcilePorts {
  readonly cases: Pick<CaseStore, "find" | "commit">;
  readonly openCases: OpenCases;
  readonly executions: Executions;
  readonly now: () => Date;
}

/**
 * Compares open cases with executions, and continues what nobody works on any more: where an answer is stored, at
 * delivery; everywhere else in front of a person. Runs for ever, each five minutes. Returns the ids of continued cases,
 * and of those that could not be looked at: one of them never keeps the others waiting.
 */
export async function reconcile(ports: ReconcilePorts): Promise<{ recovered: string[]; failed: Failure[] }> {
  const recovered: string[] = [];
  const failed: Failure[] = [];
  const before = new Date(ports.now().getTime() - graceSeconds * 1000);
  const look = async (caseId: string) => {
    try {
      if (await reconcileCase(caseId, ports)) recovered.push(caseId);
    } catch (error) {
      failed.push({ caseId, error });
    }
  };
  let together: string[] = [];
  for await (const caseId of ports.openCases.openSince(before)) {
    together.push(caseId);
    if (together.length < casesAtOnce) continue;
    await Promise.all(together.map(look));
    together = [];
  }
  await Promise.all(together.map(look));
  return { recovered, failed };
}

interface Failure {
  readonly caseId: string;
  readonly error: unknown;
}

/** Happens when a pass could not look at some cases. Not retried: the next pass, five minutes later, looks again. */
export class CasesUnreconciledError extends Error {
  override readonly name = "CasesUnreconciledError";

  constructor(caseIds: readonly string[]) {
    super(
      `${caseIds.length} open cases could not be reconciled: ${caseIds.slice(0, 20).join(", ")}. See the log lines before.`,
    );
  }
}

/** Continues one case if its execution is dead. */
export async function reconcileCase(caseId: string, { cases, executions, now }: ReconcilePorts): Promise<boolean> {
  const record = await cases.find(caseId);
  if (!record || record.status === "closed") return false;
  const status = await executions.statusOf(record.executionName);
  if (status === "running") return false;
  if (status === "unknown") {
    // Registered, but a crash kept the execution from starting: the same name and input can be started again and again.
    await executions.start(record.executionName, inputOf(record));
    return true;
  }
  const at = now();
  if (at < dueAgain(record)) return false;
  const recoveries = record.recoveries + 1;
  const after: CaseRecord = {
    ...record,
    recoveries,
    recoveredAt: at.toISOString(),
    executionName: `${caseId}-r${recoveries}`,
  };
  const input = inputOf(after);
  const entry = {
    type: "CaseRecovered" as const,
    actor: software,
    summary: `The execution had ended (${status}); continued at ${input.enterAt}`,
    details: { execution: record.executionName, status, enterAt: input.enterAt, recoveries },
  };
  try {
    await cases.commit({ before: record, after, entry }, at);
  } catch (error) {
    // Somebody else moved the case on; the next pass looks again.
    if (error instanceof CaseChangedError) return false;
    throw error;
  }
  await executions.start(after.executionName, input);
  return true;
}

function inputOf(record: CaseRecord): CaseInput {
  const { caseId, workflow, recoveries, disposition, decision, rounds, status } = record;
  const decided = status === "decided" && (decision !== null || disposition?.kind === "pass");
  const enterAt = recoveries === 0 ? "automate" : decided ? "deliver" : "review";
  const routing = disposition?.kind === "review" ? disposition.routing : recoveryRouting(workflow);
  return {
    caseId,
    workflow,
    enterAt,
    round: enterAt === "review" ? rounds + 1 : 1,
    routing: enterAt === "review" ? routing : null,
  };
}

function dueAgain({ recoveries, recoveredAt, openedAt }: CaseRecord): Date {
  if (recoveredAt === null) return new Date(openedAt);
  const pauseSeconds = Math.min(maxPauseSeconds, graceSeconds * 2 ** Math.min(recoveries - 1, 10));
  return new Date(new Date(recoveredAt).getTime() + pauseSeconds * 1000);
}
