import type { CaseRecord, OutboxRow, ReviewRecord } from "../../../shared/case/case-record.ts";
import {
  type CaseChange,
  CaseChangedError,
  type CaseStore,
  type OpenCases,
  type Outbox,
  type ReviewListing,
} from "../../../shared/case/case-store.ts";
import { append } from "../../../shared/ledger/chain.ts";
import type { LedgerEvent } from "../../../shared/ledger/event.ts";

/** All ports on cases over one memory; the contract suites hold it to the same rules as the DynamoDB adapters. */
export interface InMemoryCases extends CaseStore, Outbox, OpenCases, ReviewListing {
  /** Puts a case and reviews there as they are, without a step in the ledger. */
  given(record: CaseRecord, ...reviews: readonly ReviewRecord[]): void;
  /** Runs before the next commit: whoever was a moment faster. */
  meanwhile(action: () => Promise<unknown>): void;
  readonly wakeUps: OutboxRow[];
}

export function inMemoryCases(): InMemoryCases {
  const cases = new Map<string, CaseRecord>();
  const reviews = new Map<string, ReviewRecord>();
  const outbox = new Map<string, OutboxRow>();
  const ledger = new Map<string, LedgerEvent[]>();
  let faster: (() => Promise<unknown>) | null = null;

  const apply = ({ before, after, entry, reviews: changed = [], outbox: row }: CaseChange, at: Date): CaseRecord => {
    const isUnchanged =
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
    find: async (caseId) => copy(cases.get(caseId)),
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
    renewToken: async (review, taskToken, attempt) => {
      if (attempt < review.attempt) return;
      if (reviews.get(review.reviewId)?.revision !== review.revision) throw new CaseChangedError(review.caseId);
      reviews.set(review.reviewId, { ...review, taskToken, attempt, revision: review.revision + 1 });
    },
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
      const direction = status === "waiting" ? 1 : -1;
      const found = [...reviews.values()]
        .filter((review) => queues.includes(review.queue) && review.status === status)
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

const orderOf = ({ status, dueAt, decision, reviewId }: ReviewRecord): string =>
  `${status === "waiting" ? dueAt : (decision?.decidedAt ?? dueAt)}#${reviewId}`;

const copy = <T>(value: T | undefined): T | null => (value === undefined ? null : structuredClone(value));
