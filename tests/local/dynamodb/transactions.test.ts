import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { cases, casesAndLedger, givenDynamoDB, ledger, newDirectory } from "./running-dynamodb.ts";

type Actions = NonNullable<TransactWriteItemsCommandInput["TransactItems"]>;

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: "case" } });
const status = async (client: DynamoDBClient, pk: string) =>
  (await client.send(new GetItemCommand({ TableName: cases, Key: key(pk) }))).Item?.status?.S;
const openCase = (client: DynamoDBClient, pk: string) =>
  client.send(new PutItemCommand({ TableName: cases, Item: { ...key(pk), status: { S: "OPEN" } } }));

/** Decides a case that is open and writes it down in the ledger, once. */
const decide = (pk: string, entry = pk): Actions => [
  {
    Update: {
      TableName: cases,
      Key: key(pk),
      UpdateExpression: "SET #s = :decided",
      ConditionExpression: "#s = :open",
      ExpressionAttributeNames: { "#s": "status" },
      ExpressionAttributeValues: { ":decided": { S: "DECIDED" }, ":open": { S: "OPEN" } },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  },
  { Put: { TableName: ledger, Item: { pk: { S: entry } }, ConditionExpression: "attribute_not_exists(pk)" } },
];

const transact = (client: DynamoDBClient, TransactItems: Actions, more: Partial<TransactWriteItemsCommandInput> = {}) =>
  client.send(new TransactWriteItemsCommand({ TransactItems, ...more }));

describe("a transaction", () => {
  it("does all it says", async () => {
    const { client } = await givenDynamoDB();
    await openCase(client, "a");
    await openCase(client, "gone");
    await transact(client, [
      ...decide("a"),
      { Delete: { TableName: cases, Key: key("gone") } },
      { ConditionCheck: { TableName: cases, Key: key("none"), ConditionExpression: "attribute_not_exists(pk)" } },
    ]);
    expect(await status(client, "a")).toBe("DECIDED");
    expect(await status(client, "gone")).toBeUndefined();
  });

  it("does nothing when one condition fails, and says which, with the item if asked for", async () => {
    const { client } = await givenDynamoDB();
    await openCase(client, "a");
    await transact(client, decide("a"));
    await openCase(client, "b");
    const call = transact(client, [
      ...decide("b", "new entry"),
      ...decide("a", "another entry").slice(0, 1),
      { ConditionCheck: { TableName: cases, Key: key("none"), ConditionExpression: "attribute_exists(pk)" } },
    ]);
    await expect(call).rejects.toMatchObject({
      name: "TransactionCanceledException",
      message:
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, None, ConditionalCheckFailed, ConditionalCheckFailed]",
      CancellationReasons: [
        { Code: "None" },
        { Code: "None" },
        {
          Code: "ConditionalCheckFailed",
          Message: "The conditional request failed",
          Item: { ...key("a"), status: { S: "DECIDED" } },
        },
        { Code: "ConditionalCheckFailed" },
      ],
    });
    expect(await status(client, "b")).toBe("OPEN");
    expect(
      (await client.send(new GetItemCommand({ TableName: ledger, Key: { pk: { S: "new entry" } } }))).Item,
    ).toBeUndefined();
  });

  it("is done by one of many who race, and the case and its ledger agree", async () => {
    const { client } = await givenDynamoDB();
    await openCase(client, "a");
    const race = await Promise.allSettled(
      Array.from({ length: 32 }, (_, racer) => transact(client, decide("a", `racer ${racer}`))),
    );
    const winners = race.flatMap(({ status: outcome }, racer) => (outcome === "fulfilled" ? [racer] : []));
    expect(winners).toHaveLength(1);
    const { Responses } = await client.send(
      new TransactGetItemsCommand({
        TransactItems: race.map((_, racer) => ({ Get: { TableName: ledger, Key: { pk: { S: `racer ${racer}` } } } })),
      }),
    );
    expect(Responses?.flatMap(({ Item }, racer) => (Item ? [racer] : []))).toEqual(winners);
  });

  it("sent again under its token is answered and not done again, also after a restart", async () => {
    const directory = newDirectory();
    const first = await givenDynamoDB({ directory });
    await openCase(first.client, "a");
    const ClientRequestToken = "token-1";
    await transact(first.client, decide("a"), { ClientRequestToken });
    await transact(first.client, decide("a"), { ClientRequestToken });
    await first.close();
    const { client, clock } = await givenDynamoDB({ directory });
    await transact(client, decide("a"), { ClientRequestToken });
    await expect(transact(client, decide("b"), { ClientRequestToken })).rejects.toMatchObject({
      name: "IdempotentParameterMismatchException",
    });
    await clock.advance(10 * 60 * 1000);
    await expect(transact(client, decide("a"), { ClientRequestToken })).rejects.toMatchObject({
      name: "TransactionCanceledException",
    });
  });

  it("costs twice what its writes would, done or cancelled", async () => {
    const { client, dynamodb } = await givenDynamoDB();
    const Item = { pk: { S: "a" }, text: { S: "x".repeat(1500) } };
    const { ConsumedCapacity } = await transact(
      client,
      [
        { Put: { TableName: ledger, Item, ConditionExpression: "attribute_not_exists(pk)" } },
        { ConditionCheck: { TableName: cases, Key: key("none"), ConditionExpression: "attribute_not_exists(pk)" } },
      ],
      { ReturnConsumedCapacity: "TOTAL" },
    );
    expect(ConsumedCapacity).toEqual([
      { TableName: ledger, CapacityUnits: 4 },
      { TableName: cases, CapacityUnits: 2 },
    ]);
    await expect(
      transact(client, [{ Put: { TableName: ledger, Item, ConditionExpression: "attribute_not_exists(pk)" } }]),
    ).rejects.toThrow();
    expect(dynamodb.consumed().writeUnits).toBe(10);
    const Get = { TableName: ledger, Key: { pk: { S: "a" } } };
    const got = await client.send(
      new TransactGetItemsCommand({ TransactItems: [{ Get }], ReturnConsumedCapacity: "TOTAL" }),
    );
    expect(got.ConsumedCapacity?.[0]?.CapacityUnits).toBe(2);
  });

  it.each<[string, Actions, string]>([
    [
      "on one item twice",
      [{ Delete: { TableName: cases, Key: key("a") } }, ...decide("a").slice(0, 1)],
      "multiple operations on one item",
    ],
    [
      "that checks nothing",
      [{ ConditionCheck: { TableName: cases, Key: key("a"), ConditionExpression: undefined } }],
      "ConditionExpression",
    ],
    [
      "with two actions in one",
      [{ Delete: { TableName: cases, Key: key("a") }, ...decide("b")[0] }],
      "only contain one",
    ],
    [
      "of more than a hundred actions",
      Array.from({ length: 101 }, (_, n) => ({ Delete: { TableName: cases, Key: key(`${n}`) } })),
      "100",
    ],
    [
      "with an expression that is none",
      [{ Delete: { TableName: cases, Key: key("a"), ConditionExpression: "pk ==" } }],
      "Invalid ConditionExpression",
    ],
  ])("is refused: %s", async (_, actions, message) => {
    const { client } = await givenDynamoDB();
    await expect(transact(client, actions)).rejects.toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining(message),
    });
  });

  it("is cancelled, and the reason given, when an update does not fit the item", async () => {
    const { client } = await givenDynamoDB();
    await openCase(client, "a");
    const update = {
      TableName: cases,
      Key: key("a"),
      UpdateExpression: "SET #s = #s + :one",
      ExpressionAttributeNames: { "#s": "status" },
      ExpressionAttributeValues: { ":one": { N: "1" } },
    };
    await expect(client.send(new UpdateItemCommand(update))).rejects.toMatchObject({ name: "ValidationException" });
    await expect(transact(client, [{ Update: update }])).rejects.toMatchObject({
      CancellationReasons: [{ Code: "ValidationError" }],
    });
    const wrongKey = { Delete: { TableName: cases, Key: { pk: { S: "a" } } } };
    await expect(transact(client, [wrongKey])).rejects.toMatchObject({
      CancellationReasons: [{ Code: "ValidationError" }],
    });
  });

  it("needs the permission of each of its actions", async () => {
    const tables = ["Cases", "Ledger"].map((logicalId) => casesAndLedger().resource(logicalId).attribute("Arn"));
    const actions = ["dynamodb:UpdateItem", "dynamodb:PutItem", "dynamodb:ConditionCheckItem"];
    const check = {
      ConditionCheck: { TableName: ledger, Key: { pk: { S: "x" } }, ConditionExpression: "attribute_not_exists(pk)" },
    };
    const attempt = async (granted: string[]) => {
      const { client } = await givenDynamoDB({ statements: [{ Effect: "Allow", Action: granted, Resource: tables }] });
      return transact(client, [...decide("a"), check]).catch(({ name, message }) => `${name}: ${message}`);
    };
    expect(await attempt(actions)).toContain("TransactionCanceledException");
    for (const missing of actions) {
      const answer = await attempt(actions.filter((action) => action !== missing));
      expect(answer).toContain("AccessDeniedException");
      expect(answer).toContain(`perform: ${missing}`);
    }
  });
});
