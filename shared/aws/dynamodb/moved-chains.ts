import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import { type AnchorHead, anchorHead } from "../../ledger/anchor.ts";
import type { MovedChains } from "../../ledger/anchor-ledger.ts";
import type { LedgerEvent } from "../../ledger/event.ts";
import { fromItem, type Item, toItem } from "./item.ts";

/** Partitions of the index `moved` over which a day's events are spread: 8 × 1,000 writes a second. */
const movedShards = 8;

/** Case ids are hashes: their first letter spreads evenly. */
const movedKey = (day: string, shard: number): string => `${day}#${shard}`;

/**
 * A ledger event with the key under which it is found by its day. The key is no member of the event: readers drop it, the
 * hash does not cover it, and events from before it stay as they are.
 */
export const ledgerItem = (event: LedgerEvent): Item =>
  toItem({ ...event, movedKey: movedKey(event.at.slice(0, 10), event.caseId.charCodeAt(0) % movedShards) });

/**
 * Reads the ledger's index `moved`: some 150 bytes an event, so that a day of 100,000 cases with 8 events each is 120 pages,
 * read 8 at a time. Eventually consistent: an event of the last second may be missing, and is there at the next run.
 */
export function dynamoMovedChains({
  client,
  ledgerTable,
}: {
  client: DynamoDBClient;
  ledgerTable: string;
}): MovedChains {
  const readShard = async (day: string, shard: number, heads: Map<string, AnchorHead>) => {
    const pages = paginateQuery(
      { client },
      {
        TableName: ledgerTable,
        IndexName: "moved",
        KeyConditionExpression: "movedKey = :key",
        ExpressionAttributeValues: toItem({ ":key": movedKey(day, shard) }),
      },
    );
    for await (const page of pages) {
      for (const item of page.Items ?? []) {
        const head = anchorHead.parse(fromItem(item));
        if ((heads.get(head.caseId)?.sequence ?? 0) < head.sequence) heads.set(head.caseId, head);
      }
    }
  };
  return {
    headsOf: async (day) => {
      const heads = new Map<string, AnchorHead>();
      await Promise.all([...Array(movedShards).keys()].map((shard) => readShard(day, shard, heads)));
      return [...heads.values()];
    },
  };
}
