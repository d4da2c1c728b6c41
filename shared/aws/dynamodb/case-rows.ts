import {
  type CaseRecord,
  caseRecord,
  type OutboxRow,
  outboxRow,
  type ReviewRecord,
  reviewRecord,
} from "../../case/case-record.ts";
import type { AwaitedKey } from "../../case/case-store.ts";
import { fromItem, type Item, toItem } from "./item.ts";

/** Partitions of the `pending` index over which open cases and the outbox are spread: 8 × 1,000 writes a second. */
export const pendingShards = 8;

export const caseKey = (caseId: string) => ({ pk: `CASE#${caseId}`, sk: "CASE" });

export function reviewKey(reviewId: string) {
  const [caseId = "", round = ""] = reviewId.split("-");
  return { pk: `CASE#${caseId}`, sk: `REVIEW#${round.padStart(4, "0")}` };
}

export const outboxKey = ({ caseId, reviewId }: Pick<OutboxRow, "caseId" | "reviewId">) => ({
  pk: `CASE#${caseId}`,
  sk: `OUTBOX#${reviewId}`,
});

/** Departments' queues that have had work, so that who may see all queues can be shown all. */
export const knownQueueKey = (workflow: string, queue: string) => ({ pk: `QUEUES#${workflow}`, sk: queue });

/** A sender's next version of this key goes on with a case. */
export const awaitedRowKey = ({ bucket, key }: AwaitedKey) => ({ pk: `AWAITED#${bucket}/${key}`, sk: "AWAITED" });

export const openedKey = (caseId: string, round: number, personId: string) => ({
  pk: `CASE#${caseId}`,
  sk: `OPENED#${round}#${personId}`,
});

export const queueKey = (queue: string, status: "waiting" | "decided" | "asked"): string => `${queue}#${status}`;
export const openCasesKey = (shard: number): string => `CASES#${shard}`;
export const outboxShardKey = (shard: number): string => `OUTBOX#${shard}`;

/** Case ids are hashes: their first letter spreads evenly. */
const shardOf = (caseId: string): number => caseId.charCodeAt(0) % pendingShards;

/** A closed case leaves the `pending` index. */
export function caseItem(record: CaseRecord): Item {
  const pending =
    record.status === "closed"
      ? {}
      : { pendingKey: openCasesKey(shardOf(record.caseId)), pendingSince: record.openedAt };
  return toItem({
    ...caseKey(record.caseId),
    ...pending,
    ...(record.keepUntil && { expiresAt: epochSeconds(record.keepUntil) }),
    caseId: record.caseId,
    ledgerSequence: record.ledgerSequence,
    record,
  });
}

/** Stands where a case of this id would: a repeated event finds the case that its document went to. */
export const aliasItem = (alias: string, caseId: string): Item => toItem({ ...caseKey(alias), aliasOf: caseId });
/** The case that an item leads to; null where the item is a case itself. */
export const aliasOf = (item: Item): string | null => item.aliasOf?.S ?? null;

/** DynamoDB's time to live counts in seconds. */
const epochSeconds = (at: string): number => Math.floor(new Date(at).getTime() / 1000);

/**
 * Waiting reviews are listed by due time, decided ones by decision, questions to a sender by theirs; expired ones are listed
 * nowhere, nor is an answer that a second pair of eyes must not see.
 */
export function reviewItem(record: ReviewRecord): Item {
  const { queue, status, cause, reviewId, dueAt, decision, revision, keepUntil, sealed } = record;
  const listed =
    status === "expired" || sealed
      ? {}
      : {
          queueKey: queueKey(queue, status === "waiting" && cause === "question" ? "asked" : status),
          queueOrder: `${status === "waiting" ? dueAt : (decision?.decidedAt ?? dueAt)}#${reviewId}`,
        };
  const expiry = keepUntil && { expiresAt: epochSeconds(keepUntil) };
  return toItem({ ...reviewKey(reviewId), ...listed, ...expiry, revision, record });
}

export function outboxItem(row: OutboxRow): Item {
  return toItem({
    ...outboxKey(row),
    ...row,
    pendingKey: outboxShardKey(shardOf(row.caseId)),
    pendingSince: row.since,
  });
}

export const caseOf = (item: Item): CaseRecord => caseRecord.parse(fromItem(item).record);
export const reviewOf = (item: Item): ReviewRecord => reviewRecord.parse(fromItem(item).record);
export const outboxOf = (item: Item): OutboxRow => outboxRow.parse(fromItem(item));
