import type { TallyEntry } from "../contracts/tally.ts";
import type { Entry, LedgerEvent } from "../ledger/event.ts";
import type { CaseRecord, OutboxRow, ReviewRecord } from "./case-record.ts";

/** Happens when somebody else changed the case between read and write. HTTP 409; read again and decide anew. */
export class CaseChangedError extends Error {
  override readonly name = "CaseChangedError";
  readonly caseId: string;

  constructor(caseId: string) {
    super(`Case ${caseId} was changed by somebody else meanwhile. Read it again and decide anew.`);
    this.caseId = caseId;
  }
}

/** Happens when a case is asked for that was never opened. HTTP 404. */
export class CaseNotFoundError extends Error {
  override readonly name = "CaseNotFoundError";
  readonly caseId: string;

  constructor(caseId: string) {
    super(`There is no case ${caseId}. Check the id; a case exists once its document was uploaded.`);
    this.caseId = caseId;
  }
}

/** One step of a case. Written in one transaction: all of it, or nothing. */
export interface CaseChange {
  /** As it was read; null for a case that must not exist yet. */
  readonly before: CaseRecord | null;
  /** As it shall be; the store moves `ledgerSequence` and `ledgerHash` on. */
  readonly after: CaseRecord;
  readonly entry: Entry;
  /** Reviews that change with it. `before` null: the review must not exist yet. */
  readonly reviews?: readonly { readonly before: ReviewRecord | null; readonly after: ReviewRecord }[];
  /** Workflow to wake once the decision is stored. */
  readonly outbox?: OutboxRow;
  /** What the workflow's figures are made of. */
  readonly tally?: readonly TallyEntry[];
  /** The key under which the sender is to send again; `null` ends the waiting. */
  readonly awaitedKey?: AwaitedKey | null;
  /** Id that a repeated event of the new version would give; it leads to this case from now on. */
  readonly alias?: string;
}

/** A question is out about the document under this key: its next version goes on with the case. */
export interface AwaitedKey {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Cases with their reviews, outbox and ledger. Every method is one or a few item operations or queries, never a scan:
 *
 * | question | answered by |
 * | --- | --- |
 * | a case, a review | GetItem `CASE#<id>` / `CASE`, `REVIEW#<round>` |
 * | all reviews of a case | Query `CASE#<id>`, prefix `REVIEW#` |
 * | a queue's reviews, due first | index `reviews`: `<queue>#<status>`, by due or decision time |
 * | cases that are not closed, oldest first | index `pending`: `CASES#<shard>` |
 * | decisions whose workflow still sleeps | index `pending`: `OUTBOX#<shard>` |
 * | the case that waits for this key again | GetItem `AWAITED#<bucket>/<key>` |
 * | pages that somebody opened for a review | GetItem `CASE#<id>` / `OPENED#<round>#<person>` |
 * | a case's history | ledger table: Query by case |
 */
export interface CaseStore {
  /** Follows an alias: the id that a later version of the document would give finds the case that it went to. */
  find(caseId: string): Promise<CaseRecord | null>;
  findReview(reviewId: string): Promise<ReviewRecord | null>;
  reviewsOf(caseId: string): Promise<ReviewRecord[]>;
  /** @throws {CaseChangedError} when `before` is no longer how things are. Returns the case with its ledger moved on. */
  commit(change: CaseChange, at: Date): Promise<CaseRecord>;
  /** Changes a review by something that is no step of the case: a newer token, a longer claim. @throws {CaseChangedError} */
  saveReview(before: ReviewRecord, after: ReviewRecord): Promise<void>;
  /** The case whose sender is to send this key again; null where none waits. */
  awaiting(key: AwaitedKey): Promise<string | null>;
  /** Puts a wake-up into the outbox for a token that was given after the decision. */
  enqueueWakeUp(row: OutboxRow): Promise<void>;
  history(caseId: string): Promise<LedgerEvent[]>;
}

/** Which page images somebody has opened for the review at hand: what evidence rules ask for, and the ledger tells. */
export interface Openings {
  add(caseId: string, round: number, personId: string, page: number): Promise<void>;
  of(caseId: string, round: number, personId: string): Promise<number[]>;
}

/** The outbox as the resumer sees it. */
export interface Outbox {
  /** Oldest first, at most `limit` of each shard. */
  due(limit: number): Promise<OutboxRow[]>;
  remove(row: OutboxRow): Promise<void>;
}

export interface ReviewListing {
  /** One page over several queues, in one order. The cursor is opaque to clients. */
  list(query: {
    readonly queues: readonly string[];
    readonly status: "waiting" | "decided" | "asked";
    readonly cursor: string | null;
    readonly limit: number;
  }): Promise<{ reviews: ReviewRecord[]; cursor: string | null }>;
}

export interface OpenCases {
  /** Ids of cases that are not closed and were opened before `before`, oldest first. */
  openSince(before: Date): AsyncIterable<string>;
}

/** @throws {CaseNotFoundError} */
export async function requireCase(cases: Pick<CaseStore, "find">, caseId: string): Promise<CaseRecord> {
  const record = await cases.find(caseId);
  if (!record) throw new CaseNotFoundError(caseId);
  return record;
}

/** Runs a read-decide-write step again when somebody else was first; each step must be safe to repeat. */
export async function retryOnChange<T>(step: () => Promise<T>, attempts = 5): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await step();
    } catch (error) {
      if (!(error instanceof CaseChangedError) || attempt === attempts) throw error;
    }
  }
}
