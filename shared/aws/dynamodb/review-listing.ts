import { type DynamoDBClient, paginateQuery, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import type { ReviewListing } from "../../case/case-store.ts";
import { knownQueueKey, queueKey, reviewOf } from "./case-rows.ts";
import { fromItem, type Item, toItem } from "./item.ts";

/**
 * Lists several queues in one order: one query a queue from the cursor on, merged. The cursor is the order of the last
 * review shown, so a page costs at most `limit` items a queue, and work that arrives meanwhile is neither lost nor repeated.
 */
export function dynamoReviewListing({
  client,
  caseTable,
}: {
  client: DynamoDBClient;
  caseTable: string;
}): ReviewListing {
  return {
    list: async ({ queues, status, cursor, limit }) => {
      const forward = status !== "decided";
      const answers = await Promise.all(
        queues.map((queue) =>
          firstItems(limit + 1, {
            TableName: caseTable,
            IndexName: "reviews",
            KeyConditionExpression: `queueKey = :key${cursor ? ` AND queueOrder ${forward ? ">" : "<"} :cursor` : ""}`,
            ExpressionAttributeValues: toItem({
              ":key": queueKey(queue, status),
              ...(cursor && { ":cursor": cursor }),
            }),
            ScanIndexForward: forward,
            Limit: limit + 1,
          }),
        ),
      );
      const sorted = answers.flat().sort((a, b) => (orderOf(a) < orderOf(b) === forward ? -1 : 1));
      const page = sorted.slice(0, limit);
      const last = page.at(-1);
      return { reviews: page.map(reviewOf), cursor: sorted.length > limit && last ? orderOf(last) : null };
    },
  };

  /** An answer ends at 1 MB however many were asked for, and a few long corrections reach that. */
  async function firstItems(count: number, query: QueryCommandInput): Promise<Item[]> {
    const items: Item[] = [];
    for await (const answer of paginateQuery({ client }, query)) {
      items.push(...(answer.Items ?? []));
      if (items.length >= count) break;
    }
    return items;
  }
}

/** Queues of a workflow's departments that have had work. */
export function dynamoDepartmentQueues({ client, caseTable }: { client: DynamoDBClient; caseTable: string }) {
  return async (workflow: string): Promise<string[]> => {
    const { pk } = knownQueueKey(workflow, "");
    const { Items } = await client.send(
      new QueryCommand({
        TableName: caseTable,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: toItem({ ":pk": pk }),
      }),
    );
    return (Items ?? []).map((item) => String(fromItem(item).sk));
  };
}

const orderOf = (item: Item): string => String(fromItem(item).queueOrder);
