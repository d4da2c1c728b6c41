import { setTimeout } from "node:timers/promises";
import {
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  type WriteRequest,
} from "@aws-sdk/client-dynamodb";
import { CaseChangedError } from "../../case/case-store.ts";
import type { LearningPorts } from "../../workflows/invoices/learn-from-outcome.ts";
import type { InvoiceHistoryStore } from "../../workflows/invoices/propose-case.ts";
import { earlierInvoice, maxRecentInvoices, supplierProfile } from "../../workflows/invoices/signals/history.ts";
import { fromItem, isConditionFailed, toItem } from "./item.ts";

/** Happens when DynamoDB would not take an invoice's rows for seconds. The case goes to a person: unnoted, a duplicate would pass. */
export class HistoryThrottledError extends Error {
  override readonly name = "HistoryThrottledError";

  constructor(left: number) {
    super(
      `${left} rows of the invoice's history could not be written: DynamoDB is throttling. Redrive the execution later.`,
    );
  }
}

const recent = "RECENT#";
/** Sorts after every date, so that one query, newest first, answers the profile and the recent invoices. */
const profileSk = `${recent}~PROFILE`;

/** A row for each key an invoice is found under; no index, no scan. */
const supplierPk = (supplierKey: string) => `SUPPLIER#invoices#${supplierKey}`;

export function dynamoInvoiceHistory({
  client,
  caseTable,
}: {
  client: DynamoDBClient;
  caseTable: string;
}): InvoiceHistoryStore & LearningPorts["history"] {
  const query = async (pk: string, prefix: string, limit: number) => {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: caseTable,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: toItem({ ":pk": pk, ":prefix": prefix }),
        ScanIndexForward: false,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return (Items ?? []).map(fromItem);
  };

  return {
    noteAndFind: async ({ supplierKey, numberKey, grossKey }, invoice, now) => {
      const pk = supplierPk(supplierKey);
      const prefixes = [numberKey && `NUMBER#${numberKey}#`, grossKey && `GROSS#${grossKey}#`].filter(
        (p) => p !== null,
      );
      const noted = [
        ...prefixes.map((prefix) => `${prefix}${invoice.caseId}`),
        `${recent}${now.toISOString().slice(0, 10)}#${invoice.caseId}`,
      ];
      await putAll(noted.map((sk) => ({ PutRequest: { Item: toItem({ pk, sk, invoice }) } })));
      // Newest first, and the profile sorts before all of them.
      const [recentRows = [], ...found] = await Promise.all([
        query(pk, recent, maxRecentInvoices + 1),
        ...prefixes.map((prefix) => query(pk, prefix, maxRecentInvoices)),
      ]);
      const profile = recentRows.find(({ sk }) => sk === profileSk)?.profile ?? null;
      const rows = [...recentRows.filter(({ sk }) => sk !== profileSk), ...found.flat()];
      return {
        earlier: rows.map((row) => earlierInvoice.parse(row.invoice)),
        profile: profile && supplierProfile.parse(profile),
      };
    },
    learn: async (supplierKey, caseId, change) => {
      const pk = supplierPk(supplierKey);
      const [row] = await query(pk, profileSk, 1);
      const profile = row ? supplierProfile.parse(row.profile) : null;
      const revision = Number(row?.revision ?? 0);
      try {
        await client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              {
                Put: {
                  TableName: caseTable,
                  Item: toItem({ pk, sk: `LEARNED#${caseId}` }),
                  ConditionExpression: "attribute_not_exists(pk)",
                },
              },
              {
                Put: {
                  TableName: caseTable,
                  Item: toItem({ pk, sk: profileSk, profile: change(profile), revision: revision + 1 }),
                  ConditionExpression: "attribute_not_exists(pk) OR revision = :revision",
                  ExpressionAttributeValues: toItem({ ":revision": revision }),
                },
              },
            ],
          }),
        );
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
        if (await alreadyLearned(pk, caseId)) return;
        throw new CaseChangedError(caseId);
      }
    },
  };

  /** All of them: what DynamoDB leaves over is put again, a little later each time, for some six seconds. */
  async function putAll(requests: WriteRequest[], attempt = 0): Promise<void> {
    const { UnprocessedItems } = await client.send(
      new BatchWriteItemCommand({ RequestItems: { [caseTable]: requests } }),
    );
    const left = UnprocessedItems?.[caseTable] ?? [];
    if (left.length === 0) return;
    if (attempt === 8) throw new HistoryThrottledError(left.length);
    await setTimeout(25 * 2 ** attempt);
    await putAll(left, attempt + 1);
  }

  async function alreadyLearned(pk: string, caseId: string): Promise<boolean> {
    const key = toItem({ pk, sk: `LEARNED#${caseId}` });
    return (
      (await client.send(new GetItemCommand({ TableName: caseTable, Key: key, ConsistentRead: true }))).Item !==
      undefined
    );
  }
}
