import { type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { DailyPageCapReachedError, type PageMeter } from "../../reading/page-meter.ts";
import { isConditionFailed, toItem } from "./item.ts";

/** How long a day's count is kept, in seconds. */
const keepSeconds = 90 * 24 * 60 * 60;

/** One counter a day. Textract itself takes a few calls a second, far below what one item can be written. */
export function dynamoPageMeter({
  client,
  caseTable,
  cap,
}: {
  client: DynamoDBClient;
  caseTable: string;
  cap: number;
}): PageMeter {
  return {
    count: async (now) => {
      const day = now.toISOString().slice(0, 10);
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: caseTable,
            Key: toItem({ pk: `METER#${day}`, sk: "PAGES" }),
            UpdateExpression: "ADD pages :one SET expiresAt = :expiresAt",
            ConditionExpression: "attribute_not_exists(pages) OR pages < :cap",
            ExpressionAttributeValues: toItem({
              ":one": 1,
              ":cap": cap,
              ":expiresAt": Math.floor(now.getTime() / 1000) + keepSeconds,
            }),
          }),
        );
      } catch (error) {
        throw isConditionFailed(error) ? new DailyPageCapReachedError(cap) : error;
      }
    },
    giveBack: async (now) => {
      await client.send(
        new UpdateItemCommand({
          TableName: caseTable,
          Key: toItem({ pk: `METER#${now.toISOString().slice(0, 10)}`, sk: "PAGES" }),
          UpdateExpression: "ADD pages :less",
          ExpressionAttributeValues: toItem({ ":less": -1 }),
        }),
      );
    },
  };
}
