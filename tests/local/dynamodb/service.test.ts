import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ResourceNotFoundException,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { TableKeysChangedError } from "../../../local/dynamodb/database.ts";
import { templateWith } from "../template/written-template.ts";
import { cases, casesAndLedger, givenDynamoDB, ledger, newDirectory } from "./running-dynamodb.ts";

const key = (pk: string, sk = "case") => ({ pk: { S: pk }, sk: { S: sk } });
const put = (client: DynamoDBClient, pk: string, more: Record<string, { S: string } | { N: string }> = {}) =>
  client.send(new PutItemCommand({ TableName: cases, Item: { ...key(pk), ...more } }));

const pages = async (client: DynamoDBClient, input: QueryCommandInput) => {
  const found: string[] = [];
  let ExclusiveStartKey: QueryCommandInput["ExclusiveStartKey"];
  do {
    const page = await client.send(new QueryCommand({ ...input, ExclusiveStartKey }));
    found.push(...(page.Items ?? []).map(({ pk }) => pk?.S ?? ""));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return found;
};

describe("items", () => {
  it("are written, changed, read and deleted", async () => {
    const { client } = await givenDynamoDB();
    await put(client, "a", { status: { S: "OPEN" } });
    const update = new UpdateItemCommand({
      TableName: cases,
      Key: key("a"),
      UpdateExpression: "SET #s = :decided, tries = if_not_exists(tries, :none) + :one",
      ExpressionAttributeNames: { "#s": "status" },
      ExpressionAttributeValues: { ":decided": { S: "DECIDED" }, ":none": { N: "0" }, ":one": { N: "1" } },
      ReturnValues: "ALL_NEW",
    });
    const { Attributes } = await client.send(update);
    expect(Attributes).toEqual({ ...key("a"), status: { S: "DECIDED" }, tries: { N: "1" } });
    expect((await client.send(new GetItemCommand({ TableName: cases, Key: key("a") }))).Item).toEqual(Attributes);
    await client.send(new DeleteItemCommand({ TableName: cases, Key: key("a") }));
    expect((await client.send(new GetItemCommand({ TableName: cases, Key: key("a") }))).Item).toBeUndefined();
  });

  it("are written and read in batches", async () => {
    const { client } = await givenDynamoDB();
    const RequestItems = {
      [cases]: ["a", "b"].map((pk) => ({ PutRequest: { Item: key(pk) } })),
      [ledger]: [{ PutRequest: { Item: { pk: { S: "c" } } } }],
    };
    expect((await client.send(new BatchWriteItemCommand({ RequestItems }))).UnprocessedItems).toEqual({});
    const { Responses } = await client.send(
      new BatchGetItemCommand({
        RequestItems: {
          [cases]: { Keys: [key("a"), key("b"), key("none")] },
          [ledger]: { Keys: [{ pk: { S: "c" } }] },
        },
      }),
    );
    expect(Responses?.[cases]).toHaveLength(2);
    expect(Responses?.[ledger]).toEqual([{ pk: { S: "c" } }]);
  });

  it("go to one of sixty-four who race for the same key, and the others are told", async () => {
    const { client } = await givenDynamoDB();
    const race = await Promise.allSettled(
      Array.from({ length: 64 }, (_, racer) =>
        client.send(
          new PutItemCommand({
            TableName: cases,
            Item: { ...key("a"), racer: { N: String(racer) } },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        ),
      ),
    );
    expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const losers = race.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(losers.every((reason) => reason instanceof ConditionalCheckFailedException)).toBe(true);
    const winner = race.findIndex(({ status }) => status === "fulfilled");
    expect((await client.send(new GetItemCommand({ TableName: cases, Key: key("a") }))).Item?.racer).toEqual({
      N: String(winner),
    });
  });

  it.each(["put", "update", "delete"] as const)(
    "that are there come back when a condition fails, if asked for (%s)",
    async (kind) => {
      const { client } = await givenDynamoDB();
      await put(client, "a", { status: { S: "OPEN" } });
      const condition = {
        TableName: cases,
        ConditionExpression: "attribute_not_exists(pk)",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
      };
      const call = {
        put: () => client.send(new PutItemCommand({ ...condition, Item: key("a") })),
        update: () => client.send(new UpdateItemCommand({ ...condition, Key: key("a") })),
        delete: () => client.send(new DeleteItemCommand({ ...condition, Key: key("a") })),
      }[kind];
      await expect(call()).rejects.toMatchObject({
        name: "ConditionalCheckFailedException",
        Item: { ...key("a"), status: { S: "OPEN" } },
      });
    },
  );

  it("larger than AWS takes are refused by their bytes, not their characters", async () => {
    const { client } = await givenDynamoDB();
    const call = put(client, "a", { text: { S: "é".repeat(210_000) } });
    await expect(call).rejects.toMatchObject({ name: "ValidationException", message: expect.stringContaining("size") });
  });
});

describe("queries", () => {
  const byStatus = (IndexName: string): QueryCommandInput => ({
    TableName: cases,
    IndexName,
    KeyConditionExpression: "#s = :open",
    ExpressionAttributeNames: { "#s": "status" },
    ExpressionAttributeValues: { ":open": { S: "OPEN" } },
  });

  it("follow an index in order and page by page, also where many items share its key", async () => {
    const { client } = await givenDynamoDB();
    const names = Array.from({ length: 60 }, (_, index) => `case-${String(index).padStart(2, "0")}`);
    for (const [index, pk] of names.entries()) {
      await put(client, pk, { status: { S: "OPEN" }, dueAt: { S: `2026-01-0${1 + Math.floor(index / 20)}` } });
    }
    for (const ScanIndexForward of [true, false]) {
      const found = await pages(client, { ...byStatus("byStatus"), Limit: 7, ScanIndexForward });
      expect([...found].sort()).toEqual(names);
      const days = found.map((pk) => Math.floor(names.indexOf(pk) / 20));
      expect(days).toEqual([...days].sort((a, b) => (ScanIndexForward ? a - b : b - a)));
    }
  });

  it("project what the index projects and leave when the item leaves", async () => {
    const { client } = await givenDynamoDB();
    await put(client, "a", { status: { S: "OPEN" }, total: { N: "1" } });
    const projected = await client.send(new QueryCommand(byStatus("keysByStatus")));
    expect(projected.Items).toEqual([{ ...key("a"), status: { S: "OPEN" } }]);
    expect((await client.send(new QueryCommand(byStatus("byStatus")))).Items).toEqual([]); // no dueAt: not in this index
    await put(client, "a", { status: { S: "DECIDED" } });
    expect((await client.send(new QueryCommand(byStatus("keysByStatus")))).Items).toEqual([]);
  });

  it("filter by a range of sort keys", async () => {
    const { client } = await givenDynamoDB();
    for (const sk of ["event#1", "event#2", "review#1"]) {
      await client.send(new PutItemCommand({ TableName: cases, Item: key("a", sk) }));
    }
    const { Items } = await client.send(
      new QueryCommand({
        TableName: cases,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :event)",
        ExpressionAttributeValues: { ":pk": { S: "a" }, ":event": { S: "event#" } },
      }),
    );
    expect(Items?.map(({ sk }) => sk?.S)).toEqual(["event#1", "event#2"]);
  });
});

describe("capacity", () => {
  const consumed = { ReturnConsumedCapacity: "TOTAL" as const };

  it("is counted as AWS bills it, in the answer and in the meter", async () => {
    const { client, dynamodb } = await givenDynamoDB();
    const units = (answer: { ConsumedCapacity?: { CapacityUnits?: number | undefined } | undefined }) =>
      answer.ConsumedCapacity?.CapacityUnits;
    const text = { S: "é".repeat(700) }; // 1,400 bytes: two write units, though 700 characters
    const plain = await client.send(new PutItemCommand({ TableName: cases, Item: { ...key("a"), text }, ...consumed }));
    expect(units(plain)).toBe(2);
    const indexed = await client.send(
      new PutItemCommand({ TableName: cases, Item: { ...key("a"), text, status: { S: "OPEN" } }, ...consumed }),
    );
    expect(units(indexed)).toBe(3); // and one for the entry in keysByStatus
    const moved = await client.send(
      new PutItemCommand({
        TableName: cases,
        Item: { ...key("a"), text, status: { S: "DONE" } },
        ReturnConsumedCapacity: "INDEXES",
      }),
    );
    expect(moved.ConsumedCapacity).toMatchObject({
      CapacityUnits: 4,
      Table: { CapacityUnits: 2 },
      GlobalSecondaryIndexes: { keysByStatus: { CapacityUnits: 2 } },
    });
    const get = { TableName: cases, Key: key("a"), ...consumed };
    expect(units(await client.send(new GetItemCommand(get)))).toBe(0.5);
    expect(units(await client.send(new GetItemCommand({ ...get, ConsistentRead: true })))).toBe(1);
    const none = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: "none" } } };
    expect(units(await client.send(new QueryCommand({ TableName: cases, ...none, ...consumed })))).toBe(0.5);
    expect(dynamodb.consumed()).toEqual({ readUnits: 2, writeUnits: 9 });
  });

  it("of a query is that of what it looked at, not of what its filter let through", async () => {
    const { client } = await givenDynamoDB();
    for (const sk of ["1", "2", "3"]) {
      await client.send(
        new PutItemCommand({ TableName: cases, Item: { ...key("a", sk), text: { S: "x".repeat(4000) } } }),
      );
    }
    const { ConsumedCapacity, Count } = await client.send(
      new QueryCommand({
        TableName: cases,
        KeyConditionExpression: "pk = :pk",
        FilterExpression: "attribute_exists(nothing)",
        ExpressionAttributeValues: { ":pk": { S: "a" } },
        Limit: 2,
        ...consumed,
      }),
    );
    expect(Count).toBe(0);
    expect(ConsumedCapacity?.CapacityUnits).toBe(1); // two items of 4 KB each, rounded up together, read eventually
  });
});

