import * as z from "zod";
import { arn } from "../template/physical-name.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { Call, Input, Output } from "./call.ts";
import { itemBytes } from "./item.ts";
import { authoriseTable } from "./permissions.ts";
import type { TableMemory } from "./table-memory.ts";
import { invalid } from "./transactions.ts";

export async function describeTable(input: Input, call: Call): Promise<Output> {
  const { table, items, indexes } = theTable(input, call, "DescribeTable");
  let bytes = 0;
  for (const [, item] of items.entries()) bytes += itemBytes(item);
  const indexed = (
    declared: Record<"GlobalSecondaryIndexes" | "LocalSecondaryIndexes", typeof table.GlobalSecondaryIndexes>,
  ) =>
    Object.fromEntries(
      Object.entries(declared).flatMap(([kind, list]) =>
        list
          ? [
              [
                kind,
                list.map((index) => ({
                  ...index,
                  IndexStatus: "ACTIVE",
                  IndexArn: `${table.TableArn}/index/${index.IndexName}`,
                  ItemCount: indexes.get(index.IndexName)?.size ?? 0,
                })),
              ],
            ]
          : [],
      ),
    );
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes } = table;
  return {
    Table: {
      ...table,
      ...indexed({ GlobalSecondaryIndexes, LocalSecondaryIndexes }),
      ItemCount: items.size,
      TableSizeBytes: bytes,
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    },
  };
}

export async function describeTimeToLive(input: Input, call: Call): Promise<Output> {
  const { timeToLiveAttribute } = theTable(input, call, "DescribeTimeToLive");
  return {
    TimeToLiveDescription:
      timeToLiveAttribute === undefined
        ? { TimeToLiveStatus: "DISABLED" }
        : { TimeToLiveStatus: "ENABLED", AttributeName: timeToLiveAttribute },
  };
}

/** All tables at once: a template has far fewer than the hundred of one page. */
export async function listTables(_: Input, { authorise, principal, database }: Call): Promise<Output> {
  authorise(principal, "dynamodb:ListTables", arn("dynamodb", "table/*"));
  return { TableNames: [...database.tables.keys()].sort() };
}

function theTable(input: Input, { authorise, principal, database }: Call, action: string): TableMemory {
  const tableName = z.string().safeParse(input.TableName).data;
  if (tableName === undefined)
    throw invalid("The parameter 'TableName' is required but was not present in the request");
  authoriseTable(authorise, principal, action, { tables: database.tables, tableName, request: {} });
  const memory = database.tables.get(tableName);
  if (!memory)
    throw new AwsError("ResourceNotFoundException", `Requested resource not found: Table: ${tableName} not found`);
  return memory;
}
