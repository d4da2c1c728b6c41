import { type DynamoDBClient, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Openings } from "../../case/case-store.ts";
import { openedKey } from "./case-rows.ts";
import { toItem } from "./item.ts";

/** One row a person and round, holding the set of pages. Opening a page again changes nothing. */
export function dynamoOpenings({ client, caseTable }: { client: DynamoDBClient; caseTable: string }): Openings {
  return {
    add: async (caseId, round, personId, page) => {
      await client.send(
        new UpdateItemCommand({
          TableName: caseTable,
          Key: toItem(openedKey(caseId, round, personId)),
          UpdateExpression: "ADD pages :page",
          ExpressionAttributeValues: { ":page": { NS: [String(page)] } },
        }),
      );
    },
    of: async (caseId, round, personId) => {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: caseTable,
          Key: toItem(openedKey(caseId, round, personId)),
          ConsistentRead: true,
        }),
      );
      return (Item?.pages?.NS ?? []).map(Number).sort((a, b) => a - b);
    },
  };
}
