import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import { type TallyEntry, tallyEntry } from "../../contracts/tally.ts";
import type { Tally } from "../../learning/tally.ts";
import { fromItem, type Item, toItem } from "./item.ts";

/** Partitions over which one workflow's day is spread: 8 × 1,000 writes a second. */
const shards = [0, 1, 2, 3, 4, 5, 6, 7];

const dayKey = (workflow: string, day: string, shard: number) => `DAY#${workflow}#${day}#${shard}`;

/** Case ids are hashes: their first letter spreads evenly. */
const shardOf = (caseId: string): number => caseId.charCodeAt(0) % shards.length;

/**
 * One row, put in the transaction of the step itself. A step that is repeated writes the same row again. A case that is judged
 * again on the same day, because its sender sent it again, counts once: as it was judged last.
 */
export function tallyItem(entry: TallyEntry): Item {
  const pk = dayKey(entry.workflow, entry.at.slice(0, 10), shardOf(entry.caseId));
  return toItem({ pk, sk: `${entry.type}#${idOf(entry)}`, entry });
}

function idOf(entry: TallyEntry): string {
  switch (entry.type) {
    case "gated":
      return entry.caseId;
    case "answered":
      // A review that was answered blind is answered once more.
      return entry.blind ? `${entry.reviewId}#blind` : entry.reviewId;
    case "delivered":
      return entry.outcomeId;
    case "harm":
      return entry.harmId;
  }
}

/** Reads a day whole: one query a shard, paged. A day of 20,000 cases is some 15 MB. */
export function dynamoTally({ client, caseTable }: { client: DynamoDBClient; caseTable: string }): Tally {
  return {
    of: async function* (workflow, day) {
      for (const shard of shards) {
        const pages = paginateQuery(
          { client },
          {
            TableName: caseTable,
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: toItem({ ":pk": dayKey(workflow, day, shard) }),
          },
        );
        for await (const page of pages) {
          for (const item of page.Items ?? []) yield tallyEntry.parse(fromItem(item).entry);
        }
      }
    },
  };
}
