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
import { caseItem, caseKey, caseOf, knownQueueKey, outboxItem, reviewItem, reviewKey, reviewOf } from "./case-rows.ts";
import { fromItem, type Item, isConditionFailed, toItem } from "./item.ts";

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
      return item ? caseOf(item) : null;
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
            Item: toItem(event),
            ConditionExpression: "attribute_not_exists(caseId)",
          },
        },
        ...(change.reviews ?? []).map((review) => ({
          Put: { TableName: caseTable, Item: reviewItem(next(review)), ...unchangedReview(review.before?.revision) },
        })),
        ...(change.outbox ? [{ Put: { TableName: caseTable, Item: outboxItem(change.outbox) } }] : []),
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
    renewToken: async (review, taskToken, attempt) => {
      if (attempt < review.attempt) return;
      const renewed = next({ before: review, after: { ...review, taskToken, attempt } });
      try {
        await client.send(
          new PutItemCommand({ TableName: caseTable, Item: reviewItem(renewed), ...unchangedReview(review.revision) }),
        );
      } catch (error) {
        throw isConditionFailed(error) ? new CaseChangedError(review.caseId) : error;
      }
    },
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
