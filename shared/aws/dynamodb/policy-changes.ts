import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { policyChainId } from "../../case/case-id.ts";
import { type PolicyChanges, PolicyContendedError, type SignatureTokens } from "../../policy/policy-changes.ts";
import { chainLock } from "./chain-lock.ts";
import { fromItem, type Item, isConditionFailed, toItem } from "./item.ts";
import type { PolicyTable } from "./policies.ts";
import {
  changeItem,
  changeKey,
  changeOf,
  changesOf,
  currentItem,
  currentKey,
  policyOf,
  tokenKey,
  versionItem,
} from "./policy-rows.ts";

/** Changes that are shown of a workflow. */
const latestChanges = 20;

interface Tables extends PolicyTable {
  /** Insert only. Left out by functions that only look a change up. */
  readonly ledgerTable?: string;
}

/**
 * Changes beside the policy's other rows. Each step appends to the policy's chain of events, which is the lock: the head is read
 * first, so that whatever is read after it is what the step was decided on.
 */
export function dynamoPolicyChanges({ client, caseTable, ledgerTable, defaults }: Tables): PolicyChanges {
  const chain = chainLock(client, ledgerTable);
  const get = async (key: Record<string, string>): Promise<Item | undefined> =>
    (await client.send(new GetItemCommand({ TableName: caseTable, Key: toItem(key), ConsistentRead: true }))).Item;

  return {
    standing: async (workflow) => {
      const head = await chain.head(policyChainId(workflow));
      const item = await get(currentKey(workflow));
      if (!item) return { current: defaults[workflow], stageSince: new Date(0), head };
      return { current: policyOf(item), stageSince: new Date(String(fromItem(item).stageSince)), head };
    },
    find: async (changeId) => {
      const item = await get(changeKey(changeId));
      return item ? changeOf(item) : null;
    },
    latest: async (workflow) => {
      const { pk, prefix } = changesOf(workflow);
      const { Items } = await client.send(
        new QueryCommand({
          TableName: caseTable,
          KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
          ExpressionAttributeValues: toItem({ ":pk": pk, ":prefix": prefix }),
          ScanIndexForward: false,
          Limit: latestChanges,
          ConsistentRead: true,
        }),
      );
      return (Items ?? []).map(changeOf);
    },
    commit: async ({ head, change, entry, becomes }, at) => {
      const put = (Item: Item) => ({ Put: { TableName: caseTable, Item } });
      const TransactItems: TransactWriteItem[] = [
        chain.next(policyChainId(change.workflow), head, entry, at),
        put(changeItem(change)),
      ];
      if (becomes) {
        const { policy, stageSince } = becomes;
        TransactItems.push(put(currentItem(policy, stageSince.toISOString())), {
          Put: {
            TableName: caseTable,
            Item: versionItem(policy),
            ConditionExpression: "attribute_not_exists(pk)",
          },
        });
      }
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems }));
      } catch (error) {
        throw isConditionFailed(error) ? new PolicyContendedError(change.workflow) : error;
      }
    },
  };
}

/** In rows of their own: a token arrives while an owner may be answering, and neither must fail for the other. */
export function dynamoSignatureTokens({
  client,
  caseTable,
}: {
  client: DynamoDBClient;
  caseTable: string;
}): SignatureTokens {
  return {
    keep: async (changeId, taskToken, order) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: caseTable,
            Item: toItem({ ...tokenKey(changeId), taskToken, order }),
            ConditionExpression: "attribute_not_exists(pk) OR #order <= :order",
            ExpressionAttributeNames: { "#order": "order" },
            ExpressionAttributeValues: toItem({ ":order": order }),
          }),
        );
      } catch (error) {
        // A later attempt was faster; nobody waits for this token any more.
        if (!isConditionFailed(error)) throw error;
      }
    },
    find: async (changeId) => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: caseTable, Key: toItem(tokenKey(changeId)), ConsistentRead: true }),
      );
      return Item ? String(fromItem(Item).taskToken) : null;
    },
  };
}
