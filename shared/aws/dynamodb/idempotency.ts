import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { idempotencySeconds } from "../../contracts/limits.ts";
import { fromItem, toItem } from "./item.ts";

const row = z.object({ fingerprint: z.string(), response: z.object({ statusCode: z.int(), body: z.string() }) });
export type Remembered = z.infer<typeof row>;

/** Answers to POSTs, by caller and Idempotency-Key. What they do is safe to repeat; this makes the answer the same, too. */
export interface IdempotencyStore {
  find(personId: string, key: string): Promise<Remembered | null>;
  remember(personId: string, key: string, answer: Remembered, now: Date): Promise<void>;
}

const keyOf = (personId: string, key: string) => ({ pk: `IDEMPOTENCY#${personId}#${key}`, sk: "IDEMPOTENCY" });

export function dynamoIdempotency({
  client,
  caseTable,
}: {
  client: DynamoDBClient;
  caseTable: string;
}): IdempotencyStore {
  return {
    find: async (personId, key) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: caseTable, Key: toItem(keyOf(personId, key)), ConsistentRead: true }),
      );
      return Item ? row.parse(fromItem(Item)) : null;
    },
    remember: async (personId, key, answer, now) => {
      const expiresAt = Math.floor(now.getTime() / 1000) + idempotencySeconds;
      await client.send(
        new PutItemCommand({ TableName: caseTable, Item: toItem({ ...keyOf(personId, key), expiresAt, ...answer }) }),
      );
    },
  };
}
