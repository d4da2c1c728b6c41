import type { CaseRecord, OutboxRow, ReviewRecord } from "../../../shared/case/case-record.ts";
import {
  type AwaitedKey,
  type CaseChange,
  CaseChangedError,
  type CaseStore,
  type OpenCases,
  type Outbox,
  type ReviewListing,
} from "../../../shared/case/case-store.ts";
import type { TallyEntry } from "../../../shared/contracts/tally.ts";
import { append } from "../../../shared/ledger/chain.ts";
import type { LedgerEvent } from "../../../shared/ledger/event.ts";

/** All ports on cases over one memory; the contract suites hold it to the same rules as the DynamoDB adapters. */
export interface InMemoryCases extends CaseStore, Outbox, OpenCases, ReviewListing {
  /** Puts a case and reviews there as they are, without a step in the ledger. */
  given(record: CaseRecord, ...reviews: readonly ReviewRecord[]): void;
  /** Runs before the next commit: whoever was a moment faster. */
  meanwhile(action: () => Promise<unknown>): void;
  readonly wakeUps: OutboxRow[];
  readonly tally: TallyEntry[];
}

export function inMemoryCases(): InMemoryCases {
  const cases = new Map<string, CaseRecord>();
  const reviews = new Map<string, ReviewRecord>();
  const outbox = new Map<string, OutboxRow>();
  const ledger = new Map<string, LedgerEvent[]>();
  const awaited = new Map<string, string>();
  const aliases = new Map<string, string>();
  const tally = new Map<string, TallyEntry>();
  let faster: (() => Promise<unknown>) | null = null;

  const apply = (change: CaseChange, at: Date): CaseRecord => {
    const {
      before,
      after,
      entry,
      reviews: changed = [],
      outbox: row,
      awaitedKey,
      alias,
      tally: counting = [],
    } = change;
    const isUnchanged =
      !aliases.has(after.caseId) &&
      !(alias && (aliases.has(alias) || cases.has(alias))) &&
      cases.get(after.caseId)?.ledgerSequence === before?.ledgerSequence &&
      changed.every((review) => reviews.get(review.after.reviewId)?.revision === review.before?.revision);
    if (!isUnchanged) throw new CaseChangedError(after.caseId);
    const head = { sequence: before?.ledgerSequence ?? 0, hash: before?.ledgerHash ?? after.ledgerHash };
    const event = append(after.caseId, head, entry, at);
    const moved = { ...after, ledgerSequence: event.sequence, ledgerHash: event.hash };
    cases.set(after.caseId, moved);
    ledger.set(after.caseId, [...(ledger.get(after.caseId) ?? []), event]);
    for (const review of changed) {
      const revision = (review.before?.revision ?? -1) + 1;
      reviews.set(review.after.reviewId, { ...review.after, revision });
    }
    if (row) outbox.set(row.reviewId, row);
    if (awaitedKey) awaited.set(awaitedName(awaitedKey), after.caseId);
    if (awaitedKey === null && before) awaited.delete(awaitedName(before.source));
    if (alias) aliases.set(alias, after.caseId);
    for (const counted of counting) tally.set(rowOf(counted), counted);
    return moved;
  };

  return {
    given: (record, ...added) => {
      cases.set(record.caseId, record);
      for (const review of added) reviews.set(review.reviewId, review);
    },
    meanwhile: (action) => {
      faster = action;
    },
    get wakeUps() {
      return [...outbox.values()];
    },
    get tally() {
      return [...tally.values()];
    },
    find: async (caseId) => copy(cases.get(aliases.get(caseId) ?? caseId)),
    findReview: async (reviewId) => copy(reviews.get(reviewId)),
    reviewsOf: async (caseId) =>
      [...reviews.values()]
        .filter((review) => review.caseId === caseId)
        .sort((a, b) => a.round - b.round)
        .map((review) => structuredClone(review)),
    commit: async (change, at) => {
      const action = faster;
      faster = null;
      await action?.();
      return apply(structuredClone(change), at);
    },
    saveReview: async (before, after) => {
      if (reviews.get(before.reviewId)?.revision !== before.revision) throw new CaseChangedError(before.caseId);
      reviews.set(before.reviewId, { ...structuredClone(after), revision: before.revision + 1 });
    },
    awaiting: async (key) => awaited.get(awaitedName(key)) ?? null,
    enqueueWakeUp: async (row) => void outbox.set(row.reviewId, row),
    history: async (caseId) => structuredClone(ledger.get(caseId) ?? []),
    due: async (limit) => [...outbox.values()].sort((a, b) => (a.since < b.since ? -1 : 1)).slice(0, limit),
    remove: async (row) => {
      if (outbox.get(row.reviewId)?.taskToken === row.taskToken) outbox.delete(row.reviewId);
    },
    openSince: async function* (before) {
      const open = [...cases.values()].filter(
        ({ status, openedAt }) => status !== "closed" && openedAt < before.toISOString(),
      );
      for (const { caseId } of open.sort((a, b) => (a.openedAt < b.openedAt ? -1 : 1))) yield caseId;
    },
    list: async ({ queues, status, cursor, limit }) => {
      const direction = status === "decided" ? -1 : 1;
      const found = [...reviews.values()]
        .filter((review) => queues.includes(review.queue) && listedAs(review) === status)
        .map((review) => ({ review, order: orderOf(review) }))
        .filter(({ order }) => cursor === null || (order < cursor ? -1 : 1) * direction > 0)
        .filter(({ order }) => order !== cursor)
        .sort((a, b) => (a.order < b.order ? -1 : 1) * direction);
      const page = found.slice(0, limit);
      return {
        reviews: page.map(({ review }) => structuredClone(review)),
        cursor: found.length > limit ? (page.at(-1)?.order ?? null) : null,
      };
    },
  };
}

/** A step that is repeated writes the same row again. */
const rowOf = (entry: TallyEntry): string =>
  entry.type === "answered" ? `${entry.reviewId}#${entry.blind}` : `${entry.type}#${entry.caseId}#${entry.at}`;

const awaitedName = ({ bucket, key }: AwaitedKey): string => `${bucket}/${key}`;

const listedAs = ({ status, cause }: ReviewRecord) => (status === "waiting" && cause === "question" ? "asked" : status);

const orderOf = ({ status, dueAt, decision, reviewId }: ReviewRecord): string =>
  `${status === "waiting" ? dueAt : (decision?.decidedAt ?? dueAt)}#${reviewId}`;

const copy = <T>(value: T | undefined): T | null => (value === undefined ? null : structuredClone(value));
