import { type DynamoDBClient, QueryCommand, type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { append, firstHash, type LedgerHead } from "../../ledger/chain.ts";
import { type Entry, ledgerEvent } from "../../ledger/event.ts";
import { fromItem, toItem } from "./item.ts";
import { ledgerItem } from "./moved-chains.ts";

/**
 * A chain of events beside the rows that it tells of, as policies and people have one a workflow. The next number of a chain can
 * be taken once, and that is the lock: whoever decides on what they read after the head either appends, or finds that somebody
 * else did.
 */
export interface ChainLock {
  /** @param chain - the partition of the ledger, as `policyChainId` gives it */
  readonly head: (chain: string) => Promise<LedgerHead>;
  /** The row that takes the next number, for the transaction of whatever the event tells; its condition fails when it is taken. */
  readonly next: (chain: string, head: LedgerHead, entry: Entry, at: Date) => TransactWriteItem;
}

export function chainLock(client: DynamoDBClient, ledgerTable: string | undefined): ChainLock {
  return {
    head: async (chain) => {
      const { Items } = await client.send(
        new QueryCommand({
          TableName: ledgerTable,
          KeyConditionExpression: "caseId = :chain",
          ExpressionAttributeValues: toItem({ ":chain": chain }),
          ScanIndexForward: false,
          Limit: 1,
          ConsistentRead: true,
        }),
      );
      const [last] = Items ?? [];
      if (!last) return { sequence: 0, hash: firstHash };
      const { sequence, hash } = ledgerEvent.parse(fromItem(last));
      return { sequence, hash };
    },
    next: (chain, head, entry, at) => ({
      Put: {
        TableName: ledgerTable,
        Item: ledgerItem(append(chain, head, entry, at)),
        ConditionExpression: "attribute_not_exists(caseId)",
      },
    }),
  };
}
