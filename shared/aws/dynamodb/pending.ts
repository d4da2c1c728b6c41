import { DeleteItemCommand, type DynamoDBClient, paginateQuery, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { OpenCases, Outbox } from "../../case/case-store.ts";
import { openCasesKey, outboxKey, outboxOf, outboxShardKey, pendingShards } from "./case-rows.ts";
import { fromItem, isConditionFailed, toItem } from "./item.ts";

const shards = [...Array(pendingShards).keys()];

interface CaseTable {
  readonly client: DynamoDBClient;
  readonly caseTable: string;
}

export function dynamoOutbox({ client, caseTable }: CaseTable): Outbox {
  return {
    due: async (limit) => {
      const pages = await Promise.all(
        shards.map((shard) =>
          client.send(
            new QueryCommand({
              TableName: caseTable,
              IndexName: "pending",
              KeyConditionExpression: "pendingKey = :key",
              ExpressionAttributeValues: toItem({ ":key": outboxShardKey(shard) }),
              Limit: limit,
            }),
          ),
        ),
      );
      return pages.flatMap((page) => (page.Items ?? []).map(outboxOf));
    },
    remove: async (row) => {
      try {
        // Only this wake-up: a row written since for a newer token stays.
        await client.send(
          new DeleteItemCommand({
            TableName: caseTable,
            Key: toItem(outboxKey(row)),
            ConditionExpression: "taskToken = :token",
            ExpressionAttributeValues: toItem({ ":token": row.taskToken }),
          }),
        );
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
      }
    },
  };
}

export function dynamoOpenCases({ client, caseTable }: CaseTable): OpenCases {
  return {
    openSince: async function* (before) {
      for (const shard of shards) {
        const pages = paginateQuery(
          { client },
          {
            TableName: caseTable,
            IndexName: "pending",
            KeyConditionExpression: "pendingKey = :key AND pendingSince < :before",
            ExpressionAttributeValues: toItem({ ":key": openCasesKey(shard), ":before": before.toISOString() }),
          },
        );
        for await (const page of pages) {
          for (const item of page.Items ?? []) yield String(fromItem(item).caseId);
        }
      }
    },
  };
}
