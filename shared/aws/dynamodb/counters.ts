import { type DynamoDBClient, PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { CountersStore } from "../../learning/counters-store.ts";
import { dayFigures } from "../../learning/roll-up.ts";
import { fromItem, toItem } from "./item.ts";

const row = z.object({ sk: z.iso.date(), rolledAt: z.string(), figures: dayFigures });
const partitionOf = (workflow: string) => `COUNTERS#${workflow}`;

/** One row a workflow and day, some 2 to 20 KB. Rolling up again puts it again. */
export function dynamoCounters({ client, caseTable }: { client: DynamoDBClient; caseTable: string }): CountersStore {
  return {
    between: async (workflow, first, last) => {
      if (last < first) return [];
      const found = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: caseTable,
          KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
          ExpressionAttributeValues: toItem({ ":pk": partitionOf(workflow), ":first": first, ":last": last }),
        },
      );
      for await (const page of pages) found.push(...(page.Items ?? []).map((item) => row.parse(fromItem(item))));
      return found.map(({ sk, rolledAt, figures }) => ({ day: sk, rolledAt, figures }));
    },
    put: async (workflow, { day, rolledAt, figures }) => {
      const Item = toItem({ pk: partitionOf(workflow), sk: day, rolledAt, figures });
      await client.send(new PutItemCommand({ TableName: caseTable, Item }));
    },
  };
}