describe("tables", () => {
  it("come from the template, and from nowhere else", async () => {
    const { client } = await givenDynamoDB();
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([cases, ledger]);
    await put(client, "a", { status: { S: "OPEN" } });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: cases }));
    expect(Table).toMatchObject({
      TableStatus: "ACTIVE",
      ItemCount: 1,
      TableArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${cases}`,
    });
    expect(Table?.GlobalSecondaryIndexes?.map(({ ItemCount }) => ItemCount)).toEqual([0, 1]);
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: ledger }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "ttl" });
    const create = new CreateTableCommand({ TableName: "Other", KeySchema: [], AttributeDefinitions: [] });
    await expect(client.send(create)).rejects.toMatchObject({ name: "NotImplemented" });
    await expect(client.send(new ScanCommand({ TableName: "Other" }))).rejects.toThrow(ResourceNotFoundException);
  });

  it("with data in them may gain an index but not other keys", async () => {
    const directory = newDirectory();
    const indexed = (name: string, attribute: string) =>
      templateWith({
        Cases: {
          Type: "AWS::DynamoDB::Table",
          Properties: {
            KeySchema: [{ AttributeName: name, KeyType: "HASH" }],
            AttributeDefinitions: [name, attribute].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
            GlobalSecondaryIndexes: [
              {
                IndexName: "added",
                KeySchema: [{ AttributeName: attribute, KeyType: "HASH" }],
                Projection: { ProjectionType: "ALL" },
              },
            ],
          },
        },
      });
    const first = await givenDynamoDB({ directory, template: indexed("pk", "status") });
    await put(first.client, "a", { status: { S: "OPEN" }, owner: { S: "kim" } });
    await first.close();
    const second = await givenDynamoDB({ directory, template: indexed("pk", "owner") });
    expect(
      await pages(second.client, {
        TableName: cases,
        IndexName: "added",
        KeyConditionExpression: "#o = :kim",
        ExpressionAttributeNames: { "#o": "owner" },
        ExpressionAttributeValues: { ":kim": { S: "kim" } },
      }),
    ).toEqual(["a"]);
    await second.close();
    await expect(givenDynamoDB({ directory, template: indexed("id", "owner") })).rejects.toThrow(TableKeysChangedError);
  });
});

describe("time to live", () => {
  const seconds = (date: Date) => String(Math.floor(date.getTime() / 1000));
  const remaining = async (client: DynamoDBClient) =>
    (await client.send(new ScanCommand({ TableName: ledger }))).Items?.map(({ pk }) => pk?.S).sort();
  const dayMilliseconds = 24 * 60 * 60 * 1000;

  it("removes an item when its time comes, and not one whose time was put off", async () => {
    const { client, clock } = await givenDynamoDB();
    const inDays = (days: number) => ({ N: seconds(new Date(clock.now().getTime() + days * dayMilliseconds)) });
    const item = (pk: string, ttl: { N: string } | { S: string }) =>
      client.send(new PutItemCommand({ TableName: ledger, Item: { pk: { S: pk }, ttl } }));
    await item("tomorrow", inDays(1));
    await item("put off", inDays(1));
    await item("put off", inDays(3));
    await item("never", { S: "tomorrow" });
    await clock.advance(2 * dayMilliseconds);
    expect(await remaining(client)).toEqual(["never", "put off"]);
    await clock.advance(2 * dayMilliseconds);
    expect(await remaining(client)).toEqual(["never"]);
  });

  it("removes after a restart what expired meanwhile, for good", async () => {
    const directory = newDirectory();
    const first = await givenDynamoDB({ directory });
    const ttl = { N: seconds(new Date(first.clock.now().getTime() - 1000)) };
    await first.client.send(new PutItemCommand({ TableName: ledger, Item: { pk: { S: "late" }, ttl } }));
    await first.clock.advance(1000);
    await first.close();
    const second = await givenDynamoDB({ directory });
    expect(await remaining(second.client)).toEqual([]);
  });
});

describe("permissions", () => {
  const tableArn = casesAndLedger().resource("Cases").attribute("Arn");
  const allow = (Action: string | string[], Resource = tableArn) => ({ Effect: "Allow" as const, Action, Resource });

  it("are checked for each call, on the table or the index it names", async () => {
    const { client } = await givenDynamoDB({ statements: [allow(["dynamodb:PutItem", "dynamodb:Query"])] });
    await put(client, "a");
    const query = {
      TableName: cases,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: "a" } },
    };
    await expect(client.send(new QueryCommand(query))).resolves.toMatchObject({ Count: 1 });
    await expect(
      client.send(
        new QueryCommand({
          ...query,
          IndexName: "keysByStatus",
          KeyConditionExpression: "#s = :pk",
          ExpressionAttributeNames: { "#s": "status" },
        }),
      ),
    ).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(`${tableArn}/index/keysByStatus`),
    });
    await expect(client.send(new GetItemCommand({ TableName: cases, Key: key("a") }))).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("dynamodb:GetItem"),
    });
    await expect(client.send(new ScanCommand({ TableName: cases }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
    await expect(client.send(new ScanCommand({ TableName: "Other" }))).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });

  it("may depend on the partition key and the attributes touched", async () => {
    const { client } = await givenDynamoDB({
      statements: [
        {
          ...allow("dynamodb:PutItem"),
          Condition: {
            "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "REVIEW#*" },
            "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "sk", "status"] },
          },
        },
      ],
    });
    await expect(put(client, "REVIEW#1", { status: { S: "OPEN" } })).resolves.toBeDefined();
    await expect(put(client, "CASE#1")).rejects.toMatchObject({ name: "AccessDeniedException" });
    await expect(put(client, "REVIEW#1", { answer: { S: "approve" } })).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });
});
