import { maxExecutionDays } from "../contracts/limits.ts";
import { software } from "../ledger/event.ts";
import { caseInputOf, newExecution } from "./case-input.ts";
import type { CaseRecord } from "./case-record.ts";
import { CaseChangedError, type CaseStore, type OpenCases } from "./case-store.ts";
import type { Executions } from "./executions.ts";

/** A case younger than this may still be on its way into its first execution. */
export const graceSeconds = 5 * 60;
/** Cases looked at together: at some 20 ms each, 5 minutes are enough for 240,000 open cases. */
const casesAtOnce = 16;
/** Longest pause between two recoveries of one case, in seconds; each failed one doubles it from the grace. */
const maxPauseSeconds = 24 * 60 * 60;

export interface ReconcilePorts {
  readonly cases: Pick<CaseStore, "find" | "commit">;
  readonly openCases: OpenCases;
  readonly executions: Executions;
  readonly now: () => Date;
}

/**
 * `ignorePause`: also cases that were continued a short while ago, for somebody who has just mended the cause.
 *
 * Compares open cases with executions, and continues what nobody works on any more: where an answer is stored, at
 * delivery; everywhere else in front of a person. Runs for ever, each five minutes. Returns the ids of continued cases,
 * and of those that could not be looked at: one of them never keeps the others waiting.
 */
export async function reconcile(
  ports: ReconcilePorts,
  options: Parameters<typeof reconcileCase>[2] = {},
): Promise<{ recovered: string[]; failed: Failure[] }> {
  const recovered: string[] = [];
  const failed: Failure[] = [];
  const before = new Date(ports.now().getTime() - graceSeconds * 1000);
  const look = async (caseId: string) => {
    try {
      if (await reconcileCase(caseId, ports, options)) recovered.push(caseId);
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

/** Continues one case if its execution is dead, or will soon be too old to go on. */
export async function reconcileCase(
  caseId: string,
  ports: ReconcilePorts,
  { ignorePause = false }: { readonly ignorePause?: boolean } = {},
): Promise<boolean> {
  const record = await ports.cases.find(caseId);
  if (!record || record.status === "closed") return false;
  const status = await ports.executions.statusOf(record.executionName);
  const at = ports.now();
  if (status === "running") return isOld(record, at) ? replace(record, at, ports) : false;
  if (status === "unknown") {
    // Registered, but a crash kept the execution from starting: the same name and input can be started again and again.
    await ports.executions.start(record.executionName, caseInputOf(record));
    return true;
  }
  if (!ignorePause && at < dueAgain(record)) return false;
  const recoveries = record.recoveries + 1;
  const after = { ...record, recoveries, recoveredAt: at.toISOString(), ...newExecution(record, at) };
  return goOn(record, after, "CaseRecovered", `The execution had ended (${status})`, at, ports);
}

/** An execution may last a year; a case that is still waiting goes on in a new one, at the step where it is. */
async function replace(record: CaseRecord, at: Date, ports: ReconcilePorts): Promise<boolean> {
  // What is not waiting will be done within days.
  if (record.status !== "waiting" && record.status !== "auditing") return false;
  const after = { ...record, ...newExecution(record, at) };
  const done = await goOn(record, after, "CaseContinued", "The execution was getting old", at, ports);
  // The old one learns it also by itself, when its time runs out: another execution has the case.
  if (done) await ports.executions.stop(record.executionName);
  return done;
}

const isOld = ({ executionStartedAt, openedAt }: CaseRecord, at: Date): boolean =>
  at.getTime() - new Date(executionStartedAt ?? openedAt).getTime() > maxExecutionDays * 24 * 60 * 60 * 1000;

async function goOn(
  before: CaseRecord,
  after: CaseRecord,
  type: "CaseRecovered" | "CaseContinued",
  because: string,
  at: Date,
  { cases, executions }: ReconcilePorts,
): Promise<boolean> {
  const input = caseInputOf(after);
  const entry = {
    type,
    actor: software,
    summary: `${because}; continued at ${input.enterAt}`,
    details: { execution: before.executionName, enterAt: input.enterAt, recoveries: after.recoveries },
  };
  try {
    await cases.commit({ before, after, entry }, at);
  } catch (error) {
    // Somebody else moved the case on; the next pass looks again.
    if (error instanceof CaseChangedError) return false;
    throw error;
  }
  await executions.start(after.executionName, input);
  return true;
}

function dueAgain({ recoveries, recoveredAt, openedAt }: CaseRecord): Date {
  if (recoveredAt === null) return new Date(openedAt);
  const pauseSeconds = Math.min(maxPauseSeconds, graceSeconds * 2 ** Math.min(recoveries - 1, 10));
  return new Date(new Date(recoveredAt).getTime() + pauseSeconds * 1000);
}
