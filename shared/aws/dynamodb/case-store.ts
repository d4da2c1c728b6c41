import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import type { ReviewRecord } from "../../case/case-record.ts";
import { type CaseChange, CaseChangedError, type CaseStore } from "../../case/case-store.ts";
import { append } from "../../ledger/chain.ts";
import { ledgerEvent } from "../../ledger/event.ts";
import {
  aliasItem,
  aliasOf,
  awaitedRowKey,
  caseItem,
  caseKey,
  caseOf,
  knownQueueKey,
  outboxItem,
  reviewItem,
  reviewKey,
  reviewOf,
} from "./case-rows.ts";
import { fromItem, type Item, isConditionFailed, toItem } from "./item.ts";
import { ledgerItem } from "./moved-chains.ts";
import { tallyItem } from "./tally.ts";

interface Tables {
  readonly client: DynamoDBClient;
  readonly caseTable: string;
  /** Insert only. Left out by functions that neither write nor read history. */
  readonly ledgerTable?: string;
}

export function dynamoCaseStore({ client, caseTable, ledgerTable }: Tables): CaseStore {
  const get = async (key: Record<string, string>): Promise<Item | undefined> =>
    (await client.send(new GetItemCommand({ TableName: caseTable, Key: toItem(key), ConsistentRead: true }))).Item;

  return {
    find: async (caseId) => {
      const item = await get(caseKey(caseId));
      if (!item) return null;
      const other = aliasOf(item);
      const led = other === null ? item : await get(caseKey(other));
      return led ? caseOf(led) : null;
    },
    findReview: async (reviewId) => {
      const item = await get(reviewKey(reviewId));
      return item ? reviewOf(item) : null;
    },
    reviewsOf: async (caseId) => {
      const reviews: ReviewRecord[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: caseTable,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :review)",
          ExpressionAttributeValues: toItem({ ":pk": caseKey(caseId).pk, ":review": "REVIEW#" }),
          ConsistentRead: true,
        },
      );
      for await (const page of pages) reviews.push(...(page.Items ?? []).map(reviewOf));
      return reviews;
    },
    commit: async (change, at) => {
      const { before, after, entry } = change;
      const head = { sequence: before?.ledgerSequence ?? 0, hash: before?.ledgerHash ?? after.ledgerHash };
      const event = append(after.caseId, head, entry, at);
      const moved = { ...after, ledgerSequence: event.sequence, ledgerHash: event.hash };
      const writes: TransactWriteItem[] = [
        { Put: { TableName: caseTable, Item: caseItem(moved), ...unchangedCase(before?.ledgerSequence) } },
        {
          Put: {
            TableName: ledgerTable,
            Item: ledgerItem(event),
            ConditionExpression: "attribute_not_exists(caseId)",
          },
        },
        ...(change.reviews ?? []).map((review) => ({
          Put: { TableName: caseTable, Item: reviewItem(next(review)), ...unchangedReview(review.before?.revision) },
        })),
        ...(change.outbox ? [{ Put: { TableName: caseTable, Item: outboxItem(change.outbox) } }] : []),
        ...besideTheCase(caseTable, change),
      ];
      // Outside the transaction: cases of one department share this row, and transactions on one row cancel each other.
      for (const row of knownQueues(change)) {
        await client.send(new PutItemCommand({ TableName: caseTable, Item: toItem(row) }));
      }
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: writes }));
      } catch (error) {
        throw isConditionFailed(error) ? new CaseChangedError(after.caseId) : error;
      }
      return moved;
    },
    saveReview: async (before, after) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: caseTable,
            Item: reviewItem(next({ before, after })),
            ...unchangedReview(before.revision),
          }),
        );
      } catch (error) {
        throw isConditionFailed(error) ? new CaseChangedError(before.caseId) : error;
      }
    },
    awaiting: async (key) => (await get(awaitedRowKey(key)))?.caseId?.S ?? null,
    enqueueWakeUp: async (row) => {
      await client.send(new PutItemCommand({ TableName: caseTable, Item: outboxItem(row) }));
    },
    history: async (caseId) => {
      const events = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: ledgerTable,
          KeyConditionExpression: "caseId = :caseId",
          ExpressionAttributeValues: toItem({ ":caseId": caseId }),
          ConsistentRead: true,
        },
      );
      for await (const page of pages) {
        events.push(...(page.Items ?? []).map((item) => ledgerEvent.parse(fromItem(item))));
      }
      return events;
    },
  };
}

/** Rows that change with a case and are none of its own: where a sender's answer goes, and what figures are made of. */
function besideTheCase(
  caseTable: string,
  { before, after, awaitedKey, alias, tally = [] }: CaseChange,
): TransactWriteItem[] {
  const put = (Item: Item) => ({ Put: { TableName: caseTable, Item } });
  const awaited = before && awaitedRowKey(before.source);
  return [
    ...(awaitedKey ? [put(toItem({ ...awaitedRowKey(awaitedKey), caseId: after.caseId }))] : []),
    ...(awaitedKey === null && awaited ? [{ Delete: { TableName: caseTable, Key: toItem(awaited) } }] : []),
    // Never over a case: another copy of the event may have opened one for this version meanwhile.
    ...(alias
      ? [
          {
            Put: {
              TableName: caseTable,
              Item: aliasItem(alias, after.caseId),
              ConditionExpression: "attribute_not_exists(pk)",
            },
          },
        ]
      : []),
    ...tally.map((entry) => put(tallyItem(entry))),
  ];
}

/** Every change of a case moves its ledger on, so the sequence is the case's revision. */
const unchangedCase = (sequence: number | undefined) =>
  sequence === undefined
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : {
        ConditionExpression: "ledgerSequence = :sequence",
        ExpressionAttributeValues: toItem({ ":sequence": sequence }),
      };

const unchangedReview = (revision: number | undefined) =>
  revision === undefined
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : { ConditionExpression: "revision = :revision", ExpressionAttributeValues: toItem({ ":revision": revision }) };

/** A review that opens in a department's queue makes the queue known. */
const knownQueues = ({ reviews = [] }: CaseChange) =>
  reviews
    .filter(({ before, after }) => before === null && after.queue !== after.workflow)
    .map(({ after }) => knownQueueKey(after.workflow, after.queue));

const next = ({ before, after }: NonNullable<CaseChange["reviews"]>[number]): ReviewRecord => ({
  ...after,
  revision: (before?.revision ?? -1) + 1,
});
