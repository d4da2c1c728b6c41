import type { CaseSource, DropMetadata } from "../contracts/case.ts";
import type { Workflow } from "../contracts/identifiers.ts";
import { firstHash } from "../ledger/chain.ts";
import { software } from "../ledger/event.ts";
import { caseIdOfDrop } from "./case-id.ts";
import { caseInputOf } from "./case-input.ts";
import { type CaseRecord, unreadHeadline } from "./case-record.ts";
import { CaseChangedError, type CaseStore } from "./case-store.ts";
import { displayName, isAnnouncedKey, metadataUnreadable, readDrop } from "./drop.ts";
import type { Announcer, Executions } from "./executions.ts";
import { takeAnswer } from "./take-answer.ts";

/** What `POST /api/cases` announced about a key before the upload. */
export interface Submission extends DropMetadata {
  readonly caseId: string;
  readonly workflow: Workflow;
  readonly fileName: string;
}

export interface Intake {
  /** Metadata of one version: S3 user metadata joined with the sidecar; a problem in words when it cannot be read. */
  metadata(source: Pick<CaseSource, "key" | "versionId">): Promise<{ metadata: DropMetadata; problem: string | null }>;
}

export interface Submissions {
  find(key: string): Promise<Submission | null>;
}

export interface OpenCasePorts {
  readonly cases: Pick<CaseStore, "find" | "commit" | "awaiting" | "reviewsOf">;
  readonly intake: Intake;
  readonly submissions: Submissions;
  readonly executions: Pick<Executions, "start">;
  readonly announcer: Announcer;
  readonly now: () => Date;
}

/**
 * Registers a drop as a case and starts its execution. A repeated event finds the case and only makes sure that the
 * execution runs and the case is announced. The next version of a key whose sender was asked goes on with the case that asked.
 * Returns the case's id, or null when the drop is none (a folder marker, a sidecar).
 */
export async function openCase(source: Omit<CaseSource, "fileName">, ports: OpenCasePorts): Promise<string | null> {
  const drop = readDrop(source.key, source.sizeBytes);
  if (drop.kind === "ignored") return null;
  const record = (await takeAnswer({ ...source, fileName: drop.fileName }, ports)) ?? (await open(source, drop, ports));
  // A late event of a version that the sender has replaced since.
  if (record.source.versionId !== source.versionId) return record.caseId;
  if (record.status === "opened") await ports.executions.start(record.executionName, caseInputOf(record));
  // Also for a repeated event: the one before may have died between opening and announcing.
  const { caseId, workflow, reference } = record;
  await ports.announcer.announce({ type: "CaseOpened", detail: { caseId, workflow, reference } });
  return caseId;
}

async function open(
  source: Omit<CaseSource, "fileName">,
  drop: Extract<ReturnType<typeof readDrop>, { kind: "case" }>,
  ports: OpenCasePorts,
): Promise<CaseRecord> {
  const submission = isAnnouncedKey(source.key) ? await ports.submissions.find(source.key) : null;
  const dropCaseId = caseIdOfDrop(source.bucket, source.key, source.versionId);
  const announced = submission && (await isFirstVersion(submission.caseId, source.versionId, ports));
  const caseId = announced ? submission.caseId : dropCaseId;
  const record = await register(caseId, source, drop, submission, ports);
  const isIts = [record.source.versionId, ...record.earlierVersions].includes(source.versionId);
  // Two uploads under one announced key at the same moment: the other one is the announced case, this one its own.
  return isIts ? record : register(dropCaseId, source, drop, submission, ports);
}

/** The first upload under an announced key is the announced case; a second one is a case of its own. */
async function isFirstVersion(caseId: string, versionId: string, { cases }: OpenCasePorts): Promise<boolean> {
  const taken = await cases.find(caseId);
  return taken === null || [taken.source.versionId, ...taken.earlierVersions].includes(versionId);
}

async function register(
  caseId: string,
  source: Omit<CaseSource, "fileName">,
  drop: Extract<ReturnType<typeof readDrop>, { kind: "case" }>,
  submission: Submission | null,
  { cases, intake, now }: OpenCasePorts,
): Promise<CaseRecord> {
  const { metadata, problem } = await intake.metadata(source);
  const told = submission ?? metadata;
  const openedAt = now();
  const fileName = submission ? displayName(submission.fileName) : drop.fileName;
  const after: CaseRecord = {
    caseId,
    workflow: submission?.workflow ?? drop.workflow,
    status: "opened",
    openedAt: openedAt.toISOString(),
    dueAt: told.dueAt ?? null,
    submitter: told.submitter ?? null,
    reference: told.reference ?? null,
    fileName,
    headline: unreadHeadline(fileName),
    disposition: null,
    decision: null,
    withdrawal: null,
    outcomeId: null,
    messages: [],
    senderAsked: false,
    pages: 0,
    source: { ...source, fileName },
    documentHash: null,
    obstacles: problem ? [...drop.obstacles, metadataUnreadable(problem)] : drop.obstacles,
    missingFields: [],
    next: null,
    step: null,
    question: null,
    firstRound: 1,
    outcomes: 0,
    outcomeHash: null,
    audit: null,
    earlierVersions: [],
    executions: 0,
    keepUntil: null,
    executionName: caseId,
    executionStartedAt: openedAt.toISOString(),
    recoveries: 0,
    recoveredAt: null,
    rounds: 0,
    ledgerSequence: 0,
    ledgerHash: firstHash,
  };
  const entry = {
    type: "CaseOpened" as const,
    actor: software,
    summary: `Opened from a drop of ${source.sizeBytes} bytes`,
    details: { bucket: source.bucket, key: source.key, versionId: source.versionId, submitter: after.submitter },
  };
  try {
    return await cases.commit({ before: null, after, entry }, openedAt);
  } catch (error) {
    // The same event once more: it is open already.
    const other = error instanceof CaseChangedError ? await cases.find(caseId) : null;
    if (!other) throw error;
    return other;
  }
}
