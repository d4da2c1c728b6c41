import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { BacklogOf } from "../../learning/get-metrics.ts";
import { queueKey } from "./case-rows.ts";
import { fromItem, toItem } from "./item.ts";
import { dynamoDepartmentQueues } from "./review-listing.ts";

/**
 * Pages of 1 MB that are read of each queue, due first: some 10,000 reviews. What waits beyond is not counted: a queue as long as
 * that says enough.
 */
const maxPages = 40;

const row = z.object({ record: z.object({ openedAt: z.string(), dueAt: z.string() }) });

/** Counts what waits in a workflow's queues, its own and its departments': one query a queue, all at once. */
export function dynamoBacklog({ client, caseTable }: { client: DynamoDBClient; caseTable: string }): BacklogOf {
  const departmentQueues = dynamoDepartmentQueues({ client, caseTable });
  const waitingIn = async (queue: string) => {
    const found: z.infer<typeof row>["record"][] = [];
    let left = maxPages;
    const pages = paginateQuery(
      { client },
      {
        TableName: caseTable,
        IndexName: "reviews",
        KeyConditionExpression: "queueKey = :key",
        ExpressionAttributeNames: { "#record": "record" },
        ExpressionAttributeValues: toItem({ ":key": queueKey(queue, "waiting") }),
        ProjectionExpression: "#record.openedAt, #record.dueAt",
      },
    );
    for await (const page of pages) {
      found.push(...(page.Items ?? []).map((item) => row.parse(fromItem(item)).record));
      left -= 1;
      if (left === 0) break;
    }
    return found;
  };
  return async (workflow, now) => {
    const queues = [workflow, ...(await departmentQueues(workflow))];
    const waiting = (await Promise.all(queues.map(waitingIn))).flat();
    const at = now.toISOString();
    const earliest = (times: readonly string[]) => times.toSorted()[0] ?? null;
    return {
      waiting: waiting.length,
      overdue: waiting.filter(({ dueAt }) => dueAt <= at).length,
      oldestOpenedAt: earliest(waiting.map(({ openedAt }) => openedAt)),
      nextDueAt: earliest(waiting.flatMap(({ dueAt }) => (dueAt > at ? [dueAt] : []))),
    };
  };
}
