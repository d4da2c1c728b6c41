import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { CaseChangedError } from "../../case/case-store.ts";
import type { LearningPorts } from "../../workflows/invoices/learn-from-outcome.ts";
import type { InvoiceHistoryStore } from "../../workflows/invoices/propose-case.ts";
import {
  type EarlierInvoice,
  earlierInvoice,
  maxRecentInvoices,
  supplierProfile,
} from "../../workflows/invoices/signals/history.ts";
import { fromItem, isConditionFailed, toItem } from "./item.ts";

/** A row for each key an invoice is found under; no index, no scan. */
const supplierPk = (supplierKey: string) => `SUPPLIER#invoices#${supplierKey}`;

export function dynamoInvoiceHistory({
  client,
  caseTable,
}: {
  client: DynamoDBClient;
  caseTable: string;
}): InvoiceHistoryStore & LearningPorts["history"] {
  const invoicesUnder = async (pk: string, prefix: string): Promise<EarlierInvoice[]> => {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: caseTable,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: toItem({ ":pk": pk, ":prefix": prefix }),
        ScanIndexForward: false,
        Limit: maxRecentInvoices,
        ConsistentRead: true,
      }),
    );
    return (Items ?? []).map((item) => earlierInvoice.parse(fromItem(item)["invoice"]));
  };
  const profileOf = async (supplierKey: string) => {
    const key = { pk: supplierPk(supplierKey), sk: "PROFILE" };
    const { Item } = await client.send(
      new GetItemCommand({ TableName: caseTable, Key: toItem(key), ConsistentRead: true }),
    );
    if (!Item) return { profile: null, revision: 0 };
    const row = fromItem(Item);
    return { profile: supplierProfile.parse(row["profile"]), revision: Number(row["revision"]) };
  };

  return {
    noteAndFind: async ({ supplierKey, numberKey, grossKey }, invoice, now) => {
      const pk = supplierPk(supplierKey);
      const prefixes = [numberKey && `NUMBER#${numberKey}#`, grossKey && `GROSS#${grossKey}#`].filter(
        (p) => p !== null,
      );
      const noted = [
        ...prefixes.map((prefix) => `${prefix}${invoice.caseId}`),
        `RECENT#${now.toISOString().slice(0, 10)}#${invoice.caseId}`,
      ];
      await Promise.all(
        noted.map((sk) => client.send(new PutItemCommand({ TableName: caseTable, Item: toItem({ pk, sk, invoice }) }))),
      );
      const [{ profile }, ...found] = await Promise.all([
        profileOf(supplierKey),
        ...[...prefixes, "RECENT#"].map((prefix) => invoicesUnder(pk, prefix)),
      ]);
      return { earlier: found.flat(), profile };
    },
    learn: async (supplierKey, caseId, change) => {
      const { profile, revision } = await profileOf(supplierKey);
      const pk = supplierPk(supplierKey);
      try {
        await client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              {
                Put: {
                  TableName: caseTable,
                  Item: toItem({ pk, sk: `LEARNED#${caseId}` }),
                  ConditionExpression: "attribute_not_exists(pk)",
                },
              },
              {
                Put: {
                  TableName: caseTable,
                  Item: toItem({ pk, sk: "PROFILE", profile: change(profile), revision: revision + 1 }),
                  ConditionExpression: "attribute_not_exists(pk) OR revision = :revision",
                  ExpressionAttributeValues: toItem({ ":revision": revision }),
                },
              },
            ],
          }),
        );
      } catch (error) {
        if (!isConditionFailed(error)) throw error;
        if (await alreadyLearned(pk, caseId)) return;
        throw new CaseChangedError(caseId);
      }
    },
  };

  async function alreadyLearned(pk: string, caseId: string): Promise<boolean> {
    const key = toItem({ pk, sk: `LEARNED#${caseId}` });
    return (
      (await client.send(new GetItemCommand({ TableName: caseTable, Key: key, ConsistentRead: true }))).Item !==
      undefined
    );
  }
}
