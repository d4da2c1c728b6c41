import {
  type CaseRecord,
  caseRecord,
  type OutboxRow,
  outboxRow,
  type ReviewRecord,
  reviewRecord,
} from "../../case/case-record.ts";
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

export const queueKey = (queue: string, status: "waiting" | "decided"): string => `${queue}#${status}`;
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
    caseId: record.caseId,
    ledgerSequence: record.ledgerSequence,
    record,
  });
}

/** Waiting reviews are listed by due time, decided ones by decision; expired ones are listed nowhere. */
export function reviewItem(record: ReviewRecord): Item {
  const { queue, status, reviewId, dueAt, decision, revision } = record;
  const listed =
    status === "expired"
      ? {}
      : {
          queueKey: queueKey(queue, status),
          queueOrder: `${status === "waiting" ? dueAt : (decision?.decidedAt ?? dueAt)}#${reviewId}`,
        };
  return toItem({ ...reviewKey(reviewId), ...listed, revision, record });
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
