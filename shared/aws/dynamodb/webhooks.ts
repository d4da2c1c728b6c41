import { type DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { type WebhookKey, type WebhookRow, type WebhookStore, webhookRow } from "../../outcome/webhook/webhook-row.ts";
import { pendingShards } from "./case-rows.ts";
import { fromItem, type Item, isConditionFailed, toItem } from "./item.ts";

const shards = [...Array(pendingShards).keys()];
const deliveredDays = 30;

const rowKey = ({ caseId, outcomeId }: WebhookKey) => ({ pk: `CASE#${caseId}`, sk: `WEBHOOK#${outcomeId}` });
const dueKey = (shard: number): string => `WEBHOOKS#${shard}`;
const deadKey = (shard: number): string => `DEADWEBHOOKS#${shard}`;
const shardOf = ({ caseId }: WebhookKey): number => caseId.charCodeAt(0) % pendingShards;

/** Due and dead rows stand in the index `pending`, due ones by the time of their next attempt; delivered ones go after 30 days. */
function webhookItem(row: WebhookRow): Item {
  const { status, detail, nextAt } = row;
  const listed =
    status === "due"
      ? { pendingKey: dueKey(shardOf(detail)), pendingSince: nextAt }
      : status === "dead"
        ? { pendingKey: deadKey(shardOf(detail)), pendingSince: nextAt }
        : { expiresAt: Math.floor(new Date(nextAt).getTime() / 1000) + deliveredDays * 24 * 60 * 60 };
  return toItem({ ...rowKey(detail), ...listed, ...row });
}

const listedKey = z.object({ pk: z.string(), sk: z.string() });

function keyOf(item: Item): WebhookKey {
  const { pk, sk } = listedKey.parse(fromItem(item));
  return { caseId: pk.slice("CASE#".length), outcomeId: sk.slice("WEBHOOK#".length) };
}

export function dynamoWebhooks({ client, caseTable }: { client: DynamoDBClient; caseTable: string }): WebhookStore {
  const put = async (row: WebhookRow, condition: object): Promise<boolean> => {
    try {
      await client.send(new PutItemCommand({ TableName: caseTable, Item: webhookItem(row), ...condition }));
      return true;
    } catch (error) {
      if (isConditionFailed(error)) return false;
      throw error;
    }
  };
  const list = async (keyOfShard: (shard: number) => string, until: string, limit: number) => {
    const pages = await Promise.all(
      shards.map((shard) =>
        client.send(
          new QueryCommand({
            TableName: caseTable,
            IndexName: "pending",
            KeyConditionExpression: "pendingKey = :key AND pendingSince <= :until",
            ExpressionAttributeValues: toItem({ ":key": keyOfShard(shard), ":until": until }),
            Limit: limit,
          }),
        ),
      ),
    );
    const items = pages.flatMap((page) => page.Items ?? []);
    return items.sort((a, b) => ((a.pendingSince?.S ?? "") < (b.pendingSince?.S ?? "") ? -1 : 1)).map(keyOf);
  };
  return {
    add: (row) => put(row, { ConditionExpression: "attribute_not_exists(pk)" }),
    find: async (key) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: caseTable, Key: toItem(rowKey(key)), ConsistentRead: true }),
      );
      return Item ? webhookRow.parse(fromItem(Item)) : null;
    },
    due: (at, limit) => list(dueKey, at.toISOString(), limit),
    dead: (limit) => list(deadKey, "9", limit),
    replace: (row) =>
      put(row, {
        ConditionExpression: "revision = :before",
        ExpressionAttributeValues: toItem({ ":before": row.revision - 1 }),
      }),
  };
}
